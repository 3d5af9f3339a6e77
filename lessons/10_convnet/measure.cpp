// Measures the dumbest estimates and two networks on the 2,000 test digits, as they are and moved to the right, and
// writes the shares among the numbers of a results.json, leaving its other numbers as they are:
//   build/default/bin/lesson_10_measure lessons/10_convnet/results.json

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "baselines.hpp"
#include "core/error.hpp"
#include "core/file.hpp"
#include "data/digits.hpp"
#include "nn/evaluation.hpp"
#include "nn/lenet.hpp"
#include "nn/lenet_recipes.hpp"
#include "nn/train.hpp"

namespace {

using nlohmann::json;
namespace convnet = handbuilt::lessons::convnet;
namespace data = handbuilt::data;
namespace nn = handbuilt::nn;

constexpr std::uint64_t kSeed = 1;

/// A share with its 95 % interval (Wilson, 1927, which is right for small counts and shares near 0 or 1 too).
json share_with_interval(double share, int count) {
  const double z = 1.96, n = count, z2 = z * z;
  const double centre = (share + z2 / (2 * n)) / (1 + z2 / n);
  const double half = z / (1 + z2 / n) * std::sqrt(share * (1 - share) / n + z2 / (4 * n * n));
  return {{"value", share}, {"low", centre - half}, {"high", centre + half}, {"n", 1}, {"unit", "share"}};
}

json read_or_start(const std::filesystem::path& path) {
  if (!std::filesystem::exists(path))
    return {{"schema", "handbuilt/results/v1"},
            {"lesson", "10_convnet"},
            {"seed", 0},
            {"seconds", 0.0},
            {"numbers", json::object()}};
  return json::parse(handbuilt::read_file(path));
}

nn::Sequential<float> trained(nn::Recipe recipe, const data::Digits& digits) {
  handbuilt::Random random(kSeed, "weights");
  nn::Sequential<float> network = nn::lenet<float>(random, recipe.initialisation);
  recipe.options.seed = kSeed;
  nn::train(network, digits.train, digits.validation, recipe.options);
  return network;
}

void measure(const std::filesystem::path& path) {
  json results = read_or_start(path);
  const std::filesystem::path folder = HANDBUILT_SOURCE_DIR "/datasets/mnist";
  const data::Digits digits = data::load_mnist(folder);
  const data::LabelledImages train = data::load_mnist_for_peers(folder).train, test = digits.test;
  const nn::Sequential<float> plain = trained(nn::plain_lenet_recipe(), digits);
  const nn::Sequential<float> best = trained(nn::best_lenet_recipe(), digits);

  for (const int pixels : {0, 2, 4}) {
    const handbuilt::Tensor images = convnet::moved_right(test.images, pixels);
    const std::string suffix = pixels == 0 ? "" : "_moved_" + std::to_string(pixels);
    const auto put = [&](const std::string& name, const std::vector<int>& answers) {
      const double share = convnet::share_right(answers, test.labels);
      std::printf("%-36s %.4f\n", (name + suffix).c_str(), share);
      results["numbers"][name + suffix] = share_with_interval(share, test.count());
    };
    put("baseline_commonest", convnet::commonest_class(train, images));
    put("baseline_nearest_mean", convnet::nearest_mean(train, images));
    put("baseline_nearest_neighbour", convnet::nearest_neighbour(train, images));
    put("network_plain", nn::evaluate(plain, {images, test.labels}).predictions);
    put("network_best", nn::evaluate(best, {images, test.labels}).predictions);
  }
  handbuilt::write_file(path, results.dump(2) + "\n");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: %s RESULTS_JSON\n", argv[0]);
    return 2;
  }
  try {
    measure(argv[1]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  }
  return 0;
}

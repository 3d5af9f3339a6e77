// Measures the dumbest estimates and two networks on the 2,000 test digits, as they are and moved to the right, and
// networks whose convolutions compute a wrong gradient, and writes the shares among the numbers of a results.json,
// leaving its other numbers as they are:
//   build/default/bin/lesson_10_measure lessons/10_convnet/results.json

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "baselines.hpp"
#include "core/error.hpp"
#include "core/file.hpp"
#include "core/interval.hpp"
#include "data/digits.hpp"
#include "nn/conv2d.hpp"
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

/// A share of `count` digits with its interval for all such digits.
json share_with_interval(double share, int count) {
  const handbuilt::Interval interval = handbuilt::wilson_interval(share * count, count);
  return {{"value", share}, {"low", interval.low}, {"high", interval.high}, {"n", 1}, {"unit", "share"}};
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

/// A convolution with a mistake that is easily made: backward, each kernel's gradient comes out turned by half a turn,
/// its first number last. Everything else is right.
class ReversedGradient final : public nn::Layer<float> {
 public:
  explicit ReversedGradient(std::unique_ptr<nn::Layer<float>> convolution) : convolution_(std::move(convolution)) {}

  [[nodiscard]] std::string name() const override { return convolution_->name() + ", gradient reversed"; }
  [[nodiscard]] handbuilt::Shape output_shape(const handbuilt::Shape& input) const override {
    return convolution_->output_shape(input);
  }
  const T& forward(const T& input, nn::Pass pass) override { return convolution_->forward(input, pass); }
  const T& backward(const T& d_output) override {
    const T& d_input = convolution_->backward(d_output);
    T& d_weights = convolution_->parameters().front()->gradient;  // was zero before: training sees to that
    const std::ptrdiff_t kernel = static_cast<std::ptrdiff_t>(d_weights.shape()[2]) * d_weights.shape()[3];
    for (float* first = d_weights.data(); first < d_weights.data() + d_weights.size(); first += kernel)
      std::reverse(first, first + kernel);
    return d_input;
  }
  [[nodiscard]] std::vector<nn::Parameter<float>*> parameters() override { return convolution_->parameters(); }
  [[nodiscard]] std::unique_ptr<nn::Layer<float>> clone() const override {
    return std::make_unique<ReversedGradient>(convolution_->clone());
  }

 private:
  std::unique_ptr<nn::Layer<float>> convolution_;
};

/// The same network with the first `convolutions` of its convolutions broken.
nn::Sequential<float> with_reversed_gradients(const nn::Sequential<float>& network, int convolutions) {
  nn::Sequential<float> wrong;
  for (int i = 0; i < network.size(); ++i) {
    std::unique_ptr<nn::Layer<float>> layer = network.layer(i).clone();
    if (convolutions > 0 && dynamic_cast<const nn::Conv2d<float>*>(layer.get()) != nullptr) {
      layer = std::make_unique<ReversedGradient>(std::move(layer));
      --convolutions;
    }
    wrong.add(std::move(layer));
  }
  return wrong;
}

/// The mean share that ten plain epochs reach over a few seeds when the first `convolutions` compute a reversed
/// gradient.
json reversed_gradient(int convolutions, const data::LabelledImages& train, const data::LabelledImages& test) {
  constexpr int kSeeds = 5;
  nn::Recipe recipe = nn::plain_lenet_recipe();
  std::vector<double> shares;
  for (int seed = 1; seed <= kSeeds; ++seed) {
    recipe.options.seed = static_cast<std::uint64_t>(seed);
    handbuilt::Random random(recipe.options.seed, "weights");
    nn::Sequential<float> network =
        with_reversed_gradients(nn::lenet<float>(random, recipe.initialisation), convolutions);
    nn::train(network, train, {}, recipe.options);
    shares.push_back(nn::evaluate(network, test).accuracy);
    std::printf("reversed in %d, seed %-18d %.4f\n", convolutions, seed, shares.back());
  }
  const handbuilt::MeanInterval mean = handbuilt::mean_interval(shares);
  return {{"value", mean.mean}, {"low", mean.low}, {"high", mean.high}, {"n", kSeeds}, {"unit", "share"}};
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
  results["numbers"]["network_reversed_gradient"] = reversed_gradient(1, train, test);
  results["numbers"]["network_reversed_gradients"] = reversed_gradient(2, train, test);
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

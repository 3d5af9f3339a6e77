// How accurate the network of lesson 10 is: many seeds, one line each on standard error, a JSON summary at the end.
// README.md in this folder says how the figures were made and what they mean.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/file.hpp"
#include "core/interval.hpp"
#include "data/digits.hpp"
#include "nn/evaluation.hpp"
#include "nn/lenet.hpp"
#include "nn/lenet_recipes.hpp"

namespace handbuilt {
namespace {

using nlohmann::json;

struct Arguments {
  std::filesystem::path digits = "datasets/mnist";
  std::filesystem::path out;
  int first_seed = 1;
  int seeds = 20;
  int threads = 1;
};

nn::Sequential<float> initial_network(const nn::Recipe& recipe, int seed) {
  Random random(static_cast<std::uint64_t>(seed), "weights");
  return nn::lenet<float>(random, recipe.initialisation);
}

/// Mean of one figure over seeds with the 95 % interval of the mean.
json summary(const std::vector<double>& values, const std::string& unit) {
  const MeanInterval mean = mean_interval(values);
  return {{"value", mean.mean}, {"low", mean.low}, {"high", mean.high}, {"n", values.size()}, {"unit", unit}};
}

/// The 95 % interval that a share measured on `images` images leaves for all such images: what another test set of that
/// size would change, which more seeds do not narrow.
json test_set_interval(double percent, int images) {
  const Interval interval = wilson_interval(percent / 100 * images, images);
  return {{"value", percent}, {"low", 100 * interval.low}, {"high", 100 * interval.high}, {"n", images}, {"unit", "%"}};
}

/// Trains one network for each seed and looks at `test` once at the end of each.
json measure(nn::Recipe recipe, const data::LabelledImages& train, const data::LabelledImages& validation,
             const data::LabelledImages& test, const Arguments& arguments) {
  std::vector<double> accuracies, validation_accuracies, seconds, best_epochs;
  recipe.options.threads = arguments.threads;
  for (int seed = arguments.first_seed; seed < arguments.first_seed + arguments.seeds; ++seed) {
    nn::Sequential<float> network = initial_network(recipe, seed);
    recipe.options.seed = static_cast<std::uint64_t>(seed);
    const nn::TrainResult result = nn::train(network, train, validation, recipe.options);
    seconds.push_back(result.seconds);
    accuracies.push_back(100 * nn::evaluate(network, test).accuracy);
    if (result.best_epoch > 0) {
      best_epochs.push_back(result.best_epoch);
      const nn::EpochRecord& best = result.epochs[static_cast<std::size_t>(result.best_epoch - 1)];
      validation_accuracies.push_back(100 * best.validation_accuracy);
    }
    std::cerr << fmt::format("seed {:2}: test {:.2f} %, training loss {:.4f}, best epoch {}, {:.1f} s\n", seed,
                             accuracies.back(), result.epochs.back().loss, result.best_epoch, result.seconds);
  }
  json numbers{{"test_accuracy", summary(accuracies, "%")},
               {"test_accuracy_test_set", test_set_interval(summary(accuracies, "%")["value"], test.count())},
               {"training_time", summary(seconds, "s")}};
  if (!best_epochs.empty()) {
    numbers["validation_accuracy"] = summary(validation_accuracies, "%");
    numbers["best_epoch"] = summary(best_epochs, "epoch");
  }
  return {{"numbers", numbers},
          {"test_accuracy_by_seed", accuracies},
          {"first_seed", arguments.first_seed},
          {"threads", arguments.threads}};
}

json plain(const Arguments& arguments) {
  const data::DigitsForPeers digits = data::load_mnist_for_peers(arguments.digits);
  return measure(nn::plain_lenet_recipe(), digits.train, {}, digits.test, arguments);
}

json best(const Arguments& arguments) {
  const data::Digits digits = data::load_mnist(arguments.digits);
  return measure(nn::best_lenet_recipe(), digits.train, digits.validation, digits.test, arguments);
}

/// A recipe that was a candidate for the best one.
struct Candidate {
  std::string name;
  nn::Recipe recipe;
};

std::vector<Candidate> candidates() {
  const nn::Recipe best = nn::best_lenet_recipe();
  const auto with = [&](std::string name, auto change) {
    Candidate candidate{std::move(name), best};
    change(candidate.recipe.options);
    return candidate;
  };
  return {
      {"best recipe", best},
      with("no augmentation", [](nn::TrainOptions& options) { options.augmentation = {}; }),
      with("shifts only", [](nn::TrainOptions& options) { options.augmentation = {.shift_pixels = 2}; }),
      with("milder turns and sizes",
           [](nn::TrainOptions& options) {
             options.augmentation = {.shift_pixels = 2, .rotate_degrees = 12, .scale = 0.1};
           }),
      with("a tenth of the weight decay",
           [](nn::TrainOptions& options) { options.optimizer = nn::SgdOptions{.weight_decay = 0.001}; }),
      with("constant rate 0.01",
           [](nn::TrainOptions& options) { options.schedule = nn::ConstantSchedule{.learning_rate = 0.01}; }),
      with("Adam, peak rate 0.003",
           [](nn::TrainOptions& options) {
             options.optimizer = nn::AdamOptions{.weight_decay = 0.01};
             options.schedule = nn::CosineSchedule{.peak = 0.003};
           }),
  };
}

/// Compares the candidates on the validation digits alone.
json choose(const Arguments& arguments) {
  const data::Digits digits = data::load_mnist(arguments.digits);
  json numbers;
  for (Candidate& candidate : candidates()) {
    std::vector<double> accuracies, losses;
    for (int seed = arguments.first_seed; seed < arguments.first_seed + arguments.seeds; ++seed) {
      nn::Sequential<float> network = initial_network(candidate.recipe, seed);
      nn::TrainOptions& options = candidate.recipe.options;
      options.seed = static_cast<std::uint64_t>(seed);
      options.threads = arguments.threads;
      options.keep_best = false;  // the best of forty looks at the validation digits would flatter every candidate
      const nn::EpochRecord last = nn::train(network, digits.train, digits.validation, options).epochs.back();
      accuracies.push_back(100 * last.validation_accuracy);
      losses.push_back(last.validation_loss);
    }
    numbers[candidate.name] = {{"validation_accuracy", summary(accuracies, "%")},
                               {"validation_loss", summary(losses, "nats")}};
    std::cerr << fmt::format("{}: validation {:.2f} %, loss {:.4f}\n", candidate.name,
                             double{numbers[candidate.name]["validation_accuracy"]["value"]},
                             double{numbers[candidate.name]["validation_loss"]["value"]});
  }
  return {{"numbers", numbers}, {"first_seed", arguments.first_seed}, {"threads", arguments.threads}};
}

/// Writes what another library needs to train the same networks on the same batches: `weights_SEED.f32`, all
/// parameters in order, and `order_SEED.i32`, the images of every epoch in order; both little-endian.
void dump(const Arguments& arguments) {
  const nn::Recipe recipe = nn::plain_lenet_recipe();
  const int images = data::load_mnist_for_peers(arguments.digits).train.count();
  std::filesystem::create_directories(arguments.out);
  for (int seed = arguments.first_seed; seed < arguments.first_seed + arguments.seeds; ++seed) {
    std::string weights, order;
    nn::Sequential<float> network = initial_network(recipe, seed);
    for (const nn::Parameter<float>* parameter : network.parameters())
      weights.append(reinterpret_cast<const char*>(parameter->value.data()),
                     static_cast<std::size_t>(parameter->value.size()) * sizeof(float));
    for (int epoch = 0; epoch < recipe.options.epochs; ++epoch) {
      const std::vector<int> of_epoch = nn::epoch_order(static_cast<std::uint64_t>(seed), epoch, images);
      order.append(reinterpret_cast<const char*>(of_epoch.data()), of_epoch.size() * sizeof(int));
    }
    write_file(arguments.out / fmt::format("weights_{}.f32", seed), weights);
    write_file(arguments.out / fmt::format("order_{}.i32", seed), order);
  }
}

int run(int argc, char** argv) {
  CLI::App app("Accuracy of lesson 10's network over many seeds");
  Arguments arguments;
  app.add_option("--digits", arguments.digits, "folder of the digits");
  CLI::Option* out = app.add_option("--out", arguments.out, "JSON file to write; for dump, a folder");
  app.add_option("--first-seed", arguments.first_seed, "first seed")->check(CLI::NonNegativeNumber);
  app.add_option("--seeds", arguments.seeds, "number of seeds")->check(CLI::PositiveNumber);
  app.add_option("--threads", arguments.threads, "threads for each training")->check(CLI::NonNegativeNumber);
  app.require_subcommand(1)->fallthrough();
  app.add_subcommand("plain", "ten plain epochs on 8,000 digits, tested on 2,000");
  app.add_subcommand("best", "the best recipe on 7,000 digits, tested once on 2,000");
  app.add_subcommand("choose", "candidates for the best recipe, compared on the 1,000 validation digits");
  app.add_subcommand("dump", "initial weights and batch orders of `plain`, for torch_accuracy.py")->needs(out);
  CLI11_PARSE(app, argc, argv);

  if (app.got_subcommand("dump")) {
    dump(arguments);
    return 0;
  }
  const json result = app.got_subcommand("plain")  ? plain(arguments)
                      : app.got_subcommand("best") ? best(arguments)
                                                   : choose(arguments);
  std::cout << result.dump(2) << '\n';
  if (!arguments.out.empty()) write_file(arguments.out, result.dump(2) + "\n");
  return 0;
}

}  // namespace
}  // namespace handbuilt

int main(int argc, char** argv) {
  try {
    return handbuilt::run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "lenet_accuracy: " << error.what() << '\n';
    return 2;
  }
}

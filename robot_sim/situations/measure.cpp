// How new situations are told from known ones, and what remembering gains: the figures behind lesson 07.
//
//   robot_situations [--out results.json] [--homes 40] [--seed 1] [--window 5] [--floor 0.05] [--only novelty|recall]
//
// Prints a table, and writes every number with its 95 % interval over homes.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/file.hpp"
#include "robot_sim/situations/novelty_experiment.hpp"
#include "robot_sim/situations/recall_experiment.hpp"

namespace handbuilt::robot_sim {
namespace {

struct Arguments {
  std::string out, only;
  int homes = 40;
  double window_s = 5, floor = 0.05;
  std::uint64_t seed = 1;
};

nlohmann::json number(const MeanInterval& value, int n, const char* unit) {
  return {{"value", value.mean}, {"low", value.low}, {"high", value.high}, {"n", n}, {"unit", unit}};
}

void measure_novelty(const Arguments& arguments, nlohmann::json& numbers) {
  const std::pair<const char*, similarity::NoveltyScore> scores[] = {
      {"neighbour", similarity::NoveltyScore::kNeighbour},
      {"centre", similarity::NoveltyScore::kCentre},
      {"mahalanobis", similarity::NoveltyScore::kMahalanobis}};
  constexpr double kRate = 0.05;
  const NoveltyWindows windows = record_windows({.train_homes = arguments.homes,
                                                 .calibration_homes = arguments.homes,
                                                 .test_homes = arguments.homes,
                                                 .window_s = arguments.window_s,
                                                 .seed = arguments.seed});
  for (const auto& [name, score] : scores) {
    const NoveltyResult result = judge_novelty(windows, {.score = score, .floor = arguments.floor}, kRate);
    const std::string prefix = std::string("novelty_") + name + "_";
    numbers[prefix + "false_alarms"] = number(result.false_alarms, arguments.homes, "share");
    fmt::print(
        "\nnovelty by {}: threshold {:.3f}, false alarms {:.3f} [{:.3f}, {:.3f}] asked {:.2f}, AUROC of all kinds "
        "{:.3f}\n",
        name, result.threshold, result.false_alarms.mean, result.false_alarms.low, result.false_alarms.high, kRate,
        result.auroc);
    numbers[prefix + "auroc"] = {{"value", result.auroc}, {"unit", ""}};
    fmt::print("{:18}{:>8}  {:24}{:>18}{:>10}{:>9}\n", "kind", "AUROC", "by home", "alarms at 95 %", "detected",
               "windows");
    for (const NoveltyOfKind& kind : result.kinds) {
      const MeanInterval& by_home = kind.auroc_of_home;
      fmt::print("{:18}{:8.3f}  {:24}{:18.3f}{:10.3f}{:9}\n", name_of(kind.kind), kind.auroc,
                 fmt::format("{:.3f} [{:.3f}, {:.3f}]", by_home.mean, by_home.low, by_home.high),
                 kind.false_alarms_at_95, kind.detected, kind.windows);
      numbers[prefix + "auroc_" + name_of(kind.kind)] = number(by_home, arguments.homes, "");
      numbers[prefix + "alarms_at_95_" + name_of(kind.kind)] = {
          {"value", kind.false_alarms_at_95}, {"n", kind.windows}, {"unit", "share"}};
    }
  }
}

void measure_recall(const Arguments& arguments, nlohmann::json& numbers) {
  const RecallExperiment experiment{
      .public_homes = std::max(2, arguments.homes / 2), .held_out_homes = arguments.homes, .seed = arguments.seed};
  const RecallResult result = run_recall_experiment(experiment);
  fmt::print("\nmetres a bump, {} bumps remembered from {} homes\n", result.remembered, experiment.public_homes);
  fmt::print("{:10}{:>8}{:>6}{:>10}{:>6}   {:26}{:26}\n", "method", "public", "rank", "held out", "rank",
             "held out over random", "over fixed");
  for (const MethodResult& method : result.methods) {
    const auto text = [](const MeanInterval& v) {
      return fmt::format("{:+.3f} [{:+.3f}, {:+.3f}]", v.mean, v.low, v.high);
    };
    fmt::print("{:10}{:8.3f}{:6}{:10.3f}{:6}   {:26}{:26}\n", method.name, method.in_public.mean, method.public_rank,
               method.in_held_out.mean, method.held_out_rank, text(method.held_out_over_random),
               text(method.held_out_over_fixed));
    const std::string prefix = "recall_" + method.name + "_";
    numbers[prefix + "public"] = number(method.in_public, experiment.public_homes, "m");
    numbers[prefix + "held_out"] = number(method.in_held_out, experiment.held_out_homes, "m");
    numbers[prefix + "public_over_fixed"] = number(method.public_over_fixed, experiment.public_homes, "m");
    numbers[prefix + "held_out_over_random"] = number(method.held_out_over_random, experiment.held_out_homes, "m");
    numbers[prefix + "held_out_over_fixed"] = number(method.held_out_over_fixed, experiment.held_out_homes, "m");
    numbers[prefix + "public_rank"] = {{"value", method.public_rank}};
    numbers[prefix + "held_out_rank"] = {{"value", method.held_out_rank}};
  }
}

}  // namespace
}  // namespace handbuilt::robot_sim

int main(int argc, char** argv) {
  using namespace handbuilt::robot_sim;
  Arguments arguments;
  CLI::App app("How new situations are told from known ones, and what remembering gains");
  app.add_option("--out", arguments.out, "write the numbers to this file, as JSON");
  app.add_option("--only", arguments.only, "novelty or recall")->check(CLI::IsMember({"novelty", "recall"}));
  app.add_option("--homes", arguments.homes, "of each purpose")->check(CLI::Range(4, 10'000));
  app.add_option("--window", arguments.window_s, "seconds of a window")->check(CLI::Range(0.1, 600.0));
  app.add_option("--floor", arguments.floor, "of the whitener")->check(CLI::Range(1e-6, 10.0));
  app.add_option("--seed", arguments.seed, "that homes and drives are drawn from");
  CLI11_PARSE(app, argc, argv);
  try {
    nlohmann::json numbers = nlohmann::json::object();
    if (arguments.only != "recall") measure_novelty(arguments, numbers);
    if (arguments.only != "novelty") measure_recall(arguments, numbers);
    const nlohmann::json results = {{"seed", arguments.seed}, {"homes", arguments.homes}, {"numbers", numbers}};
    if (!arguments.out.empty()) handbuilt::write_file(arguments.out, results.dump(2) + "\n");
  } catch (const handbuilt::Error& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
}

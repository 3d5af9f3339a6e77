#include "robot_sim/campaign/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <utility>
#include <vector>

#include "core/file.hpp"
#include "core/interval.hpp"
#include "plot/figure.hpp"

namespace handbuilt::robot_sim {

namespace {

constexpr std::size_t kWorst = 5;

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// A column of the rows by run: the plan's order whatever the file's.
std::vector<double> by_run(const CampaignPlan& plan, const Rows& rows, const std::string& name) {
  std::vector<double> values(static_cast<std::size_t>(plan.runs()));
  const std::vector<double>& column = rows.table.numbers(name);
  for (std::size_t i = 0; i < rows.numbers.size(); ++i) values[static_cast<std::size_t>(rows.numbers[i])] = column[i];
  return values;
}

/// The healthy run with the same home and seed.
std::size_t healthy_twin(const CampaignPlan& plan, std::size_t run) {
  const auto seeds = static_cast<std::size_t>(plan.seeds);
  const std::size_t of_a_home = plan.faults.size() * seeds;
  return run / of_a_home * of_a_home + run % seeds;
}

class Summary {
 public:
  Summary(const CampaignPlan& plan, const Rows& rows)
      : plan_(plan),
        coverage_(by_run(plan, rows, "coverage")),
        edges_(by_run(plan, rows, "edge_coverage")),
        collisions_(by_run(plan, rows, "hard_collisions")),
        falls_(by_run(plan, rows, "falls")) {}

  [[nodiscard]] std::string words() const {
    std::string text =
        fmt::format("{} in homes {} to {}, {} fault{} and none, {} seed{}: {} runs of {} minutes\n\n", plan_.controller,
                    plan_.first_home, plan_.last_home, plan_.faults.size() - 1, plan_.faults.size() == 2 ? "" : "s",
                    plan_.seeds, plan_.seeds == 1 ? "" : "s", plan_.runs(), plan_.minutes);
    text += fmt::format("{:<18}{:>31}{:>31}\n", "", "healthy", "with a fault");
    const auto line = [&](const char* name, const std::vector<double>& values, double scale) {
      text += fmt::format("{:<18}{:>31}{:>31}\n", name, interval(values, scale, true), interval(values, scale, false));
    };
    line("floor clean, %", coverage_, 100);
    line("edges clean, %", edges_, 100);
    line("hard collisions", collisions_, 1);
    line("falls", falls_, 1);
    return text + falls() + worst();
  }

  /// Mean loss of coverage in points, by component and type, of single faults.
  [[nodiscard]] std::map<std::pair<int, int>, double> lost() const {
    std::map<std::pair<int, int>, std::vector<double>> all;
    for (std::size_t run = 0; run < coverage_.size(); ++run) {
      const std::vector<Fault> faults = parse_faults(planned_run(plan_, static_cast<int>(run)).faults);
      if (faults.size() != 1) continue;
      const auto key = std::pair(static_cast<int>(faults[0].component), static_cast<int>(faults[0].type));
      all[key].push_back(100 * (coverage_[healthy_twin(plan_, run)] - coverage_[run]));
    }
    std::map<std::pair<int, int>, double> means;
    for (const auto& [key, values] : all) means[key] = mean(values);
    return means;
  }

 private:
  [[nodiscard]] std::string interval(const std::vector<double>& values, double scale, bool healthy) const {
    std::map<std::uint64_t, std::vector<double>> homes;
    for (std::size_t run = 0; run < values.size(); ++run) {
      const PlannedRun planned = planned_run(plan_, static_cast<int>(run));
      if (planned.faults.empty() == healthy) homes[planned.home].push_back(scale * values[run]);
    }
    std::vector<double> means;
    for (const auto& [home, of_home] : homes) means.push_back(mean(of_home));
    if (means.empty()) return "-";
    const MeanInterval found = mean_interval(means);
    return fmt::format("{:.2f} [{:.2f}, {:.2f}]", found.mean, found.low, found.high);
  }

  [[nodiscard]] std::string falls() const {
    const double hours = plan_.runs() * plan_.minutes / 60, all = std::accumulate(falls_.begin(), falls_.end(), 0.0);
    if (all > 0) return fmt::format("\n{:.0f} falls in {:.1f} hours\n", all, hours);
    // Hanley and Lippman-Hand (1983), "If nothing goes wrong, is everything all right?": the rule of three.
    return fmt::format("\nno fall in {:.1f} hours: fewer than {:.2g} an hour, with 95 % confidence\n", hours,
                       3 / hours);
  }

  /// The runs with most falls, then with the least coverage.
  [[nodiscard]] std::string worst() const {
    std::vector<std::size_t> runs(coverage_.size());
    std::iota(runs.begin(), runs.end(), std::size_t{0});
    std::sort(runs.begin(), runs.end(), [&](std::size_t a, std::size_t b) {
      return std::tuple(-falls_[a], coverage_[a], a) < std::tuple(-falls_[b], coverage_[b], b);
    });
    std::string text = "\nThe worst runs, and what shows them again:\n";
    for (std::size_t i = 0; i < std::min(kWorst, runs.size()); ++i)
      text += fmt::format("{:>5.1f} % clean{}: {}\n", 100 * coverage_[runs[i]], falls_[runs[i]] > 0 ? ", fell" : "",
                          command_of(plan_, planned_run(plan_, static_cast<int>(runs[i]))));
    return text;
  }

  const CampaignPlan& plan_;
  std::vector<double> coverage_, edges_, collisions_, falls_;
};

plot::Figure heat_map(const CampaignPlan& plan, const std::map<std::pair<int, int>, double>& lost) {
  std::vector<int> components, types;
  for (const auto& [key, value] : lost) {
    components.push_back(key.first);
    types.push_back(key.second);
  }
  for (std::vector<int>* list : {&components, &types}) {
    std::sort(list->begin(), list->end());
    list->erase(std::unique(list->begin(), list->end()), list->end());
  }
  plot::HeatMapStyle style;
  style.map = plot::ColourMap::diverging;
  style.unit = "points of coverage lost";
  style.numbers = true;
  std::vector<double> values;
  for (const int component : components) {
    style.row_names.emplace_back(name_of(static_cast<Component>(component)));
    for (const int type : types) {
      const auto found = lost.find({component, type});
      values.push_back(found == lost.end() ? std::numeric_limits<double>::quiet_NaN()
                                           : std::round(10 * found->second) / 10);
    }
  }
  for (const int type : types) style.column_names.emplace_back(name_of(static_cast<FaultType>(type)));
  plot::Figure figure("What each fault costs " + plan.controller);
  figure.size(std::max(480.0, 220 + 76.0 * static_cast<double>(types.size())),
              std::max(240.0, 150 + 26.0 * static_cast<double>(components.size())));
  figure.axes("", "");
  figure.matrix(plot::Grid(static_cast<int>(components.size()), static_cast<int>(types.size()), values), style);
  return figure;
}

}  // namespace

void write_summary(const CampaignPlan& plan, const Rows& rows, const std::filesystem::path& folder) {
  const Summary summary(plan, rows);
  const auto lost = summary.lost();
  if (!lost.empty()) heat_map(plan, lost).save(folder / "coverage_lost.svg");
  write_file(folder / "summary.txt", summary.words());
}

}  // namespace handbuilt::robot_sim

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/error.hpp"
#include "data/csv.hpp"
#include "grader/course/commands.hpp"
#include "grader/grading/late_days.hpp"
#include "grader/text/printable.hpp"

namespace handbuilt::grader {

namespace {

using data::ColumnType;

double to_cents(double points) { return std::round(100 * points) / 100; }

/// When each submission was handed in, in seconds since 1970.
std::map<std::string, std::int64_t> read_times(const std::filesystem::path& path) {
  const data::Table table =
      data::read_csv(path, {{{"submission", ColumnType::kText}, {"handed_in", ColumnType::kText}}});
  const auto &names = table.texts("submission"), &instants = table.texts("handed_in");
  std::map<std::string, std::int64_t> times;
  for (std::size_t i = 0; i < names.size(); ++i) {
    try {
      if (!times.emplace(names[i], read_instant(instants[i])).second) throw ValueError("there are two times for it");
    } catch (const ValueError& error) {
      throw DataError(fmt::format("{}: {}: {}", path.string(), printable(names[i]), error.what()));
    }
  }
  return times;
}

}  // namespace

int run_late_days(const LateDaysOptions& options) {
  const LateRule rule = read_late_rule(options.rule);
  const std::int64_t deadline = read_instant(options.deadline);
  data::Table grades = data::read_csv(options.grades, {{{"submission", ColumnType::kText},
                                                        {"student", ColumnType::kText},
                                                        {"state", ColumnType::kText},
                                                        {"late", ColumnType::kText},
                                                        {"total", ColumnType::kNumber}}});
  std::map<std::string, std::int64_t> times = read_times(options.times);
  std::vector<double> days, lost, left;
  for (int row = 0; row < grades.rows(); ++row) {
    const auto i = static_cast<std::size_t>(row);
    const double total = grades.numbers("total")[i];
    const auto handed_in = times.find(grades.texts("submission")[i]);
    const int late = handed_in == times.end() ? 0 : days_late(handed_in->second, deadline);
    if (handed_in != times.end()) times.erase(handed_in);
    days.push_back(late);
    lost.push_back(to_cents(late_penalty(total, late, rule)));
    left.push_back(to_cents(total - lost.back()));
  }
  if (!times.empty())
    throw DataError(fmt::format("{}: no submission is named \"{}\" in {}", options.times.string(),
                                printable(times.begin()->first), options.grades.string()));
  const auto late = std::count_if(days.begin(), days.end(), [](double count) { return count > 0; });
  grades.add_numbers("days_late", days);
  grades.add_numbers("late_penalty", lost);
  grades.add_numbers("total_after_late_days", left);
  data::write_csv(options.out, grades);
  fmt::print("{} of {} late; {} has the totals after late days\n", late, grades.rows(), options.out.string());
  return 0;
}

}  // namespace handbuilt::grader

#include "robot_sim/campaign/rows.hpp"

#include <fmt/format.h>

#include <set>

#include "core/error.hpp"
#include "core/file.hpp"
#include "data/csv.hpp"

namespace handbuilt::robot_sim {

namespace {

const std::vector<std::string> kNames = {
    "run",        "home",        "faults",     "seed",         "coverage",   "edge_coverage",   "coverage_1",
    "coverage_2", "coverage_3",  "coverage_5", "overlap",      "distance_m", "hard_collisions", "max_impact_mps",
    "falls",      "smears",      "runaway_s",  "brush_stalls", "stuck_s",    "energy_j",        "false_alarms",
    "detected_s", "isolated_as", "outcome"};

std::string cell(const std::optional<double>& value) { return value ? fmt::format("{}", *value) : ""; }

data::CsvOptions types() {
  data::CsvOptions options;
  for (const std::string& name : kNames) options.types[name] = data::ColumnType::kNumber;
  for (const char* name : {"faults", "isolated_as", "outcome"}) options.types[name] = data::ColumnType::kText;
  return options;
}

}  // namespace

std::string row_names() { return fmt::format("{}\n", fmt::join(kNames, ",")); }

std::string row_of(const PlannedRun& run, const RunReport& report) {
  const Tally& tally = report.tally;
  const FaultReport* fault = report.faults.empty() ? nullptr : &report.faults.front();
  std::vector<std::string> cells = {
      std::to_string(run.number), std::to_string(run.home),          '"' + run.faults + '"',
      std::to_string(run.seed),   cell(report.cleanliness.coverage), cell(report.cleanliness.edge_coverage)};
  for (const std::optional<double>& coverage : report.coverage_at) cells.push_back(cell(coverage));
  for (const double value :
       {report.overlap, tally.distance_m, static_cast<double>(tally.hard_collisions),
        static_cast<double>(tally.max_impact_mps), static_cast<double>(tally.falls), static_cast<double>(tally.smears),
        tally.runaway_ticks * 0.02, static_cast<double>(tally.brush_stalls), tally.stuck_ticks * 0.02, tally.energy_j,
        static_cast<double>(report.false_alarms)})
    cells.push_back(cell(value));
  cells.push_back(fault != nullptr ? cell(fault->detected_at_s) : "");
  cells.push_back(fault != nullptr ? fault->isolated_as : "");
  cells.push_back(report.outcome);
  return fmt::format("{}\n", fmt::join(cells, ","));
}

Rows read_rows(const std::filesystem::path& path, const CampaignPlan& plan) {
  Rows rows;
  if (!std::filesystem::exists(path)) return rows;
  std::string content = read_file(path);
  content.resize(content.rfind('\n') == std::string::npos ? 0 : content.rfind('\n') + 1);
  if (content.empty()) return rows;
  if (!content.starts_with(row_names())) throw DataError(path.string() + ":1: expected the names of a campaign's rows");
  for (std::size_t at = row_names().size(); at < content.size();) {
    const std::size_t end = content.find('\n', at) + 1;
    rows.lines.push_back(content.substr(at, end - at));
    at = end;
  }
  rows.table = data::parse_csv(content, path.string(), types());
  std::set<int> seen;
  for (int row = 0; row < rows.table.rows(); ++row) {
    const auto i = static_cast<std::size_t>(row);
    const double number = rows.table.numbers("run")[i];
    const bool in_plan = number >= 0 && number < plan.runs() && number == static_cast<int>(number);
    if (in_plan) {
      const PlannedRun run = planned_run(plan, static_cast<int>(number));
      if (seen.insert(run.number).second && rows.table.texts("faults")[i] == run.faults &&
          rows.lines[i].starts_with(fmt::format("{},{},\"{}\",{},", run.number, run.home, run.faults, run.seed))) {
        rows.numbers.push_back(run.number);
        continue;
      }
    }
    throw DataError(fmt::format("{}:{}: expected a run of this campaign that was not there yet, got \"{}\"",
                                path.string(), row + 2, rows.lines[i].substr(0, rows.lines[i].size() - 1)));
  }
  return rows;
}

}  // namespace handbuilt::robot_sim

#include "robot_sim/run/report_json.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

namespace handbuilt::robot_sim {

namespace {

using Json = nlohmann::ordered_json;

Json or_null(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

Json faults_of(const RunReport& report) {
  Json all = Json::array();
  for (const FaultReport& fault : report.faults)
    all.push_back({{"fault", to_string({fault.fault})},
                   {"injected_at", fault.fault.start_s},
                   {"ended_at", std::isfinite(fault.fault.end_s) ? Json(fault.fault.end_s) : Json()},
                   {"detected_at", or_null(fault.detected_at_s)},
                   {"isolated_as", fault.isolated_as.empty() ? Json() : Json(fault.isolated_as)}});
  return all;
}

}  // namespace

std::string to_json(const RunReport& report) {
  const Tally& tally = report.tally;
  Json json = {{"schema", "handbuilt/robot-run/v1"},
               {"home", report.home},
               {"controller", report.controller},
               {"seed", report.seed},
               {"simulated_s", report.simulated_s},
               {"ideal_time_s", report.ideal_time_s},
               {"cleanable_m2", report.cleanable_m2},
               {"coverage", report.cleanliness.coverage},
               {"edge_coverage", report.cleanliness.edge_coverage}};
  Json& marks = json["coverage_at"] = Json::object();
  for (std::size_t i = 0; i < kCoverageMarks.size(); ++i)
    marks[std::to_string(kCoverageMarks[i])] = or_null(report.coverage_at[i]);
  json["overlap"] = report.overlap;
  json["distance_m"] = tally.distance_m;
  json["hard_collisions"] = tally.hard_collisions;
  json["max_impact_mps"] = tally.max_impact_mps;
  json["falls"] = tally.falls;
  json["smears"] = tally.smears;
  json["runaway_s"] = tally.runaway_ticks * 0.02;
  json["brush_stalls"] = tally.brush_stalls;
  json["cat_bumps"] = tally.cat_bumps;
  json["stuck_s"] = tally.stuck_ticks * 0.02;
  json["energy_j"] = tally.energy_j;
  Json& modes = json["modes"] = Json::object();
  for (std::size_t mode = 0; mode < report.seconds_in_mode.size(); ++mode)
    if (report.seconds_in_mode[mode] > 0) modes[std::to_string(mode)] = report.seconds_in_mode[mode];
  json["faults"] = faults_of(report);
  json["false_alarms"] = report.false_alarms;
  json["board"] = nullptr;
  json["outcome"] = report.outcome;
  return json.dump(2) + "\n";
}

std::string to_words(const RunReport& report) {
  const Tally& tally = report.tally;
  std::string marks;
  for (std::size_t i = 0; i < kCoverageMarks.size(); ++i)
    if (report.coverage_at[i]) marks += fmt::format("  {} x {:.1f} %", kCoverageMarks[i], 100 * *report.coverage_at[i]);
  return fmt::format(
      "{}: {} drove {:.0f} m in {:.1f} min (ideal time {:.1f} min): {}\n"
      "  clean       {:.1f} % of {:.1f} m2, edges {:.1f} %, overlap {:.2f}\n"
      "  at ideal   {}\n"
      "  collisions  {} hard, the worst at {:.2f} m/s; {} falls, {} smears, {} brush stalls\n"
      "  time        {:.1f} s stuck, {:.1f} s out of control; energy {:.1f} kJ\n",
      report.home, report.controller, tally.distance_m, report.simulated_s / 60, report.ideal_time_s / 60,
      report.outcome, 100 * report.cleanliness.coverage, report.cleanable_m2, 100 * report.cleanliness.edge_coverage,
      report.overlap, marks.empty() ? " (the run was shorter)" : marks, tally.hard_collisions, tally.max_impact_mps,
      tally.falls, tally.smears, tally.brush_stalls, tally.stuck_ticks * 0.02, tally.runaway_ticks * 0.02,
      tally.energy_j / 1000);
}

}  // namespace handbuilt::robot_sim

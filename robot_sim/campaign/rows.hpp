#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "data/table.hpp"
#include "robot_sim/campaign/campaign.hpp"

namespace handbuilt::robot_sim {

/// The first line of runs.csv, and a run's, both with their line ends.
std::string row_names();
std::string row_of(const PlannedRun& run, const RunReport& report);

/// runs.csv as far as it is whole: a line that was cut at the end of the file does not count.
struct Rows {
  std::vector<std::string> lines;  ///< with their line ends, without the names
  std::vector<int> numbers;        ///< the run of each
  data::Table table;
};
/// No rows when there is no file. Throws DataError "path:line: ..." for a line that is none of the plan's.
Rows read_rows(const std::filesystem::path& path, const CampaignPlan& plan);

}  // namespace handbuilt::robot_sim

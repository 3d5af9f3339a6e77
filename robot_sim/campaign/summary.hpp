#pragma once

#include <filesystem>
#include <string>

#include "robot_sim/campaign/rows.hpp"

namespace handbuilt::robot_sim {

/// Writes into `folder`: summary.txt, for people; coverage_lost.svg, a heat map of component x type for single faults:
/// how many points of coverage they cost against the same homes and seeds without one, as a mean over severities.
/// Intervals are 95 % by Student's t over homes, each home's mean being one value. `rows` holds every run once.
void write_summary(const CampaignPlan& plan, const Rows& rows, const std::filesystem::path& folder);

}  // namespace handbuilt::robot_sim

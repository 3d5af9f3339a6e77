#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "robot_sim/run/run.hpp"

/// Many homes x many faults x many seeds: a row a run.
namespace handbuilt::robot_sim {

/// What a campaign runs: each home with each of the faults and each of the seeds 1 ... `seeds`. The first of the faults
/// is none, with which the others are compared.
struct CampaignPlan {
  std::uint64_t first_home = 0, last_home = 0;
  std::vector<std::string> faults;  ///< as parse_faults() reads them; "" first
  int seeds = 1;
  std::string controller = "bounce";
  double minutes = 40, delay_s = 0.1;
  bool cat = false;

  [[nodiscard]] int runs() const;
};

/// Throws ValueError: not A..B, or B below A.
void set_homes(CampaignPlan& plan, const std::string& range);
/// `all` (every single fault but the board's, which these runs do not simulate, from the first minute on), a file with
/// a line of faults each (# begins a comment), or the faults of one run. Throws DataError and ValueError.
void set_faults(CampaignPlan& plan, const std::string& word);

/// One of a plan's runs, counted from 0: homes are outermost, then faults, then seeds.
struct PlannedRun {
  int number = 0;
  std::uint64_t home = 0;
  std::string faults;
  std::uint64_t seed = 1;
};
PlannedRun planned_run(const CampaignPlan& plan, int number);
/// What reproduces it.
std::string command_of(const CampaignPlan& plan, const PlannedRun& run);

struct CampaignResult {
  int runs = 0, already_there = 0;
};

/// Runs what is missing in `folder`, on `jobs` threads (0: one a core), up to sixteen runs of a home together, and adds
/// their rows to runs.csv when they end. When all are there, the rows are put in the plan's order, so that the file
/// depends on the plan alone, and the summary is written (see summary.hpp). Throws ValueError for a plan without runs
/// or with more than 10 million, and DataError when the folder holds another campaign, another process works in it, or
/// a file is damaged or cannot be written.
CampaignResult run_campaign(const CampaignPlan& plan, const std::filesystem::path& folder, int jobs = 0,
                            const std::function<void(double)>& progress = {});

}  // namespace handbuilt::robot_sim

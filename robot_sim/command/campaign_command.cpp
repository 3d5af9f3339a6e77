#include <fmt/format.h>

#include "core/file.hpp"
#include "robot_sim/campaign/campaign.hpp"
#include "robot_sim/command/commands.hpp"

namespace handbuilt::robot_sim {

int campaign_command(const CampaignOptions& options) {
  CampaignPlan plan;
  set_homes(plan, options.homes);
  set_faults(plan, options.faults);
  plan.seeds = options.seeds;
  plan.controller = options.controller;
  plan.minutes = options.minutes;
  plan.delay_s = options.delay_s;
  plan.cat = options.cat;
  const auto progress = progress_line("campaign");
  const CampaignResult result = run_campaign(plan, options.out, options.jobs, progress);
  progress(1);
  if (result.already_there > 0) fmt::print("{} of {} runs were there already\n", result.already_there, result.runs);
  fmt::print("{}\nwritten to {}\n", read_file(options.out / "summary.txt"), options.out.string());
  return 0;
}

}  // namespace handbuilt::robot_sim

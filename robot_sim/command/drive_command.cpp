#include <fmt/format.h>

#include <memory>

#include "robot_sim/command/commands.hpp"
#include "robot_sim/drive/drive_window.hpp"

namespace handbuilt::robot_sim {

int drive_command(const RunOptions& options) {
  for (const auto& file : {options.output.json, options.output.picture, options.trace}) require_folder_of(file);
  Race race(setup_of(options), {"bounce", "wall_following"}, options.trace);
  run_drive_window(race, {.title = kDriveTitle});
  race.finish();
  if (race.tick() > 0) {
    fmt::print("{}\n", compared(race));
    write_results(race.result(), options.output);
  }
  return 0;
}

}  // namespace handbuilt::robot_sim

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "robot_sim/command/commands.hpp"
#include "robot_sim/view/window.hpp"

namespace handbuilt::robot_sim {

namespace {

void show(Player player, const OutputOptions& output) {
  Session session(std::move(player));
  if (output.view) run_window(session, {.title = kWindowTitle});
  if (!output.screenshot.empty()) write_screenshot(session, ticks_of(std::max(0.0, output.at_s)), output.screenshot);
  session.player().finish();
  write_results(session.player().result(), output);
}

}  // namespace

int view_command(const RunSetup& setup, const std::filesystem::path& trace, const OutputOptions& output) {
  show(Player(setup, trace), output);
  return 0;
}

int view_command(Trace trace, const OutputOptions& output) {
  const bool complete = trace.complete;
  if (!complete)
    fmt::print("{}: the trace was cut: showing the first {:.1f} s of {:.1f} s\n", trace.name, trace.ticks * 0.02,
               trace.header.planned_ticks * 0.02);
  const auto progress = progress_line("reading the trace");
  Player player(std::move(trace), progress);
  progress(1);
  show(std::move(player), output);
  return complete ? 0 : 1;
}

}  // namespace handbuilt::robot_sim

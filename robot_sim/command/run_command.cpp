#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <optional>

#include "core/error.hpp"
#include "core/file.hpp"
#include "robot_sim/command/commands.hpp"
#include "robot_sim/run/picture.hpp"
#include "robot_sim/run/report_json.hpp"
#include "robot_sim/run/run.hpp"
#include "window/canvas.hpp"

namespace handbuilt::robot_sim {

void require_folder_of(const std::filesystem::path& file) {
  const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
  if (!file.empty() && !std::filesystem::is_directory(folder))
    throw DataError(file.string() + ": there is no folder " + folder.string());
}

void write_results(const RunResult& result, const OutputOptions& output) {
  fmt::print("{}", to_words(result.report));
  if (!output.json.empty()) write_file(output.json, to_json(result.report));
  if (!output.picture.empty()) window::render_png(draw_run(result.simulator, result.report), output.picture);
}

RunSetup setup_of(const RunOptions& options) {
  RunSetup setup;
  setup.controller = options.controller;
  setup.minutes = options.minutes;
  setup.options.seed = options.seed;
  setup.options.faults = parse_faults(options.faults);
  setup.options.delay_s = static_cast<float>(options.delay_s);
  setup.options.delay_drift_s = static_cast<float>(options.delay_drift_s);
  setup.options.cat = options.cat;
  setup.home = std::make_shared<const Home>(open_home(options.home));
  return setup;
}

int run_command(const RunOptions& options) {
  for (const auto& file : {options.output.json, options.output.picture, options.output.screenshot, options.trace})
    require_folder_of(file);
  const RunSetup setup = setup_of(options);
  if (options.output.is_seen()) return view_command(setup, options.trace, options.output);
  const auto progress = progress_line("simulating");
  const RunResult result = run(setup, options.trace, progress);
  progress(1);
  write_results(result, options.output);
  return 0;
}

int replay_command(const std::filesystem::path& path, const OutputOptions& output, const FilmOptions& film_options) {
  for (const auto& file : {output.json, output.picture, output.screenshot, film_options.animation})
    require_folder_of(file);
  Trace trace = read_trace(path);
  if (output.is_seen()) return view_command(std::move(trace), output);
  const bool complete = trace.complete;
  const double seconds = trace.ticks * 0.02, planned_s = trace.header.planned_ticks * 0.02;
  std::optional<Film> film;
  if (film_options.is_wanted())
    film.emplace(trace.header.home, Simulator(trace.header.home, trace.header.options), trace.ticks, film_options);
  const auto progress = progress_line("replaying");
  const auto watch = [&film](const Replay& replay) {
    if (film) film->observe(replay.command(), replay.patch(), replay.simulator());
  };
  const RunResult result = replay_run(std::move(trace), progress, watch);
  if (film) film->finish(result.simulator);
  progress(1);
  if (complete)
    fmt::print("{}: replayed {:.1f} s, the same to the last bit\n", path.string(), seconds);
  else
    fmt::print("{}: the trace was cut: replayed the first {:.1f} s of {:.1f} s, the same to the last bit\n",
               path.string(), seconds, planned_s);
  write_results(result, output);
  return complete ? 0 : 1;
}

}  // namespace handbuilt::robot_sim

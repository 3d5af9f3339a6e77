#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "robot_sim/run/run.hpp"
#include "robot_sim/view/film.hpp"
#include "robot_sim/world/home.hpp"

/// The commands of `./course robot`. Each returns the program's exit code; what it cannot do is thrown as Error.
namespace handbuilt::robot_sim {

/// What every run takes.
struct HomeOption {
  std::string home;           ///< a seed or a named room; see home_named()
  std::filesystem::path map;  ///< a ROS map's yaml file, in place of it
  std::string start;          ///< X,Y or X,Y,HEADING in metres and radians of the map; empty: the home's own
};
/// Throws ValueError unless exactly one of home and map is given, or for a start that is none or does not fit.
Home open_home(const HomeOption& option);

struct OutputOptions {
  std::filesystem::path json, picture;  ///< empty: none
  bool view = false;                    ///< in a window; the figures are then those of what was seen
  std::filesystem::path screenshot;     ///< of that window, without a display; empty: none
  double at_s = 0;                      ///< the moment that it shows
  [[nodiscard]] bool is_seen() const { return view || !screenshot.empty(); }
};

struct RunOptions {
  HomeOption home;
  std::string controller = "bounce";
  double minutes = 40;
  std::uint64_t seed = 1;
  std::string faults;
  double delay_s = 0.1, delay_drift_s = 0;
  bool cat = false;
  OutputOptions output;
  std::filesystem::path trace;
};
int run_command(const RunOptions& options);
/// A human drives in a window, and the dumb estimates beside; the controller does not count.
int drive_command(const RunOptions& options);
/// What these options ask for. Throws ValueError and DataError for what they cannot mean.
RunSetup setup_of(const RunOptions& options);

/// Exit code 1 for a trace that was cut.
int replay_command(const std::filesystem::path& trace, const OutputOptions& output, const FilmOptions& film = {});

/// Before a long run: throws DataError when there is no folder for this file.
void require_folder_of(const std::filesystem::path& file);
/// What every run ends with: a few lines, and the files that were asked for.
void write_results(const RunResult& result, const OutputOptions& output);
/// Shows a run, or a trace, in a window until it is closed, or takes the picture of it that was asked for.
int view_command(const RunSetup& setup, const std::filesystem::path& trace, const OutputOptions& output);
int view_command(Trace trace, const OutputOptions& output);

struct CampaignOptions {
  std::string homes, faults = "all", controller = "bounce";
  int seeds = 1, jobs = 0;
  double minutes = 40, delay_s = 0.1;
  bool cat = false;
  std::filesystem::path out;
};
int campaign_command(const CampaignOptions& options);

/// Says on standard error how far something is: a line that is overwritten on a terminal, and a line every ten seconds
/// elsewhere. Silent for the first second.
std::function<void(double)> progress_line(const std::string& what);

}  // namespace handbuilt::robot_sim

#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>
#include <string>

#include "core/error.hpp"
#include "robot_sim/command/commands.hpp"
#include "robot_sim/run/controllers.hpp"

// The command line of `./course robot`.
namespace {

using namespace handbuilt::robot_sim;

constexpr int kFailed = 2;

std::string controllers() {
  std::string all;
  for (const std::string& name : controller_names()) all += (all.empty() ? "" : ", ") + name;
  return all;
}

void describe_files(CLI::App* command, OutputOptions& output) {
  command->add_option("--json", output.json, "write the figures there");
  command->add_option("--picture", output.picture, "draw the home, its dirt and the path there (PNG)");
}

void describe_output(CLI::App* command, OutputOptions& output) {
  describe_files(command, output);
  command->add_flag("--view", output.view, "watch it in a window: pause, seek, break things");
  command->add_option("--screenshot", output.screenshot, "a picture of that window (PNG); needs no display");
  command->add_option("--at", output.at_s, "the second of the run that it shows")->capture_default_str();
}

void describe_film(CLI::App* command, FilmOptions& film) {
  command->add_option("--frames", film.folder, "a picture (PNG) every so often, in this new folder");
  command->add_option("--animation", film.animation, "the same as one animated PNG");
  command->add_option("--every", film.every_s, "seconds of the run between pictures")->capture_default_str();
  command->add_option("--width", film.width, "of the pictures, at most, in pixels")->capture_default_str();
}

/// What a run and a drive have in common.
void describe_world(CLI::App* command, RunOptions& options) {
  command->add_option("--home", options.home.home, "a seed for a generated home; or bare_room, or plain_room:0 ... 63");
  command->add_option("--map", options.home.map, "a ROS map's yaml file, in place of a generated home");
  command->add_option("--start", options.home.start, "X,Y or X,Y,HEADING on the map, in metres and radians");
  command->add_option("--minutes", options.minutes, "of simulated time")->capture_default_str();
  command->add_option("--seed", options.seed, "of all noise, and of what the controller draws")->capture_default_str();
  command->add_option("--faults", options.faults, "component:type[:severity]@start[-end],... in simulated seconds");
  command->add_option("--delay", options.delay_s, "from command to motor, 0 ... 0.4 s")->capture_default_str();
  command->add_option("--delay-drift", options.delay_drift_s, "how much that wanders at most, in s a second")
      ->capture_default_str();
  command->add_flag("--cat", options.cat, "a cat lives there");
  command->add_option("--trace", options.trace, "keep the whole run there, for replay");
}

void describe_run(CLI::App& app, RunOptions& options) {
  CLI::App* run = app.add_subcommand("run", "Let a robot clean a home, and tell what came of it");
  describe_world(run, options);
  run->add_option("--controller", options.controller, controllers())->capture_default_str();
  describe_output(run, options.output);
}

void describe_drive(CLI::App& app, RunOptions& options) {
  CLI::App* drive = app.add_subcommand("drive", "Drive it yourself, by keys or a stick, and see who cleans more");
  options.minutes = 5;
  describe_world(drive, options);
  describe_files(drive, options.output);
}

void describe_campaign(CLI::App& app, CampaignOptions& options) {
  CLI::App* campaign = app.add_subcommand("campaign", "Many homes, faults and seeds; called again, it goes on");
  campaign->add_option("--homes", options.homes, "A..B: the first and the last seed")->required();
  campaign->add_option("--faults", options.faults, "all, a list as run takes it, or a file with one in each line")
      ->capture_default_str();
  campaign->add_option("--seeds", options.seeds, "how many runs of each home and fault")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  campaign->add_option("--out", options.out, "the folder for runs.csv, summary and figure")->required();
  campaign->add_option("--jobs", options.jobs, "runs at the same time (one a core when left out)")
      ->check(CLI::PositiveNumber);
  campaign->add_option("--controller", options.controller, controllers())->capture_default_str();
  campaign->add_option("--minutes", options.minutes, "of simulated time, each")->capture_default_str();
  campaign->add_option("--delay", options.delay_s, "from command to motor, 0 ... 0.4 s")->capture_default_str();
  campaign->add_flag("--cat", options.cat, "a cat lives in each home");
}

}  // namespace

int main(int count, char** words) {
  CLI::App app("The robot simulator", "./course robot");
  app.require_subcommand(1);
  RunOptions run;
  describe_run(app, run);
  RunOptions drive;
  describe_drive(app, drive);
  CampaignOptions campaign;
  describe_campaign(app, campaign);
  OutputOptions replay_output;
  std::string trace;
  CLI::App* replay = app.add_subcommand("replay", "Run a trace again (exit code 1: it was cut)");
  replay->add_option("FILE", trace, "what run --trace wrote")->required();
  describe_output(replay, replay_output);
  FilmOptions film;
  describe_film(replay, film);
  try {
    app.parse(count, words);
    if (replay->count("--every") + replay->count("--width") > 0 && !film.is_wanted())
      throw handbuilt::ValueError("--every and --width: expected --frames or --animation with them");
    if (film.is_wanted() && replay_output.is_seen())
      throw handbuilt::ValueError("--frames and --animation: expected without --view and --screenshot");
    if (app.got_subcommand("replay")) return replay_command(trace, replay_output, film);
    if (app.got_subcommand("drive")) return drive_command(drive);
    if (app.got_subcommand("campaign")) return campaign_command(campaign);
    return run_command(run);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kFailed;
  } catch (const std::exception& error) {
    std::cerr << "course: " << error.what() << '\n';
    return kFailed;
  }
}

#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "plot/display_list.hpp"
#include "window/window.hpp"

/// What every lesson's demo shares. A demo is a model, a plain class that can be stepped without a window, and a view
/// that draws it; this is the rest.
namespace handbuilt::lessons {

/// What the command line asked for.
struct DemoOptions {
  bool headless = false;          ///< write the figures and results.json into `out`, open no window
  std::filesystem::path out;      ///< out/NN_name unless named
  std::optional<double> seconds;  ///< headless: be done after about so long
  std::uint64_t seed = 1;         ///< of every random draw
  bool plain = false;             ///< plain words, a line at a time, even on a terminal
};

/// The main function of a demo: reads the command line, runs `demo` and turns exceptions into one clear line. Returns
/// what main returns: 0, or 2 for a wrong command line and whatever the demo could not do. `lesson` is the lesson's
/// folder, "10_convnet"; `purpose` one sentence for --help.
int run_demo(int argc, const char* const* argv, const std::string& lesson, const std::string& purpose,
             const std::function<void(const DemoOptions&)>& demo);

/// datasets/ of this house.
std::filesystem::path datasets_folder();

/// One measured number, with the ends of its interval and the number of samples behind it where it has them.
struct Number {
  double value = 0;
  std::optional<double> low = {}, high = {};
  std::optional<int> n = {};
  std::string unit = "";
};

/// What a headless run measured, by names that the lesson's text quotes.
struct Results {
  std::string lesson;
  std::uint64_t seed = 1;
  double seconds = 0;  ///< that the run took
  std::map<std::string, Number> numbers = {};
};

/// Writes results.json (handbuilt/results/v1) into `folder`, which it makes. Throws ValueError for a number that is not
/// finite and DataError when the file cannot be written.
void save_results(const std::filesystem::path& folder, const Results& results);

/// Writes NAME.svg and NAME.png into `folder`, which it makes.
void save_figure(const std::filesystem::path& folder, const std::string& name, const plot::DisplayList& figure);

/// Writes the demo's window as it looks now, controls included, as a PNG file; nobody sees it open.
void save_window(const std::filesystem::path& file, const std::function<plot::DisplayList(double, double)>& draw,
                 const std::function<void(window::Window&)>& draw_controls);

/// Time since it was made.
class Stopwatch {
 public:
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// The end of a headless run: writes results.json, with the time since `watch` was made, and says where everything is.
void finish(const DemoOptions& options, Results results, const Stopwatch& watch);

}  // namespace handbuilt::lessons

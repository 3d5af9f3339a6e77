#include "lessons/demo.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/file.hpp"
#include "data/image.hpp"
#include "lessons/number_json.hpp"
#include "plot/svg.hpp"
#include "window/canvas.hpp"

namespace handbuilt::lessons {
namespace {

constexpr int kTrouble = 2;

/// Fills `options`; returns what main returns when there is nothing left to do.
std::optional<int> parse(int argc, const char* const* argv, const std::string& lesson, const std::string& purpose,
                         DemoOptions& options) {
  CLI::App app(purpose, "demo_" + lesson);
  app.add_flag("--headless", options.headless, "write figures and results.json instead of opening a window");
  app.add_option("--out", options.out, "the folder for them")->capture_default_str();
  app.add_option("--seconds", options.seconds, "headless: be done after about so long")->check(CLI::PositiveNumber);
  app.add_option("--seed", options.seed, "of every random draw")->capture_default_str();
  app.add_flag("--plain", options.plain, "plain words, a line at a time");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kTrouble;
  }
  return std::nullopt;
}

void make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw DataError(folder.string() + ": cannot make this folder: " + error.message());
}

}  // namespace

int run_demo(int argc, const char* const* argv, const std::string& lesson, const std::string& purpose,
             const std::function<void(const DemoOptions&)>& demo) {
  DemoOptions options;
  options.out = std::filesystem::path("out") / lesson;
  try {
    if (const std::optional<int> done = parse(argc, argv, lesson, purpose, options)) return *done;
    demo(options);
    return 0;
  } catch (const std::exception& error) {
    std::fflush(stdout);
    std::fprintf(stderr, "demo_%s: %s\n", lesson.c_str(), error.what());
    return kTrouble;
  }
}

std::filesystem::path datasets_folder() { return HANDBUILT_DATASETS; }

void save_results(const std::filesystem::path& folder, const Results& results) {
  nlohmann::ordered_json numbers = nlohmann::ordered_json::object();
  for (const auto& [name, number] : results.numbers) numbers[name] = json_of(name, number);
  const nlohmann::ordered_json json{{"schema", "handbuilt/results/v1"},
                                    {"lesson", results.lesson},
                                    {"seed", results.seed},
                                    {"seconds", results.seconds},
                                    {"numbers", numbers}};
  make_folder(folder);
  write_file(folder / "results.json", json.dump(2) + "\n");
}

void finish(const DemoOptions& options, Results results, const Stopwatch& watch) {
  results.seconds = watch.seconds();
  save_results(options.out, results);
  fmt::print("figures and results.json: {}\n", options.out.string());
}

void save_figure(const std::filesystem::path& folder, const std::string& name, const plot::DisplayList& figure) {
  make_folder(folder);
  write_file(folder / (name + ".svg"), plot::to_svg(figure));
  window::render_png(figure, folder / (name + ".png"));
}

void save_window(const std::filesystem::path& file, const std::function<plot::DisplayList(double, double)>& draw,
                 const std::function<void(window::Window&)>& draw_controls) {
  window::Window window({.headless = true});
  constexpr int kFramesUntilControlsSettle = 3;
  for (int frame = 0; frame < kFramesUntilControlsSettle && window.next_frame(); ++frame) {
    window.paint(draw(window.width(), window.height()));
    draw_controls(window);
  }
  data::write_png(file, window.pixels());
}

}  // namespace handbuilt::lessons

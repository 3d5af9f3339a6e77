#include "lessons/05_k_means/demo/headless.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "data/image.hpp"
#include "lessons/05_k_means/demo/controls.hpp"
#include "lessons/05_k_means/demo/view.hpp"
#include "lessons/demo_window.hpp"

namespace handbuilt::lessons::k_means {
namespace {

/// The worst inertia of some runs from one kind of start.
double worst_of(Play& play, StartKind kind, int runs) {
  double worst = 0;
  for (int run = 0; run < runs; ++run) {
    play.start(kind);
    play.run_to_the_end();
    worst = std::max(worst, play.trace().back());
  }
  return worst;
}

void save_photograph(const std::filesystem::path& file, const Photograph& photograph, const Play& play) {
  data::ByteTensor pixels(Shape({photograph.rows, photograph.columns, 3}));
  const std::vector<std::uint8_t> bytes = recoloured(play.centroids(), play.labels());
  std::copy(bytes.begin(), bytes.end(), pixels.begin());
  data::write_png(file, pixels);
}

}  // namespace

void run_headless(const DemoOptions& options) {
  constexpr int kRuns = 100;
  const Stopwatch watch;
  const auto is_late = [&] { return options.seconds && watch.seconds() > *options.seconds; };
  Results results{.lesson = "05_k_means", .seed = options.seed};
  const auto put = [&](const std::string& name, double value, int n, const std::string& unit) {
    fmt::print("{:32} {:10.2f} {}\n", name, value, unit);
    results.numbers[name] = {.value = value, .n = n, .unit = unit};
  };

  Scene scene(options.seed);
  put("worst_any_rows", worst_of(scene.play(), StartKind::kAnyRows, kRuns), kRuns, "inertia");
  put("worst_plus_plus", worst_of(scene.play(), StartKind::kPlusPlus, kRuns), kRuns, "inertia");
  scene.start(StartKind::kPlusPlus);
  scene.play().run_to_the_end();
  scene.ask_how_many();
  put("groups_that_come_back", scene.how_many().chosen, 1, "groups");
  save_figure(options.out, "inertia", inertia_figure(scene.play()).draw());
  save_figure(options.out, "how_many", how_many_figure(scene.how_many()).draw());
  save_scene(options.out / "window_points.png", scene);

  for (const auto& [subject, name] :
       {std::pair{Scene::Subject::kChina, "china"}, std::pair{Scene::Subject::kFlower, "flower"}}) {
    scene.show(subject);
    for (const int colours : {4, 16}) {
      if (is_late() && colours > 4) break;
      scene.set_clusters(colours);
      scene.start(StartKind::kPlusPlus);
      scene.play().run_to_the_end(200);
      put(fmt::format("{}_{}_colours", name, colours),
          colour_error(scene.photograph().colours, scene.play().centroids(), scene.play().labels()), 1, "levels");
      save_photograph(options.out / fmt::format("{}_{}.png", name, colours), scene.photograph(), scene.play());
    }
    save_scene(options.out / fmt::format("window_{}.png", name), scene);
  }
  finish(options, results, watch);
}

}  // namespace handbuilt::lessons::k_means

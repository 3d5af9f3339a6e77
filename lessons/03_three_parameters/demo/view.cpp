#include "lessons/03_three_parameters/demo/view.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace handbuilt::lessons::three_parameters {
namespace {

using plot::Colour;
using Anchor = plot::Text::Anchor;

void draw_header(Page& page, const Layout& layout, const DemoModel& model) {
  page.text({layout.header.x, layout.header.y + 19}, "Three parameters of three hundred", kTitleSize, kText,
            Anchor::start, true);
  page.text_within(
      layout.header.width, {layout.header.x, layout.header.y + 38},
      {fmt::format("{}; {} in the fit: off by {:.1f} on the 80 fields, by {:.1f} on 1,000 new ones (flat rate: {:.1f})",
                   name_of(model.world()), model.chosen().size(), model.curve().seen.back(),
                   model.curve().unseen.back(), model.curve().unseen.front()),
       fmt::format("{} in the fit: {:.1f}, new fields {:.1f}", model.chosen().size(), model.curve().seen.back(),
                   model.curve().unseen.back())},
      kCaptionSize, kFaint);
  page.text_within(
      layout.help.width, {layout.help.x, layout.help.y + 15},
      {"click a tile: add it, take it out    a: add the best    r: add any    backspace: take out the last    c: "
       "clear    3: the three    s: show which matter    n: new fields    w: another world    esc: close",
       "a: add the best    r: any    backspace: out    3: the three    s: show    n: new    w: world"},
      kCaptionSize, kFaint);
}

/// A tile a driver, darker the more it would explain of what is left.
void draw_drivers(Page& page, const Layout& layout, const Scene& scene) {
  const DemoModel& model = scene.model();
  page.heading(layout.drivers, {"300 drivers: the stronger the colour, the more it would explain of what is left",
                                "300 drivers and what each would explain"});
  for (int driver = 0; driver < kDrivers; ++driver) {
    const Area area = tile(layout, driver);
    const auto& matter = model.truth().matter;
    const auto place = std::find(model.chosen().begin(), model.chosen().end(), driver);
    const double promise = std::min(1.0, model.promise()[static_cast<std::size_t>(driver)] / 0.6);
    page.fill(area, kGrid.faded(0.5));
    if (place == model.chosen().end()) {
      page.fill(area, Colour::of_series(0).faded(promise * promise));
    } else {
      page.fill(area, Colour::of_series(1));
      page.text({area.x + area.width / 2, area.y + area.height / 2 + 4},
                fmt::format("{}", place - model.chosen().begin() + 1), kCaptionSize, {Colour::Role::background},
                Anchor::middle, true);
    }
    if (scene.is_revealed() && std::find(matter.begin(), matter.end(), driver) != matter.end())
      page.frame({area.x - 1, area.y - 1, area.width + 2, area.height + 2}, kText, 3);
  }
}

}  // namespace

plot::Figure parting_figure(const DemoModel& model) {
  const double flat = model.curve().unseen.front();
  const double most = *std::max_element(model.curve().unseen.begin(), model.curve().unseen.end());
  plot::Figure figure =
      curve_figure(model.curve(), "Training and new fields", std::clamp(1.1 * most, 1.3 * flat, 4 * flat));
  figure.x_range(0, std::max<double>(8, static_cast<double>(model.chosen().size())));
  return figure;
}

plot::Figure scatter_figure(const DemoModel& model) {
  constexpr int kShown = 300;
  std::vector<double> predicted, came;
  for (int field = 0; field < kShown; ++field) {
    predicted.push_back(model.predicted()(field));
    came.push_back(model.fresh().yields(field));
  }
  plot::Figure figure("New fields: predicted, and what came");
  figure.axes("predicted", "came").points(predicted, came, "").line({20, 180}, {20, 180}, "right", {.dashed = true});
  figure.x_range(20, 180).y_range(20, 180);
  return figure;
}

plot::DisplayList draw(const Scene& scene, double width, double height) {
  const Layout layout = layout_for(width, height);
  Page page(width, height);
  page.fill({0, 0, width, height}, {Colour::Role::background});
  draw_header(page, layout, scene.model());
  draw_drivers(page, layout, scene);
  page.figure(layout.curve, parting_figure(scene.model()));
  page.figure(layout.scatter, scatter_figure(scene.model()));
  plot::DisplayList list = page.take();
  list.title = "Three parameters of three hundred";
  list.description =
      "The demo's window: a tile for each of 300 drivers, the error on fields that were fitted and on new ones over "
      "the "
      "number of parameters, and predictions against what came.";
  return list;
}

}  // namespace handbuilt::lessons::three_parameters

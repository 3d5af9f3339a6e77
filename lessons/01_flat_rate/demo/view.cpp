#include "lessons/01_flat_rate/demo/view.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "lessons/01_flat_rate/figures.hpp"

namespace handbuilt::lessons::flat_rate {
namespace {

using plot::Colour;
using Anchor = plot::Text::Anchor;

const Colour kFirstYear = Colour::of_series(0);
const Colour kSecondYear = Colour::of_series(1);
const Colour kRate = Colour::of_series(2);

void draw_header(Page& page, const Layout& layout, const Scene& scene) {
  page.text({layout.header.x, layout.header.y + 19}, "One number for everything", kTitleSize, kText, Anchor::start,
            true);
  const DemoModel& model = scene.model();
  page.text({layout.header.x, layout.header.y + 38},
            fmt::format("five folds, dealt {} time{}{}", model.dealings(), model.dealings() == 1 ? "" : "s",
                        model.is_exchanged() ? "; the years of Morris are exchanged" : ""),
            kCaptionSize, kFaint);
  page.text_within(layout.help.width, {layout.help.x, layout.help.y + 15},
                   {"drag the line, or up, down: the rate    m, n: mean, median    1-9 or click: an estimate    "
                    "d: deal the folds again    x: exchange Morris' years    esc: close",
                    "drag: the rate    1-9: an estimate    d: deal    x: exchange Morris    esc: close"},
                   kCaptionSize, kFaint);
}

/// Every plot, and the flat rate through them.
void draw_field(Page& page, const Layout& layout, const Scene& scene) {
  const Barley& barley = scene.model().barley();
  page.heading(layout.field,
               {fmt::format("120 plots; a flat rate of {:.1f} is off by {:.2f} (MAE), {:.2f} (RMSE)", scene.rate(),
                            scene.rate_mae(), scene.rate_rmse()),
                fmt::format("{:.1f}: MAE {:.2f}, RMSE {:.2f}", scene.rate(), scene.rate_mae(), scene.rate_rmse())});
  constexpr double kAxis = 26;
  const double left = layout.field.x + kAxis, wide = layout.field.width - kAxis;
  const double a_site = wide / static_cast<double>(barley.sites.size());
  for (int yield = 0; yield <= 70; yield += 10) {
    const double y = y_of_yield(layout, yield);
    page.line({{left, y}, {left + wide, y}}, kGrid, 1);
    page.text({left - 5, y + 4}, fmt::format("{}", yield), kCaptionSize, kFaint, Anchor::end);
  }
  const VectorD& predicted = scene.model().held_out(kModels[static_cast<std::size_t>(scene.chosen())]);
  for (int row = 0; row < barley.rows(); ++row) {
    const auto r = static_cast<std::size_t>(row);
    const double along = 0.28 + 0.44 * barley.year[r] + 0.038 * (barley.variety[r] - 4.5);
    const double x = left + (barley.site[r] + along) * a_site, y = y_of_yield(layout, barley.yields(row));
    const double said = y_of_yield(layout, std::clamp(predicted(row), 0.0, 70.0));
    page.line({{x, y}, {x, said}}, kFaint.faded(0.5), 1);
    page.dot({x, y}, 3.5, barley.year[r] == 0 ? kFirstYear : kSecondYear,
             barley.year[r] == 0 ? plot::Marker::Kind::circle : plot::Marker::Kind::square);
  }
  for (std::size_t site = 0; site < barley.sites.size(); ++site)
    page.text({left + (static_cast<double>(site) + 0.5) * a_site, layout.field.y + layout.field.height - 6},
              barley.sites[site], kCaptionSize, kText, Anchor::middle);
  const double y = y_of_yield(layout, scene.rate());
  page.line({{left, y}, {left + wide, y}}, kRate, 3);
  page.dot({left + wide - 6, y}, 7, kRate);
  for (int year = 0; year < 2; ++year) {
    const double x = left + 12 + 70 * year, top = layout.field.y + kHeadingHeight + 12;
    page.dot({x, top}, 4, year == 0 ? kFirstYear : kSecondYear,
             year == 0 ? plot::Marker::Kind::circle : plot::Marker::Kind::square);
    page.text({x + 9, top + 4}, barley.years[static_cast<std::size_t>(year)], kCaptionSize);
  }
}

/// The estimates with their errors: a wide bar for plots not seen, a thin one for plots that they were fitted on.
void draw_models(Page& page, const Layout& layout, const Scene& scene) {
  const DemoModel& model = scene.model();
  page.heading(layout.models,
               {"Off by (RMSE): wide, on plots held out; thin, on plots it was fitted on", "Off by (RMSE)"});
  const double names = std::min(190.0, 0.42 * layout.models.width), number = 96;
  const double bar_x = layout.models.x + names + 24, bar = layout.models.width - names - 24 - number;
  constexpr double kLongest = 15;
  for (int i = 0; i < static_cast<int>(kModels.size()); ++i) {
    const Model which = kModels[static_cast<std::size_t>(i)];
    const Area line = model_line(layout, i);
    const bool is_chosen = i == scene.chosen();
    const double middle = line.y + line.height / 2, thick = std::min(line.height * 0.36, 11.0);
    if (is_chosen) page.fill(line, kGrid.faded(0.6));
    page.text_within(names + 20, {line.x + 4, middle + 4},
                     {fmt::format("{}  {} ({})", i + 1, name_of(which), parameters_of(which)),
                      fmt::format("{}  {}", i + 1, name_of(which))},
                     kCaptionSize + 1, kText, is_chosen);
    const auto length = [&](double rmse) { return std::max(0.0, bar * std::min(rmse / kLongest, 1.0)); };
    const MeanInterval mean = model.mean_unseen(which);
    const bool is_worse = mean.mean > model.mean_unseen(Model::kFlat).mean;
    page.fill({bar_x, middle - thick, length(mean.mean), thick}, is_worse ? kSecondYear : kFirstYear);
    page.fill({bar_x, middle + 1, length(model.seen(which)), thick / 2}, kFaint);
    page.text({layout.models.x + layout.models.width - 4, middle + 4},
              model.dealings() > 1 ? fmt::format("{:.2f} ± {:.2f}", mean.mean, mean.high - mean.mean)
                                   : fmt::format("{:.2f}", mean.mean),
              kCaptionSize, is_worse ? kText : kFaint, Anchor::end, is_worse);
  }
  const double flat_x = bar_x + bar * model.mean_unseen(Model::kFlat).mean / kLongest;
  page.line({{flat_x, layout.models.y + kHeadingHeight}, {flat_x, layout.models.y + layout.models.height}}, kRate, 1.5);
}

}  // namespace

plot::DisplayList draw(const Scene& scene, double width, double height) {
  const Layout layout = layout_for(width, height);
  Page page(width, height);
  page.fill({0, 0, width, height}, {Colour::Role::background});
  draw_header(page, layout, scene);
  draw_field(page, layout, scene);
  page.figure(layout.error_curve, error_figure(scene.model().barley(), scene.rate()));
  draw_models(page, layout, scene);
  const Model chosen = kModels[static_cast<std::size_t>(scene.chosen())];
  page.figure(layout.residuals, residual_figure(scene.model().barley(), scene.model().held_out(chosen),
                                                "Left over, held out: " + name_of(chosen)));
  plot::DisplayList list = page.take();
  list.title = "One number for everything";
  list.description =
      "The demo's window: all 120 yields with a flat rate to drag, how far off every rate is, nine estimates with "
      "their "
      "errors on plots they have and have not seen, and what the chosen one leaves over.";
  return list;
}

}  // namespace handbuilt::lessons::flat_rate

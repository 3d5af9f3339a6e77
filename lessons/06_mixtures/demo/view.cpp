#include "lessons/06_mixtures/demo/view.hpp"

#include <fmt/format.h>

#include <array>

namespace handbuilt::lessons::mixtures {
namespace {

using Anchor = plot::Text::Anchor;

constexpr std::array kFormNames{"full covariances: any ellipse", "diagonal covariances: ellipses along the axes",
                                "spherical covariances: circles"};

std::string state_of(const DemoModel& model) {
  if (model.mixture().components() == 0) return "no rows yet: click or drag on the board to drop some";
  return fmt::format("{} rows, {} component{}, {}. Log likelihood {:.2f} after {} steps{}; BIC {:.1f}{}",
                     model.x().rows(), model.components(), model.components() == 1 ? "" : "s",
                     kFormNames.at(static_cast<std::size_t>(model.form())), model.log_likelihoods().back(),
                     model.log_likelihoods().size() - 1, model.has_converged() ? ", at rest" : "", model.bic(),
                     model.is_on_floor() ? "; a component stands on the floor" : "");
}

void draw_header(Page& page, const Layout& layout, const Scene& scene) {
  page.text({layout.header.x, layout.header.y + 19}, "Groups that overlap: a mixture, step by step", kTitleSize, kText,
            Anchor::start, true);
  page.text_within(layout.header.width, {layout.header.x, layout.header.y + 38},
                   {state_of(scene.model()), fmt::format("{} rows, k = {}, BIC {:.1f}", scene.model().x().rows(),
                                                         scene.model().components(), scene.model().bic())},
                   kCaptionSize, kFaint);
  page.text_within(layout.help.width, {layout.help.x, layout.help.y + 15},
                   {"space: step    r: run    enter: to the end    n: new start    up, down: k    f: form    1-6: rows "
                    "   c: clear    "
                    "drag on the board: drop rows    esc: close",
                    "space: step    r: run    n: new start    up, down: k    f: form    1-6: rows    esc"},
                   kCaptionSize, kFaint);
}

void draw_board(Page& page, const Plane& plane, const DemoModel& model) {
  page.frame(plane.area, kGrid);
  page.clip(plane.area);
  draw_shares(page, plane, model.x(), model.shares(), 3.5);
  if (model.mixture().components() > 0) draw_components(page, plane, model.mixture());
  page.end_clip();
}

void draw_found(Page& page, const Layout& layout, const DemoModel& model) {
  for (std::size_t k = 0; k < kMethods.size(); ++k) {
    const Area& area = layout.found.at(k);
    const bool is_there = k < model.by_method().size();
    const std::string name = name_of(kMethods.at(k));
    const std::string scored = is_there && model.knows_groups()
                                   ? fmt::format("{}: Rand {:.2f}", name, model.agreement(model.by_method()[k]))
                                   : name;
    const Plane plane(page.heading(area, {scored, name}));
    page.frame(plane.area, kGrid);
    if (!is_there) continue;
    page.clip(plane.area);
    draw_rows(page, plane, model.x(), model.by_method()[k], 1.6);
    page.end_clip();
  }
}

}  // namespace

Plane board_plane(const Layout& layout) {
  const Area& area = layout.board;
  return Plane({area.x, area.y + kHeadingHeight, area.width, area.height - kHeadingHeight});
}

plot::Figure likelihood_figure(const DemoModel& model) {
  plot::Figure figure("The log likelihood never falls");
  figure.axes("step of EM", "log likelihood").line(model.log_likelihoods(), "");
  return figure;
}

plot::DisplayList board_figure(const DemoModel& model) {
  constexpr double kSide = 520;
  Page page(kSide, kSide);
  draw_board(page, Plane({8, 8, kSide - 16, kSide - 16}), model);
  plot::DisplayList picture = page.take();
  picture.title = "Rows and components";
  picture.description = fmt::format("{} rows in the mixed colours of {} components, each drawn as two ellipses.",
                                    model.x().rows(), model.components());
  return picture;
}

plot::DisplayList draw(const Scene& scene, double width, double height) {
  const Layout layout = layout_for(width, height);
  Page page(width, height);
  draw_header(page, layout, scene);
  page.heading(layout.board, {"Each row in the mix of colours of its shares; components at one and two deviations",
                              "Rows and their shares"});
  draw_board(page, board_plane(layout), scene.model());
  page.figure(layout.curve, likelihood_figure(scene.model()));
  draw_found(page, layout, scene.model());
  return page.take();
}

}  // namespace handbuilt::lessons::mixtures

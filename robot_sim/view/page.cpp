#include "robot_sim/view/page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "plot/text_width.hpp"
#include "robot_sim/view/readings.hpp"
#include "robot_sim/view/robot_drawing.hpp"
#include "robot_sim/view/shapes.hpp"
#include "robot_sim/view/timeline_drawing.hpp"

namespace handbuilt::robot_sim {

namespace {

using shapes::kFaint;
using shapes::kText;

std::string clock(double seconds) {
  const int minutes = static_cast<int>(seconds / 60);
  return fmt::format("{}:{:04.1f}", minutes, std::floor(10 * (seconds - 60 * minutes)) / 10);
}

/// Time, speed, coverage and mode, as much of it as there is room for.
void draw_status(plot::DisplayList& page, const Area& area, const Session& session) {
  const Player& player = session.player();
  const Cleanliness clean = player.simulator().cleanliness();
  const double baseline = area.y + 15;
  double x = area.x;
  const auto say = [&](const std::string& words, plot::Colour colour, bool bold) {
    const double wide = plot::text_width(words, 14, bold);
    if (x + wide > area.x + area.width) return;
    shapes::text(page, {x, baseline}, words, 14, colour, bold);
    x += wide + 18;
  };
  say(clock(player.tick() * 0.02), kText, true);
  say("of " + clock(player.end() * 0.02), kFaint, false);
  say(fmt::format("floor {:.1f} %", 100 * clean.coverage), kText, true);
  say(fmt::format("edges {:.1f} %", 100 * clean.edge_coverage), kText, false);
  if (player.tick() > 0) {
    const std::uint8_t mode = player.observer().command().mode;
    shapes::fill(page, {x, baseline - 11, 12, 12}, colour_of_mode(mode));
    x += 18;
    say(mode_name(player.controller(), mode), kText, false);
  }
  say(fmt::format("{:g}x{}", session.speed(),
                  session.playing() ? (session.backwards() ? " backwards" : "") : ", paused"),
      kFaint, false);
  if (player.branch() > 1) say(fmt::format("branch {}", player.branch()), kFaint, false);
  say(player.controller() + " in " + player.home()->name, kFaint, false);
}

void draw_keys(plot::DisplayList& page, const Area& area, const Session& session) {
  const double baseline = area.y + 14;
  if (!session.message().empty()) {
    shapes::text(page, {area.x, baseline}, session.message(), 12, kText, true);
    return;
  }
  double x = area.x;
  for (const auto& [key, meaning] : {std::pair{"space", "pause"},
                                     {". ,", "step"},
                                     {"+ -", "speed"},
                                     {"arrows", "10 s"},
                                     {"r", "backwards"},
                                     {"i", "inject"},
                                     {"c", "cat"},
                                     {"Esc", "quit"}}) {
    const double wide = plot::text_width(key, 12, true) + 5 + plot::text_width(meaning, 12) + 16;
    if (x + wide > area.x + area.width) return;
    shapes::text(page, {x, baseline}, key, 12, kText, true);
    shapes::text(page, {x + plot::text_width(key, 12, true) + 5, baseline}, meaning, 12, kFaint);
    x += wide;
  }
  // What the lines in the home mean.
  const double wide = 2 * (22 + 5 + 16) + plot::text_width("true way", 12) + plot::text_width("by wheels and gyro", 12);
  if (x + wide > area.x + area.width) return;
  x = area.x + area.width - wide;
  for (const auto& [colour, meaning, dashed] :
       {std::tuple{paint::kTruth, "true way", false}, {paint::kReckoned, "by wheels and gyro", true}}) {
    page.items.emplace_back(plot::Polyline{{{x, baseline - 4}, {x + 22, baseline - 4}}, colour, 1.8, dashed});
    shapes::text(page, {x + 27, baseline}, meaning, 12, kFaint);
    x += 43 + plot::text_width(meaning, 12);
  }
}

void draw_patch(plot::DisplayList& page, const Area& close_up, const Observer& observer) {
  if (observer.patch() == nullptr) return;
  constexpr double kSize = 72;
  plot::Image image{close_up.x + close_up.width - kSize - 6,
                    close_up.y + 6,
                    kSize,
                    kSize,
                    CameraPatch::kSide,
                    CameraPatch::kSide,
                    {}};
  for (const std::uint8_t grey : observer.patch()->grey) image.rgb.insert(image.rgb.end(), 3, grey);
  const Area frame{image.x, image.y, kSize, kSize};
  page.items.emplace_back(std::move(image));
  shapes::frame(page, frame, kText, 1);
}

}  // namespace

plot::DisplayList draw_page(const Session& session, const Scene& scene, const Layout& layout) {
  const Player& player = session.player();
  plot::DisplayList page;
  draw_status(page, layout.status, session);
  const HomeView& view = scene.view();
  append(page, scene.draw(player.simulator(), player.observer(), player.belief()),
         {std::round(layout.home.x + (layout.home.width - view.page_width()) / 2),
          std::round(layout.home.y + (layout.home.height - view.page_height()) / 2)});
  draw_keys(page, layout.keys, session);
  if (layout.close_up.height > 0) {
    const Area& area = layout.close_up;
    append(page,
           scene.draw_close_up(player.simulator(), player.observer(), area.width, area.height,
                               session.close_up_pixels_per_m()),
           {area.x, area.y});
    draw_patch(page, area, player.observer());
    shapes::frame(page, area, kFaint, 1);
  }
  draw_readings(page, layout.readings, player.simulator(), player.observer(), session.choice().component);
  shapes::text(page, {layout.faults.x, layout.faults.y + 12}, "What to break", 13, kText, true);
  shapes::text_right(page, {layout.faults.x + layout.faults.width, layout.faults.y + 12}, "or click a reading above",
                     11, kFaint);
  draw_timeline(page, layout, player);
  return page;
}

}  // namespace handbuilt::robot_sim

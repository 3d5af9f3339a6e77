#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "plot/text_width.hpp"
#include "robot_sim/drive/drive_window.hpp"
#include "robot_sim/view/shapes.hpp"

namespace handbuilt::robot_sim {

namespace {

using shapes::kFaint;
using shapes::kText;

constexpr double kCloseUp_pixels_per_m = 240;

plot::Colour colour_of(std::size_t standing) { return {plot::Colour::Role::series, static_cast<int>(standing)}; }

std::string clock(double seconds) {
  const int whole = static_cast<int>(seconds);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

/// Words beside each other, as many as there is room for.
void draw_words(plot::DisplayList& page, const Area& area,
                std::initializer_list<std::pair<std::string, bool>> words_and_bold, double size) {
  double x = area.x;
  for (const auto& [words, bold] : words_and_bold) {
    const double wide = plot::text_width(words, size, bold);
    if (x + wide > area.x + area.width) return;
    shapes::text(page, {x, area.y + 15}, words, size, bold ? kText : kFaint, bold);
    x += wide + (bold ? 6 : 16);
  }
}

/// A bar each: how much of the floor, and of its edges.
void draw_standings(plot::DisplayList& page, const Area& area, const Race& race) {
  constexpr double kHeading = 22, kRow = 58, kBar = 14;
  shapes::text(page, {area.x, area.y + 13}, "Cleaned so far", 13, kText, true);
  shapes::text_right(page, {area.x + area.width, area.y + 13}, "floor, and edges below", 11, kFaint);
  const std::vector<Race::Standing> standings = race.standings();
  for (std::size_t i = 0; i < standings.size(); ++i) {
    const double top = area.y + kHeading + static_cast<double>(i) * kRow;
    const auto bar = [&](double y, double height, double share) {
      shapes::fill(page, {area.x, y, area.width, height}, shapes::kGrid);
      shapes::fill(page, {area.x, y, area.width * share, height}, colour_of(i));
    };
    const Cleanliness& clean = standings[i].cleanliness;
    shapes::text(page, {area.x, top + 14}, standings[i].name, 13, kText, i == 0);
    shapes::text_right(page, {area.x + area.width, top + 14},
                       fmt::format("{:.1f} %  {:.1f} %", 100 * clean.coverage, 100 * clean.edge_coverage), 13, kText,
                       i == 0);
    bar(top + 20, kBar, clean.coverage);
    bar(top + 20 + kBar + 2, kBar / 3, clean.edge_coverage);
  }
}

/// Coverage over the time of the race, from 0 to the next tenth above the best.
void draw_curves(plot::DisplayList& page, const Layout& layout, const Race& race) {
  const Area& area = layout.timeline;
  const std::vector<Race::Standing> standings = race.standings();
  double best = 0.1;
  for (const Race::Standing& standing : standings) best = std::max(best, standing.cleanliness.coverage);
  best = std::ceil(10 * best) / 10;
  const double top = area.y + 8, bottom = area.y + area.height - 18;
  const auto height_of = [&](double share) { return bottom - (bottom - top) * share / best; };
  for (const double share : {0.0, best / 2, best}) {
    shapes::line(page, {layout.time_left, height_of(share)}, {layout.time_right, height_of(share)}, shapes::kGrid);
    shapes::text_right(page, {layout.time_left - 6, height_of(share) + 4}, fmt::format("{:.0f} %", 100 * share), 11,
                       kFaint);
  }
  for (std::size_t i = standings.size(); i-- > 0;) {
    plot::Polyline line{{}, colour_of(i), i == 0 ? 2.4 : 1.6, false};
    for (std::size_t k = 0; k < standings[i].curve->size(); ++k)
      line.points.push_back({layout.x_of(static_cast<double>(k * kCurveTicks), race.end()),
                             height_of((*standings[i].curve)[k].coverage)});
    line.points.push_back({layout.x_of(race.tick(), race.end()), height_of(standings[i].cleanliness.coverage)});
    page.items.emplace_back(std::move(line));
  }
  shapes::text(page, {layout.time_left, area.y + area.height - 4}, "0:00", 11, kFaint);
  shapes::text_right(page, {layout.time_right, area.y + area.height - 4}, clock(race.end() * 0.02), 11, kFaint);
}

}  // namespace

plot::DisplayList draw_drive_page(const Race& race, const Scene& scene, const Layout& layout, bool paused) {
  plot::DisplayList page;
  const Truth truth = race.simulator().truth();
  draw_words(page, layout.status,
             {{clock(race.tick() * 0.02), true},
              {"of " + clock(race.end() * 0.02) +
                   (race.over() ? ", over"
                    : paused    ? ", paused"
                                : ""),
               false},
              {fmt::format("{:.2f} m/s", static_cast<double>(truth.speed_mps)), true},
              {fmt::format("asked for {:.2f}", race.driver().speed_mps()), false},
              {fmt::format("{:.0f} ms", 1000 * static_cast<double>(truth.delay_s)), true},
              {"from command to wheels", false}},
             14);
  const HomeView& view = scene.view();
  append(page, scene.draw(race.simulator(), race.observer()),
         {std::round(layout.home.x + (layout.home.width - view.page_width()) / 2),
          std::round(layout.home.y + (layout.home.height - view.page_height()) / 2)});
  draw_words(page, layout.keys,
             {{"arrows, w a s d or a stick", true},
              {"drive", false},
              {"space", true},
              {"pause", false},
              {"c", true},
              {"cat", false},
              {"Esc", true},
              {"end", false}},
             12);
  const Area& area = layout.close_up;
  if (area.height > 0) {
    append(page, scene.draw_close_up(race.simulator(), race.observer(), area.width, area.height, kCloseUp_pixels_per_m),
           {area.x, area.y});
    shapes::frame(page, area, kFaint, 1);
  }
  draw_standings(page, {layout.readings.x, layout.readings.y, layout.readings.width, layout.readings.height}, race);
  draw_curves(page, layout, race);
  return page;
}

}  // namespace handbuilt::robot_sim

#pragma once

#include <string>
#include <utility>

#include "plot/display_list.hpp"
#include "window/canvas.hpp"

/// The few shapes that the window's parts are made of.
namespace handbuilt::robot_sim::shapes {

inline const plot::Colour kText{plot::Colour::Role::text}, kFaint{plot::Colour::Role::faint},
    kGrid{plot::Colour::Role::grid}, kBackground{plot::Colour::Role::background};

inline void text(plot::DisplayList& page, plot::Point baseline, std::string words, double size, plot::Colour colour,
                 bool bold = false, plot::Text::Anchor anchor = plot::Text::Anchor::start) {
  page.items.emplace_back(plot::Text{baseline, std::move(words), size, anchor, bold, false, colour});
}
inline void text_right(plot::DisplayList& page, plot::Point baseline, std::string words, double size,
                       plot::Colour colour, bool bold = false) {
  text(page, baseline, std::move(words), size, colour, bold, plot::Text::Anchor::end);
}
inline void fill(plot::DisplayList& page, const window::Area& area, plot::Colour colour) {
  page.items.emplace_back(plot::Rectangle{area.x, area.y, area.width, area.height, colour});
}
inline void line(plot::DisplayList& page, plot::Point from, plot::Point to, plot::Colour colour, double width = 1) {
  page.items.emplace_back(plot::Polyline{{from, to}, colour, width, false});
}
inline void frame(plot::DisplayList& page, const window::Area& area, plot::Colour colour, double width) {
  const double right = area.x + area.width, bottom = area.y + area.height;
  page.items.emplace_back(plot::Polyline{
      {{area.x, area.y}, {right, area.y}, {right, bottom}, {area.x, bottom}, {area.x, area.y}}, colour, width, false});
}

}  // namespace handbuilt::robot_sim::shapes

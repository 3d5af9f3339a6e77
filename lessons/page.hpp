#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/tensor.hpp"
#include "plot/colour_map.hpp"
#include "plot/display_list.hpp"
#include "plot/figure.hpp"
#include "window/canvas.hpp"

namespace handbuilt::lessons {

using window::Area;

inline const plot::Colour kText{plot::Colour::Role::text};
inline const plot::Colour kFaint{plot::Colour::Role::faint};
inline const plot::Colour kGrid{plot::Colour::Role::grid};

inline constexpr double kTitleSize = 18, kHeadingSize = 13, kCaptionSize = 11;
inline constexpr double kHeadingHeight = 20;  ///< of an area's heading, where it has one

/// The page of a demo's window, and the few shapes that views are made of.
class Page {
 public:
  Page(double width, double height) {
    list_.width = width;
    list_.height = height;
  }

  void text(plot::Point baseline, std::string words, double size, plot::Colour colour = kText,
            plot::Text::Anchor anchor = plot::Text::Anchor::start, bool bold = false);
  /// Writes the first of several wordings that is no wider than `width`, else the last.
  void text_within(double width, plot::Point baseline, const std::vector<std::string>& wordings, double size,
                   plot::Colour colour = kText, bool bold = false);
  /// Writes an area's heading and returns what is left of it.
  Area heading(const Area& area, const std::vector<std::string>& wordings);
  void fill(const Area& area, plot::Colour colour);
  void frame(const Area& area, plot::Colour colour, double width = 1);
  void line(std::vector<plot::Point> points, plot::Colour colour, double width);
  void polygon(std::vector<plot::Point> corners, plot::Colour colour);
  void dot(plot::Point centre, double radius, plot::Colour colour,
           plot::Marker::Kind kind = plot::Marker::Kind::circle);
  void clip(const Area& area);
  void end_clip();
  /// Draws a figure so that its title stands where a heading would.
  void figure(const Area& area, plot::Figure figure);
  /// Plane `plane` of [.., .., rows, columns], counted in memory order; low ... high are the ends of the colour map.
  void picture(const Area& area, const Tensor& tensor, int plane, plot::ColourMap map, float low, float high);

  plot::DisplayList take() { return std::move(list_); }

 private:
  plot::DisplayList list_;
};

}  // namespace handbuilt::lessons

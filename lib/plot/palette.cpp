#include "plot/palette.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace handbuilt::plot {
namespace {

struct Palette {
  Rgb background, text, faint, grid;
  std::array<Rgb, kSeriesColours> series;  // blue, vermilion, green, purple, yellow, grey
};

constexpr Palette kLight{{255, 255, 255},
                         {31, 35, 40},
                         {89, 99, 110},
                         {226, 229, 233},
                         {{{11, 87, 190}, {234, 60, 24}, {10, 146, 94}, {168, 60, 136}, {122, 156, 50}, {82, 74, 75}}}};
constexpr Palette kDark{
    {22, 24, 29},
    {230, 232, 235},
    {154, 164, 176},
    {52, 57, 65},
    {{{60, 200, 255}, {230, 116, 36}, {0, 158, 98}, {187, 122, 170}, {250, 226, 98}, {190, 214, 200}}}};
constexpr Palette kHighContrast{{255, 255, 255}, {0, 0, 0}, {45, 50, 58}, {150, 156, 164}, kLight.series};

const Palette& palette_of(Theme theme) {
  switch (theme) {
    case Theme::dark:
      return kDark;
    case Theme::high_contrast:
      return kHighContrast;
    case Theme::light:
      break;
  }
  return kLight;
}

double linear(std::uint8_t channel) {
  const double value = channel / 255.0;
  return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

}  // namespace

Rgb rgb_of(const Colour& colour, Theme theme) {
  const Palette& palette = palette_of(theme);
  switch (colour.role) {
    case Colour::Role::background:
      return palette.background;
    case Colour::Role::text:
      return palette.text;
    case Colour::Role::faint:
      return palette.faint;
    case Colour::Role::grid:
      return palette.grid;
    case Colour::Role::series:
      return palette.series[static_cast<std::size_t>(std::max(colour.series, 0) % kSeriesColours)];
    case Colour::Role::fixed:
      break;
  }
  return {colour.red, colour.green, colour.blue};
}

double luminance(Rgb colour) {
  return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}

double contrast(Rgb a, Rgb b) {
  const auto [darker, lighter] = std::minmax({luminance(a), luminance(b)});
  return (lighter + 0.05) / (darker + 0.05);
}

Colour text_on(Rgb background) {
  const bool on_dark = contrast(background, {255, 255, 255}) > contrast(background, {0, 0, 0});
  return on_dark ? Colour::rgb(255, 255, 255) : Colour::rgb(0, 0, 0);
}

}  // namespace handbuilt::plot

#include "plot/colour_map.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace handbuilt::plot {
namespace {

// Equally spaced published colours; what lies between is interpolated.
constexpr std::array<Rgb, 9> kViridis{{{68, 1, 84},
                                       {71, 45, 123},
                                       {59, 82, 139},
                                       {44, 114, 142},
                                       {33, 144, 140},
                                       {39, 173, 129},
                                       {93, 200, 99},
                                       {170, 220, 50},
                                       {253, 231, 37}}};
constexpr std::array<Rgb, 11> kBlueRed{{{5, 48, 97},
                                        {33, 102, 172},
                                        {67, 147, 195},
                                        {146, 197, 222},
                                        {209, 229, 240},
                                        {247, 247, 247},
                                        {253, 219, 199},
                                        {244, 165, 130},
                                        {214, 96, 77},
                                        {178, 24, 43},
                                        {103, 0, 31}}};
constexpr std::array<Rgb, 2> kGrey{{{0, 0, 0}, {255, 255, 255}}};
constexpr std::array<Rgb, 2> kInk{{{255, 255, 255}, {0, 0, 0}}};
constexpr Rgb kMissing{128, 128, 128};

std::uint8_t mix(std::uint8_t a, std::uint8_t b, double share_of_b) {
  return static_cast<std::uint8_t>(std::lround(a + share_of_b * (b - a)));
}

template <std::size_t Count>
Rgb interpolate(const std::array<Rgb, Count>& colours, double position) {
  const double place = std::clamp(position, 0.0, 1.0) * static_cast<double>(Count - 1);
  const std::size_t below = std::min(static_cast<std::size_t>(place), Count - 2);
  const double share = place - static_cast<double>(below);
  const Rgb a = colours[below], b = colours[below + 1];
  return {mix(a.red, b.red, share), mix(a.green, b.green, share), mix(a.blue, b.blue, share)};
}

}  // namespace

Rgb colour_at(ColourMap map, double position) {
  if (std::isnan(position)) return kMissing;
  switch (map) {
    case ColourMap::sequential:
      return interpolate(kViridis, position);
    case ColourMap::diverging:
      return interpolate(kBlueRed, position);
    case ColourMap::grey:
      return interpolate(kGrey, position);
    case ColourMap::ink:
      return interpolate(kInk, position);
  }
  return kMissing;
}

}  // namespace handbuilt::plot

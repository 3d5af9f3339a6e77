#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "plot/colour_map.hpp"
#include "plot/palette.hpp"

namespace {

using namespace handbuilt::plot;

using Vector3 = std::array<double, 3>;
using Matrix3 = std::array<Vector3, 3>;

constexpr std::array<Theme, 3> kThemes{Theme::light, Theme::dark, Theme::high_contrast};

Vector3 product(const Matrix3& matrix, const Vector3& vector) {
  Vector3 result{};
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j) result[i] += matrix[i][j] * vector[j];
  return result;
}

Vector3 linear_rgb(Rgb colour) {
  const auto linear = [](int channel) {
    const double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  };
  return {linear(colour.red), linear(colour.green), linear(colour.blue)};
}

/// CIE 1976 L*a*b*, in which equal distances look about equally different; white point D65.
Vector3 lab(const Vector3& linear) {
  const Matrix3 to_xyz{{{0.4124, 0.3576, 0.1805}, {0.2126, 0.7152, 0.0722}, {0.0193, 0.1192, 0.9505}}};
  const Vector3 xyz = product(to_xyz, linear);
  const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
  const double x = f(xyz[0] / 0.95047), y = f(xyz[1]), z = f(xyz[2] / 1.08883);
  return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

double difference(const Vector3& a, const Vector3& b) { return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]); }

struct Eyes {
  const char* name;
  Matrix3 sees;  // of linear RGB
};

// Machado, Oliveira & Fernandes (2009), severity 1.
const std::array<Eyes, 4> kEyes{
    {{"no colour blindness", {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}}},
     {"protanopia",
      {{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}}},
     {"deuteranopia",
      {{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}}},
     {"tritanopia",
      {{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}}}}};

Vector3 seen(Rgb colour, const Eyes& eyes) {
  Vector3 linear = product(eyes.sees, linear_rgb(colour));
  for (double& channel : linear) channel = std::clamp(channel, 0.0, 1.0);
  return lab(linear);
}

TEST(Palette, ContrastIsThatOfWcag) {
  EXPECT_NEAR(contrast({0, 0, 0}, {255, 255, 255}), 21, 1e-9);
  EXPECT_NEAR(contrast({118, 118, 118}, {255, 255, 255}), 4.54, 0.005);  // the well-known lightest grey for text
  EXPECT_EQ(contrast({12, 200, 90}, {12, 200, 90}), 1);
}

TEST(Palette, SeriesStandOutFromThePageInBothThemes) {
  for (const Theme theme : kThemes)
    for (int series = 0; series < kSeriesColours; ++series)
      EXPECT_GE(contrast(rgb_of(Colour::of_series(series), theme), rgb_of({Colour::Role::background}, theme)), 3)
          << "series " << series;
}

TEST(Palette, TextIsLegibleInBothThemes) {
  for (const Theme theme : kThemes)
    for (const auto role : {Colour::Role::text, Colour::Role::faint})
      EXPECT_GE(contrast(rgb_of({role}, theme), rgb_of({Colour::Role::background}, theme)), 4.5);
}

TEST(Palette, SeriesDifferForEveryonesEyes) {
  constexpr double kClearlyDifferent = 15;  // a just noticeable difference is about 2.3
  for (const Theme theme : kThemes)
    for (const Eyes& eyes : kEyes)
      for (int a = 0; a < kSeriesColours; ++a)
        for (int b = 0; b < a; ++b)
          EXPECT_GE(difference(seen(rgb_of(Colour::of_series(a), theme), eyes),
                               seen(rgb_of(Colour::of_series(b), theme), eyes)),
                    kClearlyDifferent)
              << "series " << b << " and " << a << ", " << eyes.name << ", theme " << static_cast<int>(theme);
}

TEST(Palette, FixedColoursIgnoreTheTheme) {
  const Colour colour = Colour::rgb(1, 2, 3);
  EXPECT_EQ(rgb_of(colour, Theme::light), (Rgb{1, 2, 3}));
  EXPECT_EQ(rgb_of(colour, Theme::dark), (Rgb{1, 2, 3}));
}

TEST(Palette, TextOnAnyShadeIsLegible) {
  for (int red = 0; red < 256; red += 15)
    for (int green = 0; green < 256; green += 15)
      for (int blue = 0; blue < 256; blue += 15) {
        const Rgb shade{static_cast<std::uint8_t>(red), static_cast<std::uint8_t>(green),
                        static_cast<std::uint8_t>(blue)};
        ASSERT_GE(contrast(rgb_of(text_on(shade), Theme::light), shade), 4.5);
      }
}

TEST(ColourMap, SequentialGetsLighterAllTheWayInEqualSteps) {
  double least = 1e9, most = 0;
  for (int i = 0; i < 16; ++i) {
    const double step = lab(linear_rgb(colour_at(ColourMap::sequential, (i + 1) / 16.0)))[0] -
                        lab(linear_rgb(colour_at(ColourMap::sequential, i / 16.0)))[0];
    least = std::min(least, step);
    most = std::max(most, step);
  }
  EXPECT_GT(least, 0);
  EXPECT_LT(most, 2 * least);
}

TEST(ColourMap, DivergingIsLightestInTheMiddleBlueBelowAndRedAbove) {
  const double middle = luminance(colour_at(ColourMap::diverging, 0.5));
  for (int i = 0; i <= 100; ++i) {
    const Rgb colour = colour_at(ColourMap::diverging, i / 100.0);
    EXPECT_LE(luminance(colour), middle);
    if (i < 45) {
      EXPECT_GT(colour.blue, colour.red);
    }
    if (i > 55) {
      EXPECT_GT(colour.red, colour.blue);
    }
  }
}

TEST(ColourMap, ClampsPositionsAndShowsMissingOnesGrey) {
  EXPECT_EQ(colour_at(ColourMap::grey, -5), (Rgb{0, 0, 0}));
  EXPECT_EQ(colour_at(ColourMap::grey, 7), (Rgb{255, 255, 255}));
  EXPECT_EQ(colour_at(ColourMap::sequential, std::nan("")), (Rgb{128, 128, 128}));
}

}  // namespace

#include "lessons/03_three_parameters/demo/layout.hpp"

#include <algorithm>

#include "lessons/03_three_parameters/fields.hpp"

namespace handbuilt::lessons::three_parameters {
namespace {

constexpr double kHeader = 44, kHelp = 24, kControls = 40;
constexpr int kColumns = 20, kRows = kDrivers / kColumns;

}  // namespace

Layout layout_for(double width, double height) {
  const double margin = std::clamp(width / 70, 8.0, 20.0);
  Layout layout;
  layout.header = {margin, margin / 2, width - 2 * margin, kHeader};
  layout.controls = {margin, margin / 2 + kHeader, width - 2 * margin, kControls};
  layout.help = {margin, height - kHelp, width - 2 * margin, kHelp};
  const double top = layout.controls.y + kControls + margin / 2;
  const double tall = layout.help.y - margin / 2 - top, wide = width - 3 * margin;
  const double left = 0.52 * wide;
  layout.drivers = {margin, top, left, tall};
  layout.curve = {2 * margin + left, top, wide - left, 0.5 * tall};
  layout.scatter = {2 * margin + left, top + 0.5 * tall + margin / 2, wide - left, 0.5 * tall - margin / 2};
  return layout;
}

Area tile(const Layout& layout, int driver) {
  const double wide = layout.drivers.width / kColumns, tall = (layout.drivers.height - kHeadingHeight) / kRows;
  return {layout.drivers.x + driver % kColumns * wide, layout.drivers.y + kHeadingHeight + driver / kColumns * tall,
          wide - 2, tall - 2};
}

int driver_at(const Layout& layout, double x, double y) {
  for (int driver = 0; driver < kDrivers; ++driver)
    if (tile(layout, driver).contains(x, y)) return driver;
  return -1;
}

}  // namespace handbuilt::lessons::three_parameters

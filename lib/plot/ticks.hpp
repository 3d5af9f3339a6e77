#pragma once

#include <string>
#include <vector>

#include "plot/content.hpp"

namespace handbuilt::plot {

struct Ticks {
  Range range;  ///< of the axis
  std::vector<double> major;
  std::vector<std::string> labels;  ///< of the major ticks
  std::vector<double> minor;        ///< unlabelled
};

enum class Ends : char {
  loose,  ///< the axis may grow to the next tick beyond the data
  fixed,  ///< the axis keeps the range it is given; ticks lie within
};

/// At most `at_most` ticks (three are always allowed) at multiples of 1, 2 or 5 times a power of ten, at least four for
/// `at_most` >= 7 and loose ends (Heckbert, 1990, "Nice numbers for graph labels"). A range of no width is widened
/// around its value.
Ticks linear_ticks(Range range, int at_most, Ends ends);

/// Ticks at powers of ten, with minor ones at 2 ... 9 times each, or, where not every power has a label, at the others;
/// over less than two decades also at 2 and 5 times a power. `range` is above zero.
Ticks logarithmic_ticks(Range range, int at_most, Ends ends);

/// A number in at most `significant` digits: "0.75", "12,000", "3e-7".
std::string short_number(double value, int significant = 3);

}  // namespace handbuilt::plot

#pragma once

#include <cmath>

#include "plot/content.hpp"

namespace handbuilt::plot {

/// Places the numbers of an axis on the page: `range.low` at pixel `from`, `range.high` at pixel `to`, in between in
/// proportion to the number or, on a logarithmic axis, to its logarithm. NaN goes to NaN, and on a logarithmic axis so
/// does what is not above zero.
class Scale {
 public:
  Scale(Range range, double from, double to, bool logarithmic = false)
      : low_(value(range.low, logarithmic)),
        pixels_a_unit_((to - from) / (value(range.high, logarithmic) - low_)),
        from_(from),
        logarithmic_(logarithmic) {}

  double operator()(double number) const { return from_ + (value(number, logarithmic_) - low_) * pixels_a_unit_; }

 private:
  static double value(double number, bool logarithmic) {
    if (!logarithmic) return number;
    return number > 0 ? std::log10(number) : std::nan("");
  }
  double low_, pixels_a_unit_, from_;
  bool logarithmic_;
};

}  // namespace handbuilt::plot

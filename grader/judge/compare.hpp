#pragma once

#include <optional>
#include <string>

#include "grader/protocol/parts.hpp"

namespace handbuilt::grader {

/// How an answer differs from the one expected.
struct Difference {
  std::string pattern;  ///< what all entries have in common, "every sign is reversed"; empty if nothing was found
  std::string details;  ///< where, by how much, in how many entries
};

/// Compares shapes first, then values. An entry may differ by `tolerance` if that is given; otherwise by what rounding
/// in another order of operations can do, precision * (|expected| + largest |expected| of the part): nothing for whole
/// numbers, 1e-5 for float, 1e-10 for double. A NaN equals only a NaN.
[[nodiscard]] std::optional<Difference> compare(const Parts& actual, const Parts& expected,
                                                std::optional<double> tolerance = std::nullopt);

}  // namespace handbuilt::grader

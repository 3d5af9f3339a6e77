#pragma once

#include <cstddef>

namespace handbuilt::regression::detail {

/// Householder reflections of the columns first ... last - 1 of a block of rows into the triangle above it, applied to
/// these columns alone.
///
/// `triangle` [.., ..] row-major, `stride` apart: only its rows and columns first ... last - 1 are touched. `block`
/// holds column j of the rows at block + j * rows; it is left holding the reflections' directions (1 in the triangle's
/// row j, these below). `tau` [last - first] gets their factors: reflection = I - tau direction direction'.
void reflect_panel(double* triangle, std::ptrdiff_t stride, double* block, int rows, int first, int last, double* tau);

}  // namespace handbuilt::regression::detail

#pragma once

#include <string>
#include <vector>

#include "core/matrix.hpp"

/// What every method asks of its rows and options before it begins, in the same words.
namespace handbuilt::data {

/// A row-major matrix [rows, columns] or vector [rows] in somebody else's memory. A column-major matrix is copied
/// first.
using MatrixView = Eigen::Ref<const MatrixD>;
using VectorView = Eigen::Ref<const VectorD>;

/// "[406, 3]"
std::string shape_of(const MatrixView& x);

/// `names` when there are any, otherwise x0, x1, ... Throws ShapeError, saying both counts, when there are some but not
/// one a column.
std::vector<std::string> column_names(const char* where, const std::vector<std::string>& names, Eigen::Index columns);

/// Throws ShapeError "`where`: expected y [406] for x [406, 3], got [400]".
void require_same_rows(const char* where, const MatrixView& x, Eigen::Index size);

/// Throws ShapeError unless x has this many columns.
void require_columns(const char* where, const MatrixView& x, Eigen::Index expected);

/// Throws ValueError, naming the rows (the first few of them, and how many there are) and the column of the first, when
/// a number is not finite.
void require_finite(const char* where, const MatrixView& x, const VectorView& y, const std::vector<std::string>& names);

/// Throws ValueError "`where`: expected `option` `expected`, got `got`" unless `holds`.
void require_option(bool holds, const char* where, const char* option, const char* expected, double got);

}  // namespace handbuilt::data

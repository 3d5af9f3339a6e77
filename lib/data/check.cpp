#include "data/check.hpp"

#include <cmath>
#include <sstream>

#include "core/error.hpp"

namespace handbuilt::data {

std::string shape_of(const MatrixView& x) {
  return "[" + std::to_string(x.rows()) + ", " + std::to_string(x.cols()) + "]";
}

std::vector<std::string> column_names(const char* where, const std::vector<std::string>& names, Eigen::Index columns) {
  if (names.empty()) {
    std::vector<std::string> made;
    for (Eigen::Index j = 0; j < columns; ++j) made.push_back("x" + std::to_string(j));
    return made;
  }
  if (std::ssize(names) != columns)
    throw ShapeError(std::string(where) + ": expected a name for each of " + std::to_string(columns) +
                     " columns, got " + std::to_string(names.size()));
  return names;
}

void require_same_rows(const char* where, const MatrixView& x, Eigen::Index size) {
  if (size != x.rows())
    throw ShapeError(std::string(where) + ": expected y [" + std::to_string(x.rows()) + "] for x " + shape_of(x) +
                     ", got [" + std::to_string(size) + "]");
}

void require_columns(const char* where, const MatrixView& x, Eigen::Index expected) {
  if (x.cols() != expected)
    throw ShapeError(std::string(where) + ": expected x [rows, " + std::to_string(expected) + "], got " + shape_of(x));
}

void require_finite(const char* where, const MatrixView& x, const VectorView& y,
                    const std::vector<std::string>& names) {
  // Nothing times zero is zero, but for what is not finite: one quick look clears nearly everybody.
  if ((x.array() * 0).sum() == 0 && (y.array() * 0).sum() == 0) return;
  constexpr Eigen::Index kShown = 5;
  Eigen::Index bad = 0;
  std::ostringstream rows;
  std::string first_place;
  for (Eigen::Index i = 0; i < x.rows(); ++i) {
    const bool y_is_bad = i < y.size() && !std::isfinite(y[i]);
    if (x.row(i).allFinite() && !y_is_bad) continue;
    if (bad == 0) {
      Eigen::Index j = 0;
      while (j < x.cols() && std::isfinite(x(i, j))) ++j;
      std::ostringstream value;
      value << (j < x.cols() ? x(i, j) : y[i]);
      first_place = (j < x.cols() ? "column \"" + names[static_cast<std::size_t>(j)] + "\"" : std::string("y")) +
                    " of row " + std::to_string(i) + " is " + value.str();
    }
    if (bad < kShown) rows << (bad == 0 ? "" : ", ") << i;
    ++bad;
  }
  if (bad == 0) return;
  throw ValueError(std::string(where) + ": expected finite numbers, got " + std::to_string(bad) + " of " +
                   std::to_string(x.rows()) + " rows that are not (row" + (bad == 1 ? " " : "s ") + rows.str() +
                   (bad > kShown ? ", ..." : "") + "; " + first_place + ")");
}

void require_option(bool holds, const char* where, const char* option, const char* expected, double got) {
  if (holds) return;
  std::ostringstream message;
  message << where << ": expected " << option << ' ' << expected << ", got " << got;
  throw ValueError(message.str());
}

}  // namespace handbuilt::data

#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/matrix.hpp"
#include "data/table.hpp"

namespace handbuilt::data {

/// Numbers with a name a column: what the fits of lib/regression take.
struct DesignMatrix {
  MatrixD values;                  ///< [rows, columns]
  std::vector<std::string> names;  ///< [columns]
};

/// How columns of a table become columns of a matrix, learned from the training table and then the same for every
/// other: a number column stays as it is; a text column becomes a column of zeros and ones for each of its values
/// ("species = Adelie"), in alphabetical order.
///
///     const Design design(train, {"flipper_length_mm", "species"});
///     const DesignMatrix x = design(train), x_new = design(test);
class Design {
 public:
  struct Options {
    /// Leave out the first value of each text column: with an intercept, the columns of all values would add up to it.
    bool drop_first = true;
  };

  /// Throws IndexError for a column that is not there, ValueError for dates and, naming the row, for a missing value.
  Design(const Table& train, std::vector<std::string> columns, Options options);
  Design(const Table& train, std::vector<std::string> columns) : Design(train, std::move(columns), Options{}) {}

  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

  /// [rows, names().size()]. Throws ValueError as the constructor does, and for a text that the training table did not
  /// have.
  [[nodiscard]] DesignMatrix operator()(const Table& table) const;

 private:
  struct Source {
    std::string column;
    std::vector<std::string> levels;  // of a text column: one matrix column each
    std::string reference;            // the value that has none, if any
  };
  std::vector<Source> sources_;
  std::vector<std::string> names_;
};

/// The numbers of one column as a vector [rows]. Throws ValueError, naming the row, for a missing value.
VectorD target(const Table& table, const std::string& column);

/// Chosen rows of a matrix or vector, in that order; they may repeat. Throws IndexError for one outside.
MatrixD take(const MatrixD& matrix, const std::vector<int>& rows);
VectorD take(const VectorD& vector, const std::vector<int>& rows);

/// Chosen columns, in that order. Throws IndexError for one outside.
MatrixD take_columns(const MatrixD& matrix, const std::vector<int>& columns);

}  // namespace handbuilt::data

#pragma once

#include <string>
#include <vector>

#include "data/table.hpp"

namespace handbuilt::data {

/// Rows sorted into groups by the values of some columns.
struct Groups {
  std::vector<std::string> labels;  ///< [groups] "Trebi / Morris / 1931", in the order of first appearance
  std::vector<int> of_row;          ///< [rows] 0 ... groups - 1

  [[nodiscard]] int count() const { return static_cast<int>(labels.size()); }
};

/// The key of each row: the values of these columns, joined by " / ". Throws IndexError for a column that is not there,
/// ValueError, naming the row and column, where a value is missing.
std::vector<std::string> group_keys(const Table& table, const std::vector<std::string>& columns);

/// The rows grouped by those keys.
Groups group_by(const Table& table, const std::vector<std::string>& columns);

}  // namespace handbuilt::data

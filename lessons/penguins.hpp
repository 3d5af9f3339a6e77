#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/matrix.hpp"

namespace handbuilt::lessons {

/// The birds that were measured completely: four lengths and weights, no island and no sex.
struct Penguins {
  std::vector<std::string> names;    ///< [columns] of `x`
  MatrixD x;                         ///< [birds, columns]
  std::vector<int> species;          ///< [birds]
  std::vector<std::string> classes;  ///< Adelie, Chinstrap, Gentoo
};

/// From a folder that holds penguins.csv. Throws DataError for a file that is missing or cannot be read.
Penguins load_penguins(const std::filesystem::path& folder);

}  // namespace handbuilt::lessons

#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/matrix.hpp"

namespace handbuilt::lessons::flat_rate {

/// Immer's barley: 10 varieties at 6 sites in 2 years, one yield each. Row r grew variety[r] at site[r] in year[r].
struct Barley {
  std::vector<std::string> varieties, sites, years;  ///< names, in the order of the file
  std::vector<int> variety, site, year;              ///< [rows] places in those lists
  VectorD yields;                                    ///< [rows] bushels per acre

  [[nodiscard]] int rows() const { return static_cast<int>(yields.size()); }
  /// Where a site's name stands. Throws ValueError when there is no such site.
  [[nodiscard]] int site_named(const std::string& name) const;
};

/// Reads datasets/barley. Throws DataError as data::read_csv does.
Barley load_barley(const std::filesystem::path& csv);

/// The same table with the two years of one site exchanged.
Barley with_years_exchanged(Barley barley, int site);

}  // namespace handbuilt::lessons::flat_rate

#include "lessons/01_flat_rate/barley.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "data/csv.hpp"
#include "data/design.hpp"
#include "data/groups.hpp"

namespace handbuilt::lessons::flat_rate {

int Barley::site_named(const std::string& name) const {
  const auto found = std::find(sites.begin(), sites.end(), name);
  if (found == sites.end()) throw ValueError("barley: expected one of its sites, got \"" + name + "\"");
  return static_cast<int>(found - sites.begin());
}

Barley load_barley(const std::filesystem::path& csv) {
  const data::Table table = data::read_csv(csv, {.types = {{"year", data::ColumnType::kText}}});
  const data::Groups variety = data::group_by(table, {"variety"}), site = data::group_by(table, {"site"}),
                     year = data::group_by(table, {"year"});
  return {variety.labels,
          site.labels,
          year.labels,
          variety.of_row,
          site.of_row,
          year.of_row,
          data::target(table, "yield_bushels_per_acre")};
}

Barley with_years_exchanged(Barley barley, int site) {
  for (int row = 0; row < barley.rows(); ++row)
    if (barley.site[static_cast<std::size_t>(row)] == site) {
      int& year = barley.year[static_cast<std::size_t>(row)];
      year = 1 - year;
    }
  return barley;
}

}  // namespace handbuilt::lessons::flat_rate

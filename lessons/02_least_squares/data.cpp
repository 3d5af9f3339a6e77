#include "lessons/02_least_squares/data.hpp"

#include <algorithm>

#include "data/csv.hpp"
#include "data/design.hpp"

namespace handbuilt::lessons::least_squares {

std::vector<Points> load_anscombe(const std::filesystem::path& csv) {
  const data::Table table = data::read_csv(csv);
  const std::vector<std::string>& series = table.texts("series");
  std::vector<Points> sets;
  for (std::size_t row = 0; row < series.size(); ++row) {
    if (sets.empty() || sets.back().name != series[row]) sets.push_back({series[row], {}, {}});
    sets.back().x.push_back(table.numbers("x")[row]);
    sets.back().y.push_back(table.numbers("y")[row]);
  }
  return sets;
}

Cars load_cars(const std::filesystem::path& csv) {
  Cars cars;
  std::vector<std::string> needed = cars.names;
  needed.emplace_back("miles_per_gallon");
  const data::Table table = data::read_csv(csv).complete_rows(needed);
  cars.x = data::Design(table, cars.names)(table).values;
  cars.miles_per_gallon = data::target(table, "miles_per_gallon");
  return cars;
}

}  // namespace handbuilt::lessons::least_squares

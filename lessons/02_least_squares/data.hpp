#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/matrix.hpp"

namespace handbuilt::lessons::least_squares {

/// Points in the plane, equally many x and y.
struct Points {
  std::string name;
  std::vector<double> x, y;
};

/// The four sets of Anscombe (1973), eleven points each: "I" to "IV".
std::vector<Points> load_anscombe(const std::filesystem::path& csv);

/// The cars whose mileage, weight, horsepower and year are all known.
struct Cars {
  std::vector<std::string> names{"weight_lbs", "horsepower", "year"};
  MatrixD x;  ///< [cars, 3]
  VectorD miles_per_gallon;
};
Cars load_cars(const std::filesystem::path& csv);

}  // namespace handbuilt::lessons::least_squares

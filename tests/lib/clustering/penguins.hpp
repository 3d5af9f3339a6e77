#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "data/csv.hpp"
#include "data/design.hpp"
#include "data/standardizer.hpp"

namespace handbuilt::test {

struct Penguins {
  MatrixD x;                 // [333, 4], standardised
  std::vector<int> species;  // [333]
};

inline const Penguins& penguins() {
  static const Penguins made = [] {
    const std::filesystem::path root = HANDBUILT_SOURCE_DIR;
    const data::Table birds = data::read_csv(root / "datasets/penguins/penguins.csv").complete_rows();
    const data::Design design(birds, {"beak_length_mm", "beak_depth_mm", "flipper_length_mm", "body_mass_g"});
    const MatrixD x = design(birds).values;
    const std::set<std::string> names(birds.texts("species").begin(), birds.texts("species").end());
    std::vector<int> species;
    for (const std::string& name : birds.texts("species"))
      species.push_back(static_cast<int>(std::distance(names.begin(), names.find(name))));
    return Penguins{data::Standardizer(x)(x), species};
  }();
  return made;
}

}  // namespace handbuilt::test

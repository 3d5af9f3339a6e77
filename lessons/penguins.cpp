#include "lessons/penguins.hpp"

#include <algorithm>

#include "data/csv.hpp"
#include "data/design.hpp"

namespace handbuilt::lessons {

Penguins load_penguins(const std::filesystem::path& folder) {
  const std::vector<std::string> measurements{"beak_length_mm", "beak_depth_mm", "flipper_length_mm", "body_mass_g"};
  const data::Table birds = data::read_csv(folder / "penguins.csv").complete_rows(measurements);
  const data::DesignMatrix design = data::Design(birds, measurements)(birds);
  Penguins penguins{design.names, design.values, {}, birds.texts("species")};
  std::sort(penguins.classes.begin(), penguins.classes.end());
  penguins.classes.erase(std::unique(penguins.classes.begin(), penguins.classes.end()), penguins.classes.end());
  for (const std::string& species : birds.texts("species"))
    penguins.species.push_back(static_cast<int>(
        std::lower_bound(penguins.classes.begin(), penguins.classes.end(), species) - penguins.classes.begin()));
  return penguins;
}

}  // namespace handbuilt::lessons

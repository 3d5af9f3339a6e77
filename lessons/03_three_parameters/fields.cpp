#include "lessons/03_three_parameters/fields.hpp"

#include <cmath>

namespace handbuilt::lessons::three_parameters {
namespace {

constexpr double kMeanYield = 100;
constexpr int kThings = 15;               // behind the related drivers
constexpr double kShareOfTheThing = 0.7;  // of a related driver's variance

}  // namespace

std::string key_of(World world) {
  switch (world) {
    case World::kIndependent:
      return "independent";
    case World::kRelated:
      return "related";
    case World::kManySmall:
      return "many_small";
    case World::kNothing:
      return "nothing";
  }
  return "";
}

std::string name_of(World world) {
  switch (world) {
    case World::kIndependent:
      return "three matter, drivers unrelated";
    case World::kRelated:
      return "three matter, drivers related";
    case World::kManySmall:
      return "every driver matters a little";
    case World::kNothing:
      return "no driver matters";
  }
  return "";
}

// #region draw_truth
Truth draw_truth(World world, Random& random) {
  constexpr std::array kEffects{12.0, 8.0, 6.6};  // together a standard deviation of 15.9
  Truth truth{world, VectorD::Zero(kDrivers), {}};
  if (world == World::kManySmall)
    for (double& effect : truth.effects) effect = random.normal(0, 15.9 / std::sqrt(kDrivers));
  if (world == World::kIndependent || world == World::kRelated) {
    const std::vector<int> order = random.permutation(kDrivers);
    for (std::size_t k = 0; k < kEffects.size(); ++k) {
      truth.matter.push_back(order[k]);
      truth.effects(order[k]) = kEffects[k];
    }
  }
  return truth;
}
// #endregion draw_truth

// #region draw_fields
Fields draw_fields(const Truth& truth, int count, Random& random) {
  Fields fields{MatrixD(count, kDrivers), VectorD(count)};
  for (int field = 0; field < count; ++field) {
    std::array<double, kThings> things{};
    for (double& thing : things) thing = random.normal();
    for (int driver = 0; driver < kDrivers; ++driver) {
      const double shared = truth.world == World::kRelated ? kShareOfTheThing : 0;
      fields.drivers(field, driver) = std::sqrt(shared) * things[static_cast<std::size_t>(driver % kThings)] +
                                      std::sqrt(1 - shared) * random.normal();
    }
    fields.yields(field) = kMeanYield + truth.effects.dot(fields.drivers.row(field)) + random.normal(0, kNoise);
  }
  return fields;
}
// #endregion draw_fields

}  // namespace handbuilt::lessons::three_parameters

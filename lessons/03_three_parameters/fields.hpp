#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/matrix.hpp"
#include "core/random.hpp"

namespace handbuilt::lessons::three_parameters {

inline constexpr int kFields = 80;      ///< to learn from
inline constexpr int kDrivers = 300;    ///< numbers that are known of each field
inline constexpr double kNoise = 16.7;  ///< standard deviation of what no driver explains

/// How the fields of a made-up country come about.
enum class World {
  kIndependent,  ///< three drivers matter; none has to do with another
  kRelated,      ///< three drivers matter; the 300 are fifteen things measured twenty times over
  kManySmall,    ///< every driver matters, none of them much
  kNothing,      ///< no driver matters at all
};
inline constexpr std::array kWorlds{World::kIndependent, World::kRelated, World::kManySmall, World::kNothing};
/// "independent", for results.json, and "drivers that have nothing to do with each other", for people.
std::string key_of(World world);
std::string name_of(World world);

/// What is true in a country and what nobody there knows.
struct Truth {
  World world = World::kIndependent;
  VectorD effects;          ///< [kDrivers] what the yield gains with a unit of each driver
  std::vector<int> matter;  ///< the three that matter, the strongest first; empty where it is not three
};
Truth draw_truth(World world, Random& random);

/// Fields with their drivers, each of mean 0 and standard deviation 1, and what they gave.
struct Fields {
  MatrixD drivers;  ///< [fields, kDrivers]
  VectorD yields;   ///< [fields] bushels per acre, 100 on average
};
Fields draw_fields(const Truth& truth, int count, Random& random);

}  // namespace handbuilt::lessons::three_parameters

#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/matrix.hpp"
#include "core/random.hpp"

namespace handbuilt::lessons::mixtures {

/// Clouds of rows in two columns whose groups are known, for whoever has to find them. All lie within about -4 ... 4.
enum class Cloud {
  kFloors,     ///< a tight group inside the skirts of a wide one
  kBlobs,      ///< three round groups of one size
  kStretched,  ///< three long ones side by side
  kMoons,      ///< two half circles that hook into each other
  kRing,       ///< a round group inside a ring
  kBridge,     ///< two round groups with a thin bridge of rows between them
};
inline constexpr std::array kClouds{Cloud::kFloors, Cloud::kBlobs, Cloud::kStretched,
                                    Cloud::kMoons,  Cloud::kRing,  Cloud::kBridge};
std::string name_of(Cloud cloud);  ///< "moons"
int groups_of(Cloud cloud);

struct Rows {
  MatrixD x;                // [rows, 2]
  std::vector<int> groups;  // [rows] what each row was drawn from
};
Rows draw_rows(Cloud cloud, int rows, Random& random);

enum class Method { kKMeans, kMixture, kWard, kAverage, kSingle, kDbscan };
inline constexpr std::array kMethods{Method::kKMeans,  Method::kMixture, Method::kWard,
                                     Method::kAverage, Method::kSingle,  Method::kDbscan};
std::string name_of(Method method);  ///< "k-means"
std::string key_of(Method method);   ///< "k_means", for names of results

/// What each row is taken for [rows]. All methods are told how many groups there are, but for DBSCAN, which has to find
/// out: it takes its radius from `usual_distance`. At least as many rows as groups, of two columns.
std::vector<int> found_groups(Method method, const MatrixD& x, int groups, Random& random);

/// How far nineteen rows in twenty have to reach, at most, for their fifth row, themselves counted. Above 0.
double usual_distance(const MatrixD& x);

}  // namespace handbuilt::lessons::mixtures

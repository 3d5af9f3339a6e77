#pragma once

#include <cstdint>
#include <vector>

#include "lessons/03_three_parameters/figures.hpp"

namespace handbuilt::lessons::three_parameters {

/// Eighty fields, a thousand new ones, and a least-squares fit whose drivers are added and taken away one by one. It
/// needs no window, and the same seed gives the same fields.
class DemoModel {
 public:
  explicit DemoModel(std::uint64_t seed, World world = World::kIndependent);

  // What can be done to it. Drivers that are in the fit already, or that the 80 fields cannot carry, are not added.
  void toggle(int driver);  ///< adds it, or takes it out
  void add_best();          ///< the one that helps most beside those in the fit
  void add_random();
  void take_out_last();
  void clear();
  void take_the_three();       ///< the fit of those that matter, where three do
  void draw_new(World world);  ///< another country

  [[nodiscard]] World world() const { return world_; }
  [[nodiscard]] const Truth& truth() const { return truth_; }
  [[nodiscard]] const Fields& fields() const { return fields_; }
  [[nodiscard]] const Fields& fresh() const { return fresh_; }
  [[nodiscard]] const std::vector<int>& chosen() const { return chosen_; }
  [[nodiscard]] bool is_chosen(int driver) const;
  /// With 0, 1, 2, ... of the chosen, in their order.
  [[nodiscard]] const Curve& curve() const { return curve_; }
  /// What each driver would explain of what is left, as a correlation without sign [kDrivers]; 0 for the chosen.
  [[nodiscard]] const std::vector<double>& promise() const { return promise_; }
  /// Predictions for the new fields.
  [[nodiscard]] const VectorD& predicted() const { return predicted_; }

 private:
  void add(int driver);
  void refresh();

  Random random_;
  World world_;
  Truth truth_;
  Fields fields_, fresh_;
  std::vector<int> chosen_, drawn_;  // drawn_: those that curve_ is about
  Curve curve_;
  std::vector<double> promise_;
  VectorD predicted_;
};

inline constexpr int kMostInTheFit = 70;  ///< of 79 that 80 fields can carry: the last ones are drowned in rounding

}  // namespace handbuilt::lessons::three_parameters

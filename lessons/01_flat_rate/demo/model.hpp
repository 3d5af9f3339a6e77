#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "core/interval.hpp"
#include "lessons/01_flat_rate/models.hpp"

namespace handbuilt::lessons::flat_rate {

/// Every estimate of the lesson on the barley, held out in five folds that are dealt again and again. It needs no
/// window, and the same seed gives the same dealings.
class DemoModel {
 public:
  DemoModel(Barley barley, std::uint64_t seed);

  /// Deals the folds once more; every model predicts every plot without having seen it.
  void deal();
  /// Exchanges the years of Morris, or puts them back, and begins to count anew.
  void exchange_morris();

  [[nodiscard]] const Barley& barley() const { return barley_; }
  [[nodiscard]] bool is_exchanged() const { return exchanged_; }
  [[nodiscard]] int dealings() const { return dealings_; }
  /// The prediction of each plot [rows] in the latest dealing.
  [[nodiscard]] const VectorD& held_out(Model model) const { return held_out_.at(model); }
  /// RMSE on plots that the model has seen; on plots that it has not, in the latest dealing and over all.
  [[nodiscard]] double seen(Model model) const { return seen_.at(model); }
  [[nodiscard]] double unseen(Model model) const { return unseen_.at(model).back(); }
  [[nodiscard]] MeanInterval mean_unseen(Model model) const { return mean_interval(unseen_.at(model)); }

 private:
  void begin();

  Barley barley_;
  std::uint64_t seed_;
  bool exchanged_ = false;
  int dealings_ = 0;
  std::map<Model, VectorD> held_out_;
  std::map<Model, double> seen_;
  std::map<Model, std::vector<double>> unseen_;
};

}  // namespace handbuilt::lessons::flat_rate

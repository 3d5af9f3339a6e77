#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "data/digits.hpp"
#include "lessons/10_convnet/demo/insight.hpp"
#include "nn/lenet_recipes.hpp"
#include "nn/train.hpp"

namespace handbuilt::lessons::convnet {

/// A moment of the training, complete in itself: it may be drawn while the training goes on.
struct Snapshot {
  nn::Sequential<float> network;
  nn::TrainProgress progress;               ///< its `finished_epoch` is null; see `epochs`
  bool done = false;                        ///< the network now has its best epoch's weights
  std::vector<double> loss_epochs, losses;  ///< the training loss, averaged over some steps, and when, in epochs
  std::vector<nn::EpochRecord> epochs;
  std::shared_ptr<const Insight> insight;  ///< on the validation digits, as of the last full epoch; never null
};

/// Trains a network on the digits, one step at a time, and can be looked at in between. It needs neither a window nor a
/// thread, and the same seed gives the same snapshots.
class DemoModel {
 public:
  /// `digits` must outlive the model.
  DemoModel(const data::Digits& digits, const nn::Recipe& recipe, std::uint64_t seed);
  DemoModel(const DemoModel&) = delete;
  DemoModel& operator=(const DemoModel&) = delete;

  [[nodiscard]] bool done() const { return done_; }

  /// One step of the optimiser, and after the last one of an epoch a look inside. Throws ValueError when done.
  const nn::TrainProgress& step();

  /// Ends the training, at any moment, with the weights of the best epoch on the validation digits so far.
  void finish();

  [[nodiscard]] Snapshot snapshot() const;

 private:
  void note_loss(const nn::TrainProgress& progress);

  const data::Digits& digits_;
  nn::Sequential<float> network_;
  nn::Trainer trainer_;
  bool done_ = false;
  double loss_sum_ = 0;  // of the steps since the last point of the curve
  int loss_count_ = 0;
  std::vector<double> loss_epochs_, losses_;
  std::shared_ptr<const Insight> insight_;
};

}  // namespace handbuilt::lessons::convnet

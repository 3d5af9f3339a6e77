#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "data/labelled_images.hpp"
#include "nn/augmentation.hpp"
#include "nn/evaluation.hpp"
#include "nn/optimizer.hpp"
#include "nn/schedule.hpp"
#include "nn/sequential.hpp"

namespace handbuilt::nn {

/// One pass over the training images. Training figures are means over the pass, while the weights were moving; the
/// validation figures are of the weights at its end.
struct EpochRecord {
  int epoch = 0;             ///< 1 for the first
  double learning_rate = 0;  ///< of the last step
  double loss = 0, accuracy = 0;
  double validation_loss = 0, validation_accuracy = 0;  ///< 0 without validation images
  double seconds = 0;                                   ///< spent training so far
};

/// Where a training stands after a step.
struct TrainProgress {
  int step = 0, steps = 0;                      ///< optimiser steps taken, and in the whole training
  int epoch = 0, epochs = 0;                    ///< the pass the step belongs to, 1 for the first
  double learning_rate = 0;                     ///< of the step
  double step_loss = 0;                         ///< over the step's batch
  double loss = 0, accuracy = 0;                ///< over the pass so far
  double images_per_second = 0;                 ///< over the training so far
  double seconds = 0;                           ///< spent in steps, pauses between them not counted
  double seconds_left = 0;                      ///< at this pace, should no early stop come
  const EpochRecord* finished_epoch = nullptr;  ///< when the step was the last of its pass
  bool has_validation = false;
};

struct TrainOptions {
  int batch_size = 64;  ///< images a step; the last batch of a pass may be smaller
  int epochs = 10;      ///< passes over the training images
  OptimizerOptions optimizer = SgdOptions{};
  Schedule schedule = ConstantSchedule{};
  Augmentation augmentation = {};  ///< none by default
  /// Decides the order of the images and their augmentation. The weights a network starts from are its own.
  std::uint64_t seed = 1;
  /// Each step's batch is shared out among so many threads; 0 takes one a core. The same seed and threads give the same
  /// weights bit for bit; another number of threads adds the gradients in another order and differs by rounding.
  int threads = 1;
  /// Stop after so many epochs without a new best epoch on the validation images; 0 never stops early.
  int patience = 0;
  /// End with the weights of the best epoch on the validation images instead of the last one's. Best is the highest
  /// accuracy, and the lowest loss among equals. Without validation images the last weights stay.
  bool keep_best = true;

  std::function<void(const TrainProgress&)> on_progress = {};  ///< called after every step; may be empty
  std::function<bool()> should_stop = {};  ///< asked after every step; true ends the training there; may be empty
};

enum class StopReason { finished, no_improvement, asked };

struct TrainResult {
  std::vector<EpochRecord> epochs;  ///< those that were completed
  int best_epoch = 0;               ///< 1 for the first; 0 when none was completed or there was no validation
  StopReason reason = StopReason::finished;
  int steps = 0;
  double seconds = 0;
};

/// Trains `network` on `train`, watching `validation` (which may be empty) at the end of each epoch. Throws ValueError
/// or ShapeError, before anything has changed, for options out of range or images that do not fit; ValueError, naming
/// the step and the learning rate, when the loss is no longer finite.
TrainResult train(Sequential<float>& network, const data::LabelledImages& train, const data::LabelledImages& validation,
                  const TrainOptions& options);

/// The same, one step at a time, for a window that draws in between or a thread that wants to pause. The network and
/// the images must outlive it. Between steps the network may be looked at and run in inference.
///
///     Trainer trainer(network, train, validation, options);
///     while (!trainer.done()) draw(trainer.step());
///     const TrainResult result = trainer.finish();
class Trainer {
 public:
  Trainer(Sequential<float>& network, const data::LabelledImages& train, const data::LabelledImages& validation,
          TrainOptions options);
  ~Trainer();
  Trainer(Trainer&&) noexcept;
  Trainer& operator=(Trainer&&) noexcept;

  /// All epochs are through, or `patience` is exhausted, or `should_stop` has said so.
  [[nodiscard]] bool done() const;

  /// One optimiser step, and after the last one of an epoch the validation. Throws ValueError when `done`.
  const TrainProgress& step();

  [[nodiscard]] const TrainProgress& progress() const;
  [[nodiscard]] const std::vector<EpochRecord>& epochs() const;

  /// Ends the training, at any moment, and puts the best epoch's weights into the network (see `keep_best`).
  TrainResult finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The order in which epoch number `epoch` (from 0) shows `count` training images.
std::vector<int> epoch_order(std::uint64_t seed, int epoch, int count);

}  // namespace handbuilt::nn

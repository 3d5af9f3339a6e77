#pragma once

#include <atomic>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>

#include "lessons/10_convnet/demo/model.hpp"

namespace handbuilt::lessons::convnet {

/// Trains in the background, so that a window stays lively. Ends within a step (milliseconds), or a look inside at
/// most, of its destruction.
class TrainingThread {
 public:
  /// `digits` must outlive the thread.
  TrainingThread(const data::Digits& digits, const nn::Recipe& recipe, std::uint64_t seed);
  ~TrainingThread();
  TrainingThread(const TrainingThread&) = delete;
  TrainingThread& operator=(const TrainingThread&) = delete;

  void pause(bool paused) { paused_ = paused; }

  /// The state a moment ago; never null. Rethrows what went wrong in the training.
  [[nodiscard]] std::shared_ptr<const Snapshot> latest() const;

 private:
  void run();
  void publish();

  DemoModel model_;
  std::atomic<bool> paused_{false}, ending_{false};
  mutable std::mutex mutex_;  // guards the two below
  std::shared_ptr<const Snapshot> latest_;
  std::exception_ptr failure_;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace handbuilt::lessons::convnet

#include "lessons/10_convnet/demo/training_thread.hpp"

#include <chrono>
#include <utility>

namespace handbuilt::lessons::convnet {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kBetweenSnapshots = std::chrono::milliseconds(100);
constexpr auto kNap = std::chrono::milliseconds(10);

}  // namespace

TrainingThread::TrainingThread(const data::Digits& digits, const nn::Recipe& recipe, std::uint64_t seed)
    : model_(digits, recipe, seed) {
  publish();
  thread_ = std::thread([this] {
    try {
      run();
    } catch (...) {
      const std::lock_guard lock(mutex_);
      failure_ = std::current_exception();
    }
  });
}

TrainingThread::~TrainingThread() {
  ending_ = true;
  thread_.join();
}

std::shared_ptr<const Snapshot> TrainingThread::latest() const {
  const std::lock_guard lock(mutex_);
  if (failure_ != nullptr) std::rethrow_exception(failure_);
  return latest_;
}

void TrainingThread::run() {
  Clock::time_point next_snapshot = Clock::now();
  while (!ending_ && !model_.done()) {
    if (paused_) {
      std::this_thread::sleep_for(kNap);
      continue;
    }
    const bool epoch_ends = model_.step().finished_epoch != nullptr;
    if (!epoch_ends && Clock::now() < next_snapshot) continue;
    publish();
    next_snapshot = Clock::now() + kBetweenSnapshots;
  }
}

void TrainingThread::publish() {
  auto snapshot = std::make_shared<const Snapshot>(model_.snapshot());
  const std::lock_guard lock(mutex_);
  latest_ = std::move(snapshot);
}

}  // namespace handbuilt::lessons::convnet

#include "core/parallel.hpp"

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#if defined(__linux__)
#include <sched.h>
#endif

namespace handbuilt {

int core_count() {
#if defined(__linux__)
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) return std::max(1, CPU_COUNT(&allowed));
#endif
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

struct Workers::State {
  int threads = 1;
  std::vector<std::thread> helpers;
  std::mutex mutex;
  std::condition_variable work_came;
  std::condition_variable work_done;
  std::uint64_t round = 0;  // counts the calls of run, so that a helper sees each one once
  int running = 0;          // helpers that have not finished this round
  bool stop = false;

  int size = 0;
  Slice slice = nullptr;
  void* context = nullptr;
  std::vector<std::exception_ptr> failures;

  void do_slice(int worker) noexcept {
    const auto edge = [&](int w) { return static_cast<int>(static_cast<std::int64_t>(size) * w / threads); };
    try {
      if (edge(worker) < edge(worker + 1)) slice(context, edge(worker), edge(worker + 1), worker);
    } catch (...) {
      failures[static_cast<std::size_t>(worker)] = std::current_exception();
    }
  }

  void help(int worker) {
    std::uint64_t seen = 0;
    for (;;) {
      {
        std::unique_lock lock(mutex);
        work_came.wait(lock, [&] { return stop || round != seen; });
        if (stop) return;
        seen = round;
      }
      do_slice(worker);
      {
        const std::lock_guard lock(mutex);
        if (--running > 0) continue;
      }
      work_done.notify_one();
    }
  }

  void end_helpers() {
    {
      const std::lock_guard lock(mutex);
      stop = true;
    }
    work_came.notify_all();
    for (std::thread& helper : helpers) helper.join();
  }
};

Workers::Workers(int threads) : state_(std::make_unique<State>()) {
  state_->threads = threads > 0 ? threads : core_count();
  state_->failures.resize(static_cast<std::size_t>(state_->threads));
  try {
    for (int worker = 1; worker < state_->threads; ++worker)
      state_->helpers.emplace_back([state = state_.get(), worker] { state->help(worker); });
  } catch (...) {
    state_->end_helpers();
    throw;
  }
}

Workers::~Workers() { state_->end_helpers(); }

int Workers::count() const { return state_->threads; }

void Workers::run(int size, Slice slice, void* context) {
  State& state = *state_;
  std::fill(state.failures.begin(), state.failures.end(), nullptr);
  {
    const std::lock_guard lock(state.mutex);
    state.size = size;
    state.slice = slice;
    state.context = context;
    state.running = static_cast<int>(state.helpers.size());
    ++state.round;
  }
  if (!state.helpers.empty()) state.work_came.notify_all();
  state.do_slice(0);
  if (!state.helpers.empty()) {
    std::unique_lock lock(state.mutex);
    state.work_done.wait(lock, [&] { return state.running == 0; });
  }
  for (const std::exception_ptr& failure : state.failures)
    if (failure) std::rethrow_exception(failure);
}

}  // namespace handbuilt

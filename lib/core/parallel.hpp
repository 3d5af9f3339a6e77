#pragma once

#include <memory>
#include <type_traits>

namespace handbuilt {

/// Threads that wait for work and share it in fixed, contiguous slices, so that the same thread count always gives the
/// same result. The calling thread works too: `Workers(1)` starts no thread at all.
class Workers {
 public:
  /// `threads` <= 0 takes one a core.
  explicit Workers(int threads = 0);
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  [[nodiscard]] int count() const;

  /// Calls `body(begin, end, worker)` for `count()` slices that cover 0 ... size - 1 once each, and returns when all
  /// are done. `worker` is 0 ... count() - 1 and fixed for a slice. An exception in a slice is rethrown here, the one
  /// of the lowest slice first. Not to be called from inside `body`, nor from two threads at once.
  template <class Body>
  void parallel_for(int size, Body&& body) {
    using Plain = std::remove_reference_t<Body>;
    run(
        size,
        [](void* context, int begin, int end, int worker) { (*static_cast<Plain*>(context))(begin, end, worker); },
        const_cast<void*>(static_cast<const void*>(&body)));
  }

 private:
  using Slice = void (*)(void* context, int begin, int end, int worker);
  void run(int size, Slice slice, void* context);

  struct State;
  std::unique_ptr<State> state_;
};

/// The cores this process may use.
int core_count();

}  // namespace handbuilt

#pragma once

namespace handbuilt::grader {

/// While it lives, Ctrl-C, a polite kill, a closed terminal and the end of a child do not interrupt this process but
/// wait at a descriptor until they are taken.
class Signals {
 public:
  Signals();
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  /// Readable while something waits; for poll().
  [[nodiscard]] int descriptor() const { return descriptor_; }

  /// Takes what waits. True once the user wants to stop, and from then on.
  bool stop_wanted();

 private:
  int descriptor_ = -1;
  bool stop_wanted_ = false;
};

/// For a child that begins with this process's signals: lets all of them through again.
void let_signals_through();

}  // namespace handbuilt::grader

#include <poll.h>

#include <memory>

#include "grader/course/background_work.hpp"
#include "grader/course/signals.hpp"
#include "grader/grade_class/engines.hpp"

namespace handbuilt::grader {

namespace {

constexpr int kLongestWaitMs = 500;

struct Running {
  const ClassEntry* entry;
  std::unique_ptr<BackgroundWork> work;
};

}  // namespace

EngineEnd grade_locally(const House& house, const ClassPlan& plan, const std::vector<ClassEntry>& entries, int jobs,
                        const OnGraded& on_graded) {
  Signals signals;
  std::vector<Running> running;
  std::size_t next = 0;
  while (next < entries.size() || !running.empty()) {
    while (next < entries.size() && static_cast<int>(running.size()) < jobs) {
      const ClassEntry& entry = entries[next++];
      running.push_back({&entry, std::make_unique<BackgroundWork>([&] { grade_entry(house, plan, entry, 1); })});
    }
    pollfd wait{signals.descriptor(), POLLIN, 0};
    ::poll(&wait, 1, kLongestWaitMs);
    if (signals.stop_wanted()) return EngineEnd::kStopped;
    std::erase_if(running, [&](const Running& one) {
      if (one.work->state() == BackgroundWork::State::kRunning) return false;
      on_graded(*one.entry);
      return true;
    });
  }
  return EngineEnd::kAllDone;
}

}  // namespace handbuilt::grader

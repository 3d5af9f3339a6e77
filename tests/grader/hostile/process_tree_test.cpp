#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>

#include "grader/sandbox/bounded_command.hpp"
#include "grader/sandbox/job_user.hpp"
#include "grader/sandbox/process_tree.hpp"
#include "tests/grader/hostile/processes.hpp"

// What a compiler may do and a worker may not, start processes, must still end with the job.
namespace handbuilt::grader {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class ProcessTree : public testing::TestWithParam<SandboxMode> {
 protected:
  [[nodiscard]] static BoundedRun run_shell(const std::string& script, const Limits& limits) {
    const JobUser user;
    Confinement confinement{GetParam(), JobKind::compiler, user.uid(), {}, {}, {"PATH=/usr/bin:/bin"}};
    return run_bounded({"/bin/sh", "-c", script}, limits, confinement);
  }

  /// A command that nobody else runs: the same test may run beside this one, in another mode or from another checkout.
  const std::string own_sleep_ = "sleep 31." + std::to_string(10'000'000 + ::getpid());  // none begins another
};

TEST_P(ProcessTree, EndsWithItsJobHoweverItsProcessesHaveMovedAway) {
  const BoundedRun run = run_shell("setsid " + own_sleep_ + " </dev/null >&- 2>&- & sleep 0.2; exit 3", {2, 10, 256});
  EXPECT_EQ(run.ending.code, 3);
  EXPECT_THAT(test::processes_left_with(own_sleep_), IsEmpty());
}

TEST_P(ProcessTree, EndsWithItsJobWhenThatIsKilled) {
  const BoundedRun run = run_shell("setsid " + own_sleep_ + " </dev/null & exec sleep 30", {2, 0.5, 256});
  EXPECT_THAT(run.stopped, HasSubstr("took more than 0.5 seconds"));
  EXPECT_THAT(test::processes_left_with(own_sleep_), IsEmpty());
}

TEST_P(ProcessTree, EndsWhenItsGraderIsKilled) {
  const pid_t grader = ::fork();
  if (grader == 0) {
    // The whole name stands on a command line only once it runs.
    (void)run_shell("seconds=31; exec sleep $seconds" + own_sleep_.substr(own_sleep_.find('.')), {2, 20, 256});
    ::_exit(0);
  }
  bool has_begun = false;
  for (int look = 0; look < 500 && !has_begun; ++look) {
    ::usleep(10'000);
    has_begun = !test::processes_with(own_sleep_).empty();
  }
  EXPECT_TRUE(has_begun);
  ::kill(grader, SIGKILL);
  ::waitpid(grader, nullptr, 0);
  EXPECT_THAT(test::processes_left_with(own_sleep_), IsEmpty());
}

TEST_P(ProcessTree, MayNotGrowWithoutEnd) {
  if (GetParam() == SandboxMode::contained && ::getuid() != 0)
    GTEST_SKIP() << "the number of a person's own processes cannot be limited for a job alone";
  const BoundedRun run = run_shell("for i in $(seq 200); do " + own_sleep_ + " & done; wait", {2, 5, 256});
  EXPECT_THAT(run.output, HasSubstr("fork"));
  EXPECT_THAT(test::processes_left_with(own_sleep_), IsEmpty());
}

TEST_P(ProcessTree, IsWatchedAsAWhole) {
  EXPECT_THAT(run_shell("(while :; do :; done) & wait", {0.5, 10, 256}).stopped, HasSubstr("0.5 seconds"));
  // Each holds a line of 40 MB, which is within the limit of one.
  const std::string hoard = "for i in 1 2 3; do (x=$(seq 5500000); sleep 9) & done; wait";
  EXPECT_THAT(run_shell(hoard, {9, 10, 100}).stopped, HasSubstr("100 MB of memory"));
}

INSTANTIATE_TEST_SUITE_P(In, ProcessTree, testing::Values(SandboxMode::graded, SandboxMode::contained),
                         [](const auto& parameter) { return std::string(to_string(parameter.param)); });

TEST(TreeUsage, IsReadWhileProcessesEnd) {
  const pid_t parent = ::fork();
  ASSERT_GE(parent, 0);
  if (parent == 0) {
    for (;;) {  // children that live as short as can be
      const pid_t child = ::fork();
      if (child == 0) ::_exit(0);
      if (child > 0) ::waitpid(child, nullptr, 0);
    }
  }
  double most_processes = 0;
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(400);
  EXPECT_NO_THROW({
    while (std::chrono::steady_clock::now() < end)
      most_processes = std::max(most_processes, static_cast<double>(tree_usage(parent).processes));
  });
  kill_tree(parent);
  ::waitpid(parent, nullptr, 0);
  EXPECT_EQ(most_processes, 2);
}

}  // namespace
}  // namespace handbuilt::grader

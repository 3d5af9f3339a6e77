#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>

#include "grader/sandbox/bounded_command.hpp"
#include "grader/sandbox/job_user.hpp"

// What a worker may ask the system for, call by call: a small program (system_call.cpp) makes one of them.
namespace handbuilt::grader {
namespace {

Ending make_call(SandboxMode mode, const std::string& name) {
  const JobUser user;
  const std::string program = (launcher_path().parent_path() / "system_call").string();
  return run_bounded({program, name}, {2, 10, 64}, {mode, JobKind::worker, user.uid(), {}, {}, {}}).ending;
}

class SystemCall : public testing::TestWithParam<const char*> {};

TEST_P(SystemCall, EndsAWorkerAtOnce) {
  for (const SandboxMode mode : {SandboxMode::graded, SandboxMode::contained}) {
    const Ending ending = make_call(mode, GetParam());
    EXPECT_TRUE(ending.by_signal && ending.code == SIGSYS) << to_string(mode) << ": " << ending.code;
  }
}
INSTANTIATE_TEST_SUITE_P(Forbidden, SystemCall,
                         testing::Values("fork", "vfork", "execve", "socket", "socketpair", "ptrace",
                                         "process_vm_readv", "process_vm_writev", "mount", "unshare", "setns", "keyctl",
                                         "bpf", "perf_event_open", "userfaultfd", "io_uring_setup", "pidfd_open",
                                         "kill_parent", "kill_all", "tkill", "shmget", "mq_open"),
                         [](const auto& parameter) { return std::string(parameter.param); });

class HarmlessCall : public testing::TestWithParam<const char*> {};

TEST_P(HarmlessCall, IsAnsweredAsIfTheKernelDidNotHaveIt) {
  for (const SandboxMode mode : {SandboxMode::graded, SandboxMode::contained}) {
    const Ending ending = make_call(mode, GetParam());
    EXPECT_TRUE(!ending.by_signal && ending.code == 1) << to_string(mode) << ": " << ending.code;
  }
}
INSTANTIATE_TEST_SUITE_P(Unlisted, HarmlessCall,
                         testing::Values("clone3", "memfd_create", "setuid", "setsid", "chmod", "chown", "symlink",
                                         "setrlimit", "write_to_tmp_of_others"),
                         [](const auto& parameter) { return std::string(parameter.param); });

TEST(AllowedCalls, LetAWorkerComputeAndAskForTheTime) {
  for (const SandboxMode mode : {SandboxMode::graded, SandboxMode::contained}) {
    const Ending ending = make_call(mode, "nothing");
    EXPECT_TRUE(!ending.by_signal && ending.code == 0) << to_string(mode);
  }
}

TEST(PrivateTmp, IsThereWhenGradedAndOnlyThen) {
  EXPECT_EQ(make_call(SandboxMode::graded, "write_to_tmp").code, 0);
  EXPECT_EQ(make_call(SandboxMode::contained, "write_to_tmp").code, 1);
  EXPECT_FALSE(std::filesystem::exists("/tmp/handbuilt_hostile_tmp"));
}

}  // namespace
}  // namespace handbuilt::grader

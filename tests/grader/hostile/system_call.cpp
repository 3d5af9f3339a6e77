// Makes the system call it is told to and ends with 0 when that succeeds, 1 when it is refused.
#include <fcntl.h>
#include <linux/sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <map>
#include <string_view>

namespace {

long make(std::string_view name) {
  static const std::map<std::string_view, long> numbers{{"vfork", SYS_vfork},
                                                        {"execve", SYS_execve},
                                                        {"socket", SYS_socket},
                                                        {"socketpair", SYS_socketpair},
                                                        {"ptrace", SYS_ptrace},
                                                        {"process_vm_readv", SYS_process_vm_readv},
                                                        {"process_vm_writev", SYS_process_vm_writev},
                                                        {"mount", SYS_mount},
                                                        {"unshare", SYS_unshare},
                                                        {"setns", SYS_setns},
                                                        {"keyctl", SYS_keyctl},
                                                        {"bpf", SYS_bpf},
                                                        {"perf_event_open", SYS_perf_event_open},
                                                        {"userfaultfd", SYS_userfaultfd},
                                                        {"io_uring_setup", SYS_io_uring_setup},
                                                        {"pidfd_open", SYS_pidfd_open},
                                                        {"tkill", SYS_tkill},
                                                        {"shmget", SYS_shmget},
                                                        {"mq_open", SYS_mq_open},
                                                        {"clone3", SYS_clone3},
                                                        {"setuid", SYS_setuid},
                                                        {"setsid", SYS_setsid}};
  if (name == "nothing") return 0;
  if (name == "fork") return ::fork();
  if (name == "kill_parent") return ::kill(::getppid(), 0);
  if (name == "kill_all") return ::kill(-1, 0);
  if (name == "memfd_create") return ::syscall(SYS_memfd_create, "file", 0);
  if (name == "chmod") return ::syscall(SYS_chmod, "/tmp", 0777);
  if (name == "chown") return ::syscall(SYS_chown, "/tmp", -1, -1);
  if (name == "symlink") return ::syscall(SYS_symlink, "a", "/tmp/handbuilt_hostile_link");
  if (name == "write_to_tmp") return ::open("/tmp/handbuilt_hostile_tmp", O_WRONLY | O_CREAT, 0600);
  if (name == "write_to_tmp_of_others") return ::open("/var/tmp/handbuilt_hostile_tmp", O_WRONLY | O_CREAT, 0600);
  if (name == "setrlimit") {
    const unsigned long limits[2] = {1, 1};
    return ::syscall(SYS_prlimit64, 0, 7, limits, nullptr);
  }
  const auto found = numbers.find(name);
  return found == numbers.end() ? 0 : ::syscall(found->second, 0, 0, 0, 0, 0, 0);
}

}  // namespace

int main(int argc, char** argv) { return argc == 2 && make(argv[1]) >= 0 ? 0 : 1; }

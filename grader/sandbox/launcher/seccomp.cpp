#include "grader/sandbox/launcher/seccomp.hpp"

#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <initializer_list>
#include <string>

#include "core/error.hpp"

namespace handbuilt::grader {

namespace {

/// What reaches out of a job: other processes, the network, the kernel's own doors.
constexpr const char* kNobodyMay[] = {"socket",
                                      "socketpair",
                                      "connect",
                                      "bind",
                                      "listen",
                                      "accept",
                                      "accept4",
                                      "sendto",
                                      "sendmsg",
                                      "sendmmsg",
                                      "recvfrom",
                                      "recvmsg",
                                      "recvmmsg",  // the network
                                      "ptrace",
                                      "process_vm_readv",
                                      "process_vm_writev",
                                      "process_madvise",
                                      "kcmp",  // other processes
                                      "pidfd_open",
                                      "pidfd_getfd",
                                      "pidfd_send_signal",  //
                                      "mount",
                                      "umount2",
                                      "pivot_root",
                                      "chroot",
                                      "open_tree",
                                      "move_mount",
                                      "fsopen",
                                      "fsmount",
                                      "fsconfig",
                                      "fspick",
                                      "mount_setattr",
                                      "unshare",
                                      "setns",
                                      "name_to_handle_at",
                                      "open_by_handle_at",  // another view of files
                                      "keyctl",
                                      "add_key",
                                      "request_key",
                                      "bpf",
                                      "perf_event_open",
                                      "userfaultfd",  // the kernel's doors
                                      "io_uring_setup",
                                      "io_uring_enter",
                                      "io_uring_register",
                                      "init_module",
                                      "finit_module",
                                      "delete_module",
                                      "kexec_load",
                                      "kexec_file_load",
                                      "reboot",
                                      "swapon",
                                      "swapoff",
                                      "acct",
                                      "quotactl",
                                      "syslog",
                                      "iopl",
                                      "ioperm",
                                      "settimeofday",
                                      "clock_settime",
                                      "clock_adjtime",
                                      "adjtimex",
                                      "sethostname",
                                      "setdomainname",
                                      "vhangup",
                                      "lookup_dcookie",
                                      "nfsservctl",
                                      "move_pages",
                                      "migrate_pages",
                                      "mbind",
                                      "set_mempolicy",
                                      "shmget",
                                      "shmat",
                                      "shmctl",
                                      "semget",
                                      "semop",
                                      "semctl",
                                      "msgget",
                                      "msgsnd",
                                      "msgrcv",
                                      "msgctl",  // shared memory
                                      "mq_open",
                                      "mq_unlink"};

/// What a computation needs, without conditions.
constexpr const char* kWorkerMay[] = {"read",
                                      "readv",
                                      "pread64",
                                      "preadv",
                                      "write",
                                      "writev",
                                      "pwrite64",
                                      "pwritev",
                                      "lseek",
                                      "close",
                                      "close_range",
                                      "fstat",
                                      "newfstatat",
                                      "stat",
                                      "lstat",
                                      "statx",
                                      "access",
                                      "faccessat",
                                      "faccessat2",
                                      "readlink",
                                      "readlinkat",
                                      "getcwd",
                                      "chdir",
                                      "getdents64",
                                      "fadvise64",
                                      "dup",
                                      "dup2",
                                      "dup3",
                                      "pipe",
                                      "pipe2",
                                      "fsync",  // what is open
                                      "mmap",
                                      "munmap",
                                      "mprotect",
                                      "mremap",
                                      "madvise",
                                      "mincore",
                                      "brk",
                                      "membarrier",  // memory
                                      "futex",
                                      "set_robust_list",
                                      "get_robust_list",
                                      "set_tid_address",
                                      "rseq",
                                      "sched_yield",
                                      "sched_getaffinity",
                                      "sched_getparam",
                                      "sched_getscheduler",
                                      "sched_get_priority_max",
                                      "sched_get_priority_min",
                                      "getcpu",  // threads
                                      "gettid",
                                      "getpid",
                                      "getppid",
                                      "getuid",
                                      "geteuid",
                                      "getgid",
                                      "getegid",
                                      "getgroups",
                                      "getpgrp",
                                      "uname",
                                      "sysinfo",
                                      "getrusage",
                                      "getrlimit",
                                      "times",
                                      "time",
                                      "clock_gettime",
                                      "clock_getres",
                                      "gettimeofday",
                                      "nanosleep",
                                      "clock_nanosleep",
                                      "pause",
                                      "poll",
                                      "ppoll",
                                      "select",
                                      "pselect6",
                                      "alarm",
                                      "setitimer",
                                      "getitimer",
                                      "rt_sigaction",
                                      "rt_sigprocmask",
                                      "rt_sigreturn",
                                      "rt_sigpending",
                                      "rt_sigsuspend",
                                      "rt_sigtimedwait",
                                      "sigaltstack",
                                      "restart_syscall",
                                      "exit",
                                      "exit_group",
                                      "arch_prctl",
                                      "getrandom"};

class Filter {
 public:
  explicit Filter(std::uint32_t otherwise) : context_(::seccomp_init(otherwise)) {
    if (context_ == nullptr) throw Error("cannot make a list of system calls");
    ::seccomp_attr_set(context_, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
  }
  ~Filter() { ::seccomp_release(context_); }
  Filter(const Filter&) = delete;
  Filter& operator=(const Filter&) = delete;

  /// A call that this machine does not have needs no rule.
  void add(std::uint32_t action, const char* call, std::initializer_list<scmp_arg_cmp> conditions = {}) {
    const int number = ::seccomp_syscall_resolve_name(call);
    if (number < 0) return;
    const int error = ::seccomp_rule_add_array(context_, action, number, static_cast<unsigned>(conditions.size()),
                                               conditions.size() == 0 ? nullptr : conditions.begin());
    if (error < 0) throw Error(std::string("cannot restrict ") + call + ": " + std::strerror(-error));
  }
  void load() {
    if (const int error = ::seccomp_load(context_); error < 0)
      throw Error(std::string("cannot restrict system calls: ") + std::strerror(-error));
  }

 private:
  scmp_filter_ctx context_;
};

constexpr std::uint32_t kAllow = SCMP_ACT_ALLOW, kKill = SCMP_ACT_KILL_PROCESS;
constexpr std::uint32_t kUnknown = SCMP_ACT_ERRNO(ENOSYS), kDenied = SCMP_ACT_ERRNO(EACCES);

scmp_arg_cmp equals(unsigned argument, std::uint64_t value) { return {argument, SCMP_CMP_EQ, value, 0}; }
scmp_arg_cmp differs(unsigned argument, std::uint64_t value) { return {argument, SCMP_CMP_NE, value, 0}; }
scmp_arg_cmp has(unsigned argument, std::uint64_t mask, std::uint64_t value) {
  return {argument, SCMP_CMP_MASKED_EQ, mask, value};
}

void allow_opening(Filter& filter, bool may_write) {
  const std::uint64_t writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND | (O_TMPFILE & ~O_DIRECTORY);
  for (const auto& [call, flags] : {std::pair{"open", 1u}, std::pair{"openat", 2u}}) {
    if (may_write) {
      filter.add(kAllow, call);
      continue;
    }
    filter.add(kAllow, call, {has(flags, writing, 0)});
    for (const unsigned bit :
         {unsigned{O_WRONLY}, unsigned{O_RDWR}, unsigned{O_CREAT}, unsigned{O_TRUNC}, unsigned{O_APPEND}})
      filter.add(kDenied, call, {has(flags, bit, bit)});
  }
  if (may_write)
    for (const char* call :
         {"unlink", "unlinkat", "rename", "renameat", "renameat2", "mkdir", "mkdirat", "rmdir", "ftruncate", "creat"})
      filter.add(kAllow, call);
}

/// raise() and abort() send to oneself; anything else is aimed at somebody.
void allow_own_signals(Filter& filter) {
  const auto self = static_cast<std::uint64_t>(::getpid());
  for (const char* call : {"kill", "tgkill"}) {
    filter.add(kAllow, call, {equals(0, self)});
    filter.add(kKill, call, {differs(0, self)});
  }
  filter.add(kKill, "tkill");
  filter.add(kKill, "rt_sigqueueinfo");
  filter.add(kKill, "rt_tgsigqueueinfo");
}

/// clone3 is not on any list: it keeps its flags in memory, where no filter sees them, and the C library then tries
/// clone.
void allow_threads(Filter& filter) {
  filter.add(kAllow, "clone", {has(0, CLONE_THREAD, CLONE_THREAD)});
  filter.add(kKill, "clone", {has(0, CLONE_THREAD, 0)});
  filter.add(kKill, "fork");
  filter.add(kKill, "vfork");
}

void describe_worker(Filter& filter, bool may_write_files) {
  for (const char* call : kWorkerMay) filter.add(kAllow, call);
  for (const char* call : kNobodyMay) filter.add(kKill, call);
  allow_opening(filter, may_write_files);
  allow_own_signals(filter);
  allow_threads(filter);
  filter.add(kAllow, "execveat");  // for the launcher itself: it runs the worker by its open descriptor
  filter.add(kKill, "execve");
  filter.add(kAllow, "ioctl", {equals(1, TCGETS)});  // is this a terminal?
  for (const int command : {F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD, F_DUPFD_CLOEXEC})
    filter.add(kAllow, "fcntl", {equals(1, static_cast<std::uint64_t>(command))});
  filter.add(kAllow, "prlimit64", {equals(0, 0), equals(2, 0)});  // to ask
  for (const int option : {PR_SET_NAME, PR_GET_NAME})
    filter.add(kAllow, "prctl", {equals(0, static_cast<std::uint64_t>(option))});
}

void describe_compiler(Filter& filter) {
  for (const char* call : kNobodyMay) filter.add(SCMP_ACT_ERRNO(EPERM), call);
  filter.add(kUnknown, "clone3");
  for (const unsigned flag : {unsigned{CLONE_NEWUSER}, unsigned{CLONE_NEWNS}, unsigned{CLONE_NEWPID},
                              unsigned{CLONE_NEWNET}, unsigned{CLONE_NEWIPC}, unsigned{CLONE_NEWUTS}})
    filter.add(SCMP_ACT_ERRNO(EPERM), "clone", {has(0, flag, flag)});
}

}  // namespace

void restrict_calls(JobKind kind, bool may_write_files) {
  Filter filter(kind == JobKind::worker ? kUnknown : kAllow);
  if (kind == JobKind::worker)
    describe_worker(filter, may_write_files);
  else
    describe_compiler(filter);
  filter.load();
}

}  // namespace handbuilt::grader

#include "grader/sandbox/job_user.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

#include "core/error.hpp"

namespace handbuilt::grader {

namespace {

namespace fs = std::filesystem;

constexpr int kFirstUid = 60600, kUids = 256;
const fs::path kPlace = "/run/handbuilt-sandbox";

[[noreturn]] void fail(const std::string& what) { throw Error(what + ": " + std::strerror(errno)); }

/// A folder of root's own that everybody may pass through.
void make_place() {
  if (::mkdir(kPlace.c_str(), 0711) != 0 && errno != EEXIST) fail("cannot make " + kPlace.string());
  struct stat status {};
  if (::lstat(kPlace.c_str(), &status) != 0 || !S_ISDIR(status.st_mode) || status.st_uid != 0)
    throw Error(kPlace.string() + ": expected a folder of root's");
  ::chmod(kPlace.c_str(), 0711);  // mkdir asked the umask
}

}  // namespace

void kill_others_of_own_user(int uid) {
  // As root or as a person, -1 would mean far more than a job.
  if (uid < kFirstUid || uid >= kFirstUid + kUids) return;
  const auto id = static_cast<uid_t>(uid);
  uid_t real = 0, effective = 0, saved = 0;
  if (::getresuid(&real, &effective, &saved) != 0 || real != id || effective != id || saved != id) return;
  // The kernel leaves nobody out: a process that is about to fork dies before it has.
  ::kill(-1, SIGKILL);
}

void kill_processes_of(int uid) {
  const pid_t killer = ::fork();
  if (killer < 0) return;
  if (killer == 0) {
    const auto id = static_cast<uid_t>(uid);
    if (::syscall(SYS_setresuid, id, id, id) == 0) kill_others_of_own_user(uid);
    ::_exit(0);
  }
  while (::waitpid(killer, nullptr, 0) < 0 && errno == EINTR) {
  }
}

JobUser::JobUser() {
  if (::geteuid() != 0) return;
  make_place();
  // Neighbours start at different numbers, so that they seldom ask for the same one.
  const int offset = static_cast<int>(::getpid());
  for (int i = 0; i < kUids && uid_ < 0; ++i) {
    const int uid = kFirstUid + (offset + i) % kUids;
    const fs::path file = kPlace / (std::to_string(uid) + ".lock");
    Descriptor lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (lock.get() < 0) fail("cannot open " + file.string());
    if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) continue;
    lock_ = std::move(lock);
    uid_ = uid;
  }
  if (uid_ < 0) throw Error("all " + std::to_string(kUids) + " users for jobs are taken: grade fewer at a time");
  kill_processes_of(uid_);
}

JobUser::~JobUser() {
  std::error_code ignored;
  if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

const fs::path& JobUser::make_folder() {
  if (uid_ >= 0) {
    const fs::path folder = kPlace / std::to_string(uid_);
    fs::remove_all(folder);
    if (::mkdir(folder.c_str(), 0700) != 0) fail("cannot make " + folder.string());
    folder_ = folder;
    give(folder_);
  } else {
    std::string pattern = (fs::temp_directory_path() / "handbuilt-job-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) fail("cannot make " + pattern);
    folder_ = pattern;
  }
  return folder_;
}

void JobUser::give(const fs::path& path) const {
  if (uid_ < 0) return;
  if (::lchown(path.c_str(), static_cast<uid_t>(uid_), static_cast<gid_t>(uid_)) != 0)
    fail("cannot hand over " + path.string());
}

}  // namespace handbuilt::grader

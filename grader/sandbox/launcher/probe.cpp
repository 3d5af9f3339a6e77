#include "grader/sandbox/launcher/probe.hpp"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

namespace handbuilt::grader {

int probe(const std::vector<std::string>& secret) {
  if (::getuid() == 0 || ::geteuid() == 0) {
    std::puts("a job would run as root");
    return 1;
  }
  for (const std::string& path : secret)
    if (::open(path.c_str(), O_RDONLY) >= 0) {
      std::printf("a job could read %s\n", path.c_str());
      return 1;
    }
  // Without arguments this call starts nothing; only a filter says that there is no such call.
  if (::syscall(SYS_clone3, nullptr, 0) >= 0 || errno != ENOSYS) {
    std::puts("a job could make any system call");
    return 1;
  }
  return 0;
}

}  // namespace handbuilt::grader

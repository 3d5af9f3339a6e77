#include "grader/sandbox/rlimits.hpp"

#include <sys/resource.h>

#include <cmath>

namespace handbuilt::grader {

namespace {

constexpr rlim_t kMegabyte = rlim_t{1} << 20;

void limit(__rlimit_resource resource, rlim_t soft, rlim_t hard) {
  const rlimit value{soft, hard};
  ::setrlimit(resource, &value);
}
void limit(__rlimit_resource resource, rlim_t most) { limit(resource, most, most); }

}  // namespace

void set_rlimits(const Limits& limits, JobKind kind, bool is_own_user) {
  const bool is_worker = kind == JobKind::worker;
  const auto seconds = static_cast<rlim_t>(std::ceil(limits.cpu_seconds)) + 1;
  limit(RLIMIT_CPU, seconds, seconds + 1);
  if (limits.memory_mb > 0) limit(RLIMIT_AS, static_cast<rlim_t>(limits.memory_mb) * kMegabyte);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, (is_worker ? 16 : 64) * kMegabyte);
  limit(RLIMIT_NOFILE, is_worker ? 64 : 256);
  if (!is_own_user) return;
  limit(RLIMIT_STACK, 8 * kMegabyte, (is_worker ? 8 : 64) * kMegabyte);  // the compiler driver wants more
  limit(RLIMIT_NPROC, 64);
}

}  // namespace handbuilt::grader

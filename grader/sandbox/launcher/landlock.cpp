#include "grader/sandbox/launcher/landlock.hpp"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>

#include "core/descriptor.hpp"
#include "grader/sandbox/launcher/order.hpp"

namespace handbuilt::grader {

namespace {

// Debian 12's headers know Landlock 2; what came later is the kernel's documentation's (landlock(7)).
struct Ruleset {
  std::uint64_t files, network, scopes;
};
constexpr std::uint64_t kTruncate = 1u << 14, kDeviceControl = 1u << 15;
constexpr std::uint64_t kAbstractSockets = 1u << 0, kSignals = 1u << 1;
constexpr std::uint64_t kBindAndConnect = 3;

constexpr std::uint64_t kRead = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t kOfAFile = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE |
                                   LANDLOCK_ACCESS_FS_WRITE_FILE | kTruncate | kDeviceControl;

Ruleset all_of(int version) {
  std::uint64_t files = (1u << 13) - 1;  // version 1
  if (version >= 2) files |= LANDLOCK_ACCESS_FS_REFER;
  if (version >= 3) files |= kTruncate;
  if (version >= 5) files |= kDeviceControl;
  return {files, version >= 4 ? kBindAndConnect : 0, version >= 6 ? kAbstractSockets | kSignals : 0};
}

void allow(int ruleset, int folder, std::uint64_t access) {
  struct stat status {};
  if (::fstat(folder, &status) != 0) fail("cannot look at a folder");
  if (!S_ISDIR(status.st_mode)) access &= kOfAFile;
  const landlock_path_beneath_attr rule{access, folder};
  if (::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0)
    fail("cannot add a Landlock rule");
}

void allow(int ruleset, const std::string& path, std::uint64_t access) {
  const Descriptor folder(::open(path.c_str(), O_PATH | O_CLOEXEC));
  if (folder.get() >= 0) allow(ruleset, folder.get(), access);
}

}  // namespace

int landlock_version() {
  const auto version =
      static_cast<int>(::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION));
  return version < 0 ? 0 : version;
}

void restrict_files(const std::vector<std::string>& readable, const std::vector<std::string>& writable, int program) {
  const int version = landlock_version();
  const Ruleset all = all_of(version);
  const std::size_t size = version >= 6 ? sizeof all : version >= 4 ? 2 * sizeof all.files : sizeof all.files;
  const Descriptor ruleset(static_cast<int>(::syscall(SYS_landlock_create_ruleset, &all, size, 0)));
  if (ruleset.get() < 0) fail("cannot make Landlock rules");
  for (const std::string& path : readable) allow(ruleset.get(), path, kRead & all.files);
  for (const std::string& path : writable) allow(ruleset.get(), path, all.files);
  if (program >= 0) allow(ruleset.get(), program, kRead & all.files);
  allow(ruleset.get(), "/dev/null", (kRead | LANDLOCK_ACCESS_FS_WRITE_FILE) & all.files);
  if (::syscall(SYS_landlock_restrict_self, ruleset.get(), 0) != 0) fail("cannot put Landlock rules in force");
}

}  // namespace handbuilt::grader

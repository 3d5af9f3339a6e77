#include "grader/course/builder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/error.hpp"
#include "grader/course/process.hpp"

namespace handbuilt::grader {

namespace {

/// Only warnings and errors of the configuring are worth a reader's time.
void configure(const std::filesystem::path& root, const std::string& preset) {
  fmt::print(stderr, "configuring build/{}\n", preset);
  const Captured configured = capture({{"cmake", "--preset", preset}, root, {}});
  if (configured.exit_code != 0)
    throw Error(fmt::format("CMake could not configure build/{}:\n{}", preset, configured.output));
}

}  // namespace

BuildLock::BuildLock(const std::filesystem::path& file)
    : descriptor_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666)) {
  if (descriptor_ < 0)
    throw DataError(fmt::format("{}: cannot open the lock: {}", file.string(), std::strerror(errno)));
  while (::flock(descriptor_, LOCK_EX) != 0 && errno == EINTR) {
  }
}

BuildLock::~BuildLock() { ::close(descriptor_); }

void build_targets(const std::filesystem::path& root, const std::string& preset,
                   const std::vector<std::string>& targets) {
  const std::filesystem::path folder = root / "build" / preset;
  Command ninja{{"ninja", "-C", folder.string()}, {}, {}};
  ninja.words.insert(ninja.words.end(), targets.begin(), targets.end());

  if (std::filesystem::exists(folder / "build.ninja")) {
    Command dry_run = ninja;
    dry_run.words.emplace_back("-n");
    if (capture(dry_run).output.find("no work to do") != std::string::npos) return;
  }
  std::filesystem::create_directories(root / "build");
  const BuildLock lock(root / "build" / "lock");
  if (!std::filesystem::exists(folder / "build.ninja")) configure(root, preset);
  if (run(ninja, true) != 0) throw Error(fmt::format("build/{} did not build (see above)", preset));
}

}  // namespace handbuilt::grader

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

/// Ninja's lines on standard error: steps overwrite each other on a terminal, whatever else it says stays.
class Progress {
 public:
  void show(const std::string& line) {
    if (line.starts_with("ninja: Entering") || line.find("Re-checking globbed") != std::string::npos ||
        line.find("no work to do") != std::string::npos)
      return;
    const bool is_step = line.starts_with('[');
    if (!on_terminal_) {
      fmt::print(stderr, "{}\n", line);
    } else if (is_step) {
      fmt::print(stderr, "\r\x1b[K{}", line.substr(0, kColumns));
      step_is_open_ = true;
    } else {
      finish();
      fmt::print(stderr, "{}\n", line);
    }
  }
  void finish() {
    if (step_is_open_) fmt::print(stderr, "\n");
    step_is_open_ = false;
  }

 private:
  static constexpr std::size_t kColumns = 79;
  bool on_terminal_ = ::isatty(STDERR_FILENO) == 1;
  bool step_is_open_ = false;
};

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

  std::filesystem::create_directories(root / "build");
  const BuildLock lock(root / "build" / "lock");
  if (!std::filesystem::exists(folder / "build.ninja")) configure(root, preset);
  Progress progress;
  const int exit_code = run_lines(ninja, [&](const std::string& line) { progress.show(line); });
  progress.finish();
  if (exit_code != 0) throw Error(fmt::format("build/{} did not build (see above)", preset));
}

}  // namespace handbuilt::grader

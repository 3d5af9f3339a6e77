#include "grader/watch/file_watcher.hpp"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "core/error.hpp"
#include "core/file.hpp"

namespace handbuilt::grader {

namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

/// Editors write in several steps; a file is looked at when nothing has happened for this long.
constexpr milliseconds kQuiet{40};
/// How often to look where the kernel does not tell.
constexpr milliseconds kPollPeriod{500};
constexpr std::size_t kLargestFile = std::size_t{4} << 20;

/// The content of a file, or nothing while it is missing or unreadable.
std::optional<std::string> content_of(const std::filesystem::path& file) {
  try {
    return read_file(file, kLargestFile);
  } catch (const DataError&) {
    return std::nullopt;
  }
}

}  // namespace

struct FileWatcher::State {
  std::vector<std::filesystem::path> files;
  std::vector<std::optional<std::string>> contents;
  int inotify = -1;

  ~State() {
    if (inotify >= 0) ::close(inotify);
  }

  bool watch_folders() {
    inotify = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (inotify < 0) return false;
    std::set<std::filesystem::path> folders;
    for (const auto& file : files) folders.insert(file.has_parent_path() ? file.parent_path() : ".");
    constexpr std::uint32_t kEvents = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_MODIFY;
    for (const auto& folder : folders) {
      if (::inotify_add_watch(inotify, folder.c_str(), kEvents | IN_ONLYDIR) >= 0) continue;
      if (errno == ENOENT || errno == ENOTDIR)
        throw DataError(folder.string() + ": expected a folder to watch, there is none");
      return false;  // out of watches, or a file system without them
    }
    return true;
  }

  void drain() const {
    alignas(inotify_event) std::array<char, 4096> events{};
    while (::read(inotify, events.data(), events.size()) > 0) {
    }
  }

  std::vector<std::filesystem::path> take_changes() {
    std::vector<std::filesystem::path> changed;
    for (std::size_t i = 0; i < files.size(); ++i) {
      auto content = content_of(files[i]);
      if (!content || content == contents[i]) continue;  // a file that is away for a moment is about to come back
      contents[i] = std::move(content);
      changed.push_back(files[i]);
    }
    return changed;
  }
};

FileWatcher::FileWatcher(std::vector<std::filesystem::path> files) : state_(std::make_unique<State>()) {
  state_->files = std::move(files);
  if (!state_->watch_folders() && state_->inotify >= 0) {
    ::close(state_->inotify);
    state_->inotify = -1;
  }
  for (const auto& file : state_->files) state_->contents.push_back(content_of(file));
}

FileWatcher::~FileWatcher() = default;

std::vector<std::filesystem::path> FileWatcher::wait(milliseconds timeout, int stop_descriptor) {
  const auto end = Clock::now() + timeout;
  bool something_happened = true;  // a change may have come between two calls
  for (;;) {
    if (something_happened || state_->inotify < 0) {
      auto changed = state_->take_changes();
      if (!changed.empty()) return changed;
    }
    const auto left = std::chrono::duration_cast<milliseconds>(end - Clock::now());
    if (left.count() <= 0) return {};

    // Sleep until something happens in a folder, then until it has stopped happening.
    std::array<pollfd, 2> waits{{{stop_descriptor, POLLIN, 0}, {state_->inotify, POLLIN, 0}}};
    const milliseconds nap = state_->inotify >= 0 ? left : std::min(left, kPollPeriod);
    something_happened = false;
    while (true) {
      const milliseconds pause = something_happened ? kQuiet : nap;
      const int ready =
          ::poll(waits.data(), waits.size(), static_cast<int>(std::min<std::int64_t>(pause.count(), 1 << 30)));
      if (ready > 0 && (waits[0].revents & (POLLIN | POLLHUP)) != 0) return {};
      if (ready > 0 && (waits[1].revents & POLLIN) != 0) {
        state_->drain();
        something_happened = true;
        continue;
      }
      break;  // quiet, or interrupted: look at the clock again
    }
  }
}

}  // namespace handbuilt::grader

#include "grader/sandbox/launcher/bubblewrap.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "core/error.hpp"

namespace handbuilt::grader {

namespace {

namespace fs = std::filesystem;

constexpr const char* kLauncherInside = "/run/handbuilt_sandbox";
constexpr const char* kMostTemporaryBytes = "16777216";

std::string bubblewrap_program() {
  for (const char* path : {"/usr/bin/bwrap", "/bin/bwrap", "/usr/local/bin/bwrap"})
    if (::access(path, X_OK) == 0) return path;
  throw Error("bubblewrap is not installed (apt-get install -y bubblewrap)");
}

class Words {
 public:
  void add(std::initializer_list<std::string> words) { words_.insert(words_.end(), words); }
  /// Shows a path of the outside inside; a link as the link it is.
  void show(const std::string& path) {
    std::error_code error;
    const fs::file_status status = fs::symlink_status(path, error);
    if (status.type() == fs::file_type::symlink)
      add({"--symlink", fs::read_symlink(path).string(), path});
    else if (fs::exists(status))
      add({"--ro-bind", path, path});
  }
  [[nodiscard]] std::vector<std::string>& words() { return words_; }

 private:
  std::vector<std::string> words_;
};

std::vector<std::string> inside_again(const Order& order) {
  std::vector<std::string> words{kLauncherInside,
                                 "graded",
                                 order.kind == JobKind::worker ? "worker" : "compiler",
                                 "--inside",
                                 "--cpu",
                                 std::to_string(order.limits.cpu_seconds),
                                 "--memory",
                                 std::to_string(order.limits.memory_mb),
                                 "--"};
  words.insert(words.end(), order.command.begin(), order.command.end());
  return words;
}

}  // namespace

void enter_bubblewrap(const Order& order) {
  const std::string self = fs::read_symlink("/proc/self/exe").string();
  Words words;
  words.add({bubblewrap_program(), "--unshare-user", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts",
             "--unshare-cgroup-try", "--die-with-parent", "--as-pid-1", "--cap-drop", "ALL"});
  for (const std::string& path : system_folders(order.kind)) words.show(path);
  words.add({"--dev-bind", "/dev/null", "/dev/null", "--size", kMostTemporaryBytes, "--tmpfs", "/tmp"});
  words.add({"--ro-bind", self, kLauncherInside});
  for (const std::string& path : order.readable) words.add({"--ro-bind", path, path});
  for (const std::string& path : order.writable) words.add({"--bind", path, path});
  words.add({"--remount-ro", "/", "--chdir", "/tmp", "--"});
  std::vector<char*> argv;
  for (std::string& word : words.words()) argv.push_back(word.data());
  std::vector<std::string> inside = inside_again(order);
  for (std::string& word : inside) argv.push_back(word.data());
  argv.push_back(nullptr);
  ::execve(argv[0], argv.data(), environ);
  fail("cannot run bubblewrap");
}

}  // namespace handbuilt::grader

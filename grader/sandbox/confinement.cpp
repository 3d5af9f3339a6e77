#include "grader/sandbox/confinement.hpp"

namespace handbuilt::grader {

std::filesystem::path launcher_path() {
  static const auto path = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "handbuilt_sandbox";
  return path;
}

std::vector<std::string> confined(const std::vector<std::string>& command, const Limits& limits,
                                  const Confinement& confinement) {
  if (confinement.mode == SandboxMode::local) return command;
  std::vector<std::string> words{launcher_path().string(), std::string(to_string(confinement.mode)),
                                 confinement.kind == JobKind::worker ? "worker" : "compiler"};
  const auto add = [&](const char* name, const std::string& value) { words.insert(words.end(), {name, value}); };
  add("--cpu", std::to_string(limits.cpu_seconds));
  add("--memory", std::to_string(limits.memory_mb));
  if (confinement.uid >= 0) add("--uid", std::to_string(confinement.uid));
  for (const auto& path : confinement.readable) add("--read", path.string());
  for (const auto& path : confinement.writable) add("--write", path.string());
  words.emplace_back("--");
  words.insert(words.end(), command.begin(), command.end());
  return words;
}

}  // namespace handbuilt::grader

#include "grader/sandbox/launcher/order.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "core/error.hpp"

namespace handbuilt::grader {

Order read_order(const std::vector<std::string>& words) {
  if (words.size() < 2) throw Error("this program is run by the grader");
  Order order;
  order.mode = sandbox_mode_named(words[0]);
  order.kind = words[1] == "compiler" ? JobKind::compiler : JobKind::worker;
  std::size_t at = 2;
  const auto value = [&]() -> const std::string& {
    if (at + 1 >= words.size()) throw Error("expected a value after " + words[at]);
    return words[++at];
  };
  for (; at < words.size() && words[at] != "--"; ++at) {
    const std::string& word = words[at];
    if (word == "--inside")
      order.is_inside = true;
    else if (word == "--uid")
      order.uid = std::atoi(value().c_str());
    else if (word == "--cpu")
      order.limits.cpu_seconds = std::atof(value().c_str());
    else if (word == "--memory")
      order.limits.memory_mb = std::atoi(value().c_str());
    else if (word == "--read")
      order.readable.push_back(value());
    else if (word == "--write")
      order.writable.push_back(value());
    else
      throw Error("no option " + word);
  }
  for (++at; at < words.size(); ++at) order.command.push_back(words[at]);
  if (order.command.empty()) throw Error("expected a command after --");
  return order;
}

void fail(const std::string& what) { throw Error(what + ": " + std::strerror(errno)); }

std::vector<std::string> system_folders(JobKind kind) {
  // Not /usr whole: /usr/local, /usr/src and /usr/share may hold anything, a house among it.
  std::vector<std::string> folders{"/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/libx32",     "/lib",
                                   "/lib32",   "/lib64",     "/libx32",    "/etc/ld.so.cache"};
  if (kind == JobKind::compiler)
    folders.insert(folders.end(), {"/usr/bin", "/bin", "/usr/include", "/usr/libexec", "/etc/alternatives",
                                   "/usr/x86_64-linux-gnu", "/usr/aarch64-linux-gnu"});
  return folders;
}

}  // namespace handbuilt::grader

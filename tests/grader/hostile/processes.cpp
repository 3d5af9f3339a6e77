#include "tests/grader/hostile/processes.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

namespace handbuilt::test {

namespace fs = std::filesystem;

std::vector<std::string> processes_with(const std::string& piece) {
  std::vector<std::string> found;
  std::error_code error;
  for (fs::directory_iterator entry("/proc", error), end; !error && entry != end; entry.increment(error)) {
    std::ifstream file(entry->path() / "cmdline");
    std::ostringstream text;
    text << file.rdbuf();  // nothing of a process that has ended meanwhile, where an iterator would throw
    std::string line = text.str();
    std::replace(line.begin(), line.end(), '\0', ' ');
    if (line.find(piece) != std::string::npos) found.push_back(entry->path().filename().string() + " " + line);
  }
  return found;
}

std::vector<std::string> processes_left_with(const std::string& piece) {
  std::vector<std::string> left = processes_with(piece);
  for (int look = 0; look < 100 && !left.empty(); ++look) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    left = processes_with(piece);
  }
  return left;
}

}  // namespace handbuilt::test

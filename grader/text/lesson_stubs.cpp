#include "grader/text/lesson_stubs.hpp"

#include <vector>

#include "core/file.hpp"
#include "grader/text/stub.hpp"

namespace handbuilt::grader {

std::map<std::string, std::string> lesson_stubs(const std::filesystem::path& root, const LessonInfo& lesson) {
  std::map<std::string, std::vector<std::string>> tasks_of_file;
  for (const TaskInfo& task : lesson.tasks) tasks_of_file[task.file].push_back(task.id);
  std::map<std::string, std::string> stubs;
  for (const auto& [file, tasks] : tasks_of_file) {
    const std::filesystem::path solution = std::filesystem::path("solutions") / lesson.id / file;
    stubs[file] = make_stub(read_file(root / solution), solution, tasks);
  }
  return stubs;
}

}  // namespace handbuilt::grader

// Writes exercises/ from solutions/: `ninja -C build/default exercises`.
#include <fmt/format.h>

#include <filesystem>
#include <iostream>
#include <set>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/file.hpp"
#include "grader/lesson_toml.hpp"
#include "grader/text/stub.hpp"

namespace {

namespace fs = std::filesystem;
using namespace handbuilt::grader;

void report(const fs::path& exercise, StubState state) {
  if (state == StubState::kWritten) fmt::print("{}: written\n", exercise.string());
  if (state == StubState::kEdited) fmt::print("{}: left as it is, someone has worked in it\n", exercise.string());
  if (state == StubState::kOutdated)
    fmt::print("{}: left as it is, someone has worked in it; outside its fences the course has changed\n",
               exercise.string());
}

/// Every file of a lesson's tasks must have its solution, or there is nothing to make the stub from.
void write_lesson(const fs::path& root, const fs::path& lesson_toml) {
  const LessonInfo lesson = read_lesson(lesson_toml);
  std::set<std::string> done;
  for (const TaskInfo& task : lesson.tasks) {
    if (!done.insert(task.file).second) continue;
    std::vector<std::string> tasks;
    for (const TaskInfo& other : lesson.tasks)
      if (other.file == task.file) tasks.push_back(other.id);
    const fs::path solution = root / "solutions" / lesson.id / task.file;
    const fs::path exercise = root / "exercises" / lesson.id / task.file;
    report(fs::relative(exercise, root),
           write_stub(exercise, make_stub(handbuilt::read_file(solution), fs::relative(solution, root), tasks)));
  }
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) {
    std::cerr << "usage: write_stubs ROOT\n";
    return 2;
  }
  try {
    const fs::path root = words[1];
    for (const fs::directory_entry& entry : fs::directory_iterator(root / "lessons"))
      if (fs::exists(entry.path() / "lesson.toml")) write_lesson(root, entry.path() / "lesson.toml");
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "write_stubs: " << error.what() << '\n';
    return 2;
  }
}

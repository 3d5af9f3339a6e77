// Writes exercises/ from solutions/: `ninja -C build/default exercises`.
#include <fmt/format.h>

#include <filesystem>
#include <iostream>
#include <string>

#include "grader/lesson_toml.hpp"
#include "grader/text/lesson_stubs.hpp"
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

void write_lesson(const fs::path& root, const LessonInfo& lesson) {
  for (const auto& [file, stub] : lesson_stubs(root, lesson)) {
    const fs::path exercise = root / "exercises" / lesson.id / file;
    report(fs::relative(exercise, root), write_stub(exercise, stub));
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
      if (fs::exists(entry.path() / "lesson.toml")) write_lesson(root, read_lesson(entry.path() / "lesson.toml"));
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "write_stubs: " << error.what() << '\n';
    return 2;
  }
}

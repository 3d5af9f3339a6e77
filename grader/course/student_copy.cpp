#include "grader/course/student_copy.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/file.hpp"
#include "grader/text/lesson_stubs.hpp"

namespace handbuilt::grader {

namespace {

namespace fs = std::filesystem;

/// Where files stay behind; "*" is any one folder.
constexpr auto kNotForStudents = std::to_array<std::string_view>({
    ".ci",
    "solutions",
    "exercises",
    "tests/exercises/*/wrong",
    "tests/exercises/*/right",
    "tests/exercises/gates.cpp",
    "tests/exercises/similarity_test.cpp",
    "tests/exercises/variant.cpp",
    "tests/exercises/variant.hpp",
    "tests/grader/grading",
    "tests/grader/similarity",
    "tests/system",
    "docs/teaching",
    "kits",
});

bool lies_under(const fs::path& file, const fs::path& place) {
  const auto same = [](const fs::path& part, const fs::path& name) { return part == "*" || part == name; };
  return std::mismatch(place.begin(), place.end(), file.begin(), file.end(), same).first == place.end();
}

void copy_one(const fs::path& from, const fs::path& to) {
  const fs::file_status status = fs::symlink_status(from);
  if (!fs::is_regular_file(status) && !fs::is_symlink(status)) return;
  fs::create_directories(to.parent_path());
  if (from.extension() == ".md" && fs::is_regular_file(status))
    write_file(to, quoting_exercises(read_file(from)));
  else
    fs::copy(from, to, fs::copy_options::copy_symlinks);
}

}  // namespace

bool is_for_students(const fs::path& file) {
  return std::none_of(kNotForStudents.begin(), kNotForStudents.end(),
                      [&](std::string_view place) { return lies_under(file, place); });
}

std::string quoting_exercises(const std::string& text) {
  constexpr std::string_view kFrom = "<!-- code: solutions/", kTo = "<!-- code: exercises/";
  std::string result = text;
  for (std::size_t at = result.find(kFrom); at != std::string::npos; at = result.find(kFrom, at + kTo.size()))
    result.replace(at, kFrom.size(), kTo);
  return result;
}

void write_student_copy(const House& house, const std::vector<fs::path>& files, const fs::path& folder) {
  for (const fs::path& file : files)
    if (is_for_students(file)) copy_one(house.root / file, folder / file);
  const House copy = open_house(folder);
  for (const LessonInfo& lesson : copy.lessons) {
    for (const auto& [file, stub] : lesson_stubs(house.root, lesson)) {
      fs::create_directories(copy.exercise_folder(lesson));
      write_file(copy.exercise_folder(lesson) / file, stub);
    }
  }
}

}  // namespace handbuilt::grader

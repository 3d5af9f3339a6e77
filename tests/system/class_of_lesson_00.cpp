#include "system/class_of_lesson_00.hpp"

#include <algorithm>

#include "core/file.hpp"

namespace handbuilt::test {

namespace fs = std::filesystem;

namespace {

const fs::path kRoot = HANDBUILT_SOURCE_DIR;

std::string answer(int kind) {
  const std::string body = kind == 1 ? "  return values.empty() ? 0 : values[0];\n" : "  return sum(values);\n";
  return "#include \"tasks.hpp\"\n\ndouble tour::mean(const std::vector<double>& values) {\n" + body + "}\n";
}

}  // namespace

fs::path mean_of(int student, const fs::path& submissions) {
  return submissions / ("student" + std::to_string(student)) / "00_tour" / "mean.cpp";
}

void class_of(const fs::path& submissions, int students) {
  for (int i = 0; i < students; ++i) {
    fs::create_directories(mean_of(i, submissions).parent_path());
    const std::string solution = read_file(kRoot / "solutions/00_tour/mean.cpp");
    write_file(mean_of(i, submissions), i % 3 == 0 ? solution : answer(i % 3));
  }
}

grader::Command grade_class(const fs::path& submissions, const fs::path& out, const std::vector<std::string>& words) {
  grader::Command command{
      {(kRoot / "course").string(), "grade-class", submissions.string(), "--out", out.string(), "--sandbox", "none"},
      {},
      {}};
  if (std::find(words.begin(), words.end(), "--lesson") == words.end())
    command.words.insert(command.words.end(), {"--lesson", "00"});
  command.words.insert(command.words.end(), words.begin(), words.end());
  return command;
}

std::map<std::string, std::string> final_files(const fs::path& out) {
  std::map<std::string, std::string> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(out)) {
    const std::string path = entry.path().lexically_relative(out).string();
    if (entry.is_regular_file() && !path.starts_with(".state") && !path.starts_with("timings."))
      files[path] = read_file(entry.path());
  }
  return files;
}

}  // namespace handbuilt::test

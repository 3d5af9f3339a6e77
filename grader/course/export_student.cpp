#include <fmt/format.h>

#include <map>

#include "core/error.hpp"
#include "core/file.hpp"
#include "grader/course/commands.hpp"
#include "grader/course/git.hpp"
#include "grader/course/hidden_tests.hpp"
#include "grader/course/process.hpp"
#include "grader/course/staging.hpp"
#include "grader/course/student_copy.hpp"

namespace handbuilt::grader {

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_outside(std::vector<fs::path> files, const fs::path& root, const fs::path& folder) {
  const fs::path hidden = fs::weakly_canonical(folder);
  std::erase_if(files, [&](const fs::path& file) {
    return *fs::weakly_canonical(root / file).lexically_relative(hidden).begin() != "..";
  });
  return files;
}

void write_hidden_counts(const fs::path& copy, const std::map<std::string, int>& counts) {
  for (const auto& [lesson, count] : counts) {
    const fs::path toml = copy / "lessons" / lesson / "lesson.toml";
    write_file(toml, with_hidden_tests(read_file(toml), count));
  }
}

}  // namespace

int run_export_student(const House& house, const ExportOptions& options) {
  if (!fs::is_directory(house.root / "solutions"))
    throw ValueError("this is a student's copy already: it has no solutions/ to make exercises from");
  if (!is_program("git")) throw Error("git is missing: apt-get install -y git");
  const fs::path place = free_place(options.folder);
  std::map<std::string, int> hidden;
  if (!options.hidden.empty()) hidden = count_hidden_tests(house, options.hidden);

  const Staging staging(place);
  std::vector<fs::path> files = files_worth_keeping(house.root, staging.folder());
  if (!options.hidden.empty()) files = files_outside(std::move(files), house.root, options.hidden);
  write_student_copy(house, files, staging.content());
  write_hidden_counts(staging.content(), hidden);
  commit_all(staging.content(), "Begin the course");
  fs::rename(staging.content(), place);

  fmt::print("{} is a student's copy: {} lessons, no solutions, one commit\n", options.folder.string(),
             open_house(place).lessons.size());
  for (const auto& [lesson, count] : hidden)
    fmt::print("{}: says that {} hidden tests run on submission\n", lesson, count);
  return 0;
}

}  // namespace handbuilt::grader

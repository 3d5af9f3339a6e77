#include <fmt/format.h>
#include <stdlib.h>

#include <cerrno>
#include <cstring>
#include <map>

#include "core/error.hpp"
#include "core/file.hpp"
#include "grader/course/commands.hpp"
#include "grader/course/git.hpp"
#include "grader/course/hidden_tests.hpp"
#include "grader/course/process.hpp"
#include "grader/course/student_copy.hpp"

namespace handbuilt::grader {

namespace {

namespace fs = std::filesystem;

/// A folder beside the place where its content will end up, gone when this ends. The content has a folder of its own
/// there, because the outer one is for the user's eyes only.
class Staging {
 public:
  explicit Staging(const fs::path& destination) {
    fs::create_directories(destination.parent_path());
    std::string name = (destination.parent_path() / ".handbuilt-copy-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
      throw DataError(
          fmt::format("{}: cannot make a folder beside it: {}", destination.string(), std::strerror(errno)));
    folder_ = name;
    fs::create_directory(content());
  }
  ~Staging() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;

  [[nodiscard]] const fs::path& folder() const { return folder_; }
  [[nodiscard]] fs::path content() const { return folder_ / "content"; }

 private:
  fs::path folder_;
};

/// The folder to make, absolute. Throws ValueError unless it is absent or empty.
fs::path free_place(const fs::path& folder) {
  const fs::path whole = fs::weakly_canonical(fs::absolute(folder));
  const fs::path place = whole.has_filename() ? whole : whole.parent_path();
  if (fs::exists(place) && !fs::is_directory(place))
    throw ValueError(fmt::format("{}: expected a new or an empty folder, found a file", folder.string()));
  if (fs::exists(place) && !fs::is_empty(place))
    throw ValueError(fmt::format("{}: expected a new or an empty folder, this one holds files", folder.string()));
  return place;
}

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

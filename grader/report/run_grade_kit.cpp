#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

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

/// The options of `grade` that the kit carries; `hidden` is how its script names the hidden tests, empty for none.
std::vector<std::string> grade_options(const House& house, const KitOptions& options, const std::string& hidden) {
  std::vector<std::string> words;
  for (const std::string& name : options.lessons) {
    const Place place = find_place(house, name);
    if (place.lesson->tasks.empty()) throw ValueError(fmt::format("lesson {} has no tasks", place.lesson->id));
    words.insert(words.end(), {"--lesson", place.lesson->id});
  }
  if (options.sandbox != "auto") words.insert(words.end(), {"--sandbox", options.sandbox});
  if (!hidden.empty()) words.insert(words.end(), {"--hidden", hidden});
  return words;
}

/// A file of kits/PLATFORM with its mode.
void copy_template(const House& house, const fs::path& file, const fs::path& to) {
  fs::copy_file(house.root / "kits" / file, to / file.filename());
}

/// What grades: the course without answers, as students get it, and the hidden tests beside it.
void write_course(const House& house, const KitOptions& options, const Staging& staging) {
  const fs::path scratch = staging.folder() / "scratch", course = staging.content() / "handbuilt";
  fs::create_directories(scratch);
  fs::create_directories(course);
  write_student_copy(house, files_worth_keeping(house.root, scratch), course);
  if (options.hidden.empty()) return;
  count_hidden_tests(house, options.hidden);  // refuses a folder without any
  fs::copy(options.hidden, staging.content() / "hidden", fs::copy_options::recursive);
}

void write_gradescope(const House& house, const KitOptions& options, const Staging& staging) {
  for (const char* file : {"gradescope/setup.sh", "gradescope/run_autograder"})
    copy_template(house, file, staging.content());
  const std::string hidden = options.hidden.empty() ? "" : "$autograder/source/hidden";
  std::string words;
  for (const std::string& word : grade_options(house, options, hidden)) words += fmt::format(" \"{}\"", word);
  if (!hidden.empty()) words += " --hidden-visibility " + options.hidden_visibility;
  std::string lessons;
  for (const std::string& name : options.lessons) lessons += find_place(house, name).lesson->id + " ";
  write_file(staging.content() / "kit.conf",
             fmt::format("# What run_autograder passes to ./course grade, and when it stops by itself.\n"
                         "# shellcheck shell=bash disable=SC2034,SC2154\nlessons=({})\noptions=({})\nseconds={}\n",
                         lessons, words.empty() ? "" : words.substr(1), options.seconds));
}

void write_classroom50(const House& house, const KitOptions& options, const Staging& staging) {
  copy_template(house, "classroom50/autograder.py", staging.content());
  std::string words;
  for (const std::string& word : grade_options(house, options, options.hidden.empty() ? "" : "@hidden"))
    words += fmt::format("{}\"{}\"", words.empty() ? "" : ", ", word);
  write_file(staging.content() / "kit.json",
             fmt::format("{{\"options\": [{}], \"seconds\": {}}}\n", words, options.seconds));
}

/// The workflow alone: it checks the course out by itself.
void write_github(const House& house, const KitOptions& options, const Staging& staging) {
  if (!options.hidden.empty())
    throw ValueError(
        "a workflow cannot carry hidden tests: put them into the repository of the course and add --hidden to its "
        "line");
  std::string workflow = read_file(house.root / "kits/github/classroom.yml");
  const std::string mark = "OPTIONS";
  workflow.replace(workflow.find(mark), mark.size(), shell_words({grade_options(house, options, ""), {}, {}}));
  fs::create_directories(staging.content() / ".github/workflows");
  write_file(staging.content() / ".github/workflows/classroom.yml", workflow);
}

}  // namespace

int run_grade_kit(const House& house, const KitOptions& options) {
  if (!fs::is_directory(house.root / "solutions") || !fs::is_directory(house.root / "kits"))
    throw ValueError("this is a student's copy: kits are made from the instructor's");
  if (options.lessons.empty()) throw ValueError("a kit grades named lessons: add --lesson LESSON");
  const fs::path place = free_place(options.out);
  const Staging staging(place);
  if (options.platform == "github") {
    write_github(house, options, staging);
  } else {
    if (!is_program("git")) throw Error("git is missing: apt-get install -y git");
    write_course(house, options, staging);
    if (options.platform == "gradescope")
      write_gradescope(house, options, staging);
    else
      write_classroom50(house, options, staging);
  }
  fs::rename(staging.content(), place);
  fmt::print("{} is ready for {}; docs/instructors.md says what to do with it\n", options.out.string(),
             options.platform);
  return 0;
}

}  // namespace handbuilt::grader

// What goes into a student's copy, on a course of one lesson made for it. tests/system/student_copy_test.cpp looks at a
// copy of the real one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/file.hpp"
#include "grader/course/commands.hpp"
#include "grader/course/hidden_tests.hpp"
#include "grader/course/process.hpp"
#include "grader/course/student_copy.hpp"
#include "support/message_of.hpp"
#include "support/temporary_folder.hpp"

namespace handbuilt::grader {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(IsForStudents, WhatOneReadsAndRuns) {
  for (const char* file : {"course", "README.md", "lessons/10_convnet/ANSWERS.md", "lib/nn/conv2d.cpp",
                           "tests/exercises/10_convnet/judge.cpp", "tests/exercises/10_convnet/reference.hpp"})
    EXPECT_TRUE(is_for_students(file)) << file;
}

TEST(IsForStudents, NotTheAnswersNorWhatNeedsThem) {
  for (const char* file : {"solutions/10_convnet/conv2d_forward.cpp", "exercises/10_convnet/conv2d_forward.cpp",
                           "tests/exercises/10_convnet/wrong/flipped.toml", "tests/exercises/00_tour/right/other.toml",
                           "tests/exercises/gates.cpp", "tests/system/course_test.cpp", "docs/teaching/00_tour.md"})
    EXPECT_FALSE(is_for_students(file)) << file;
}

TEST(QuotingExercises, TurnsEveryQuoteOfASolutionAndNoOther) {
  EXPECT_EQ(quoting_exercises("<!-- code: solutions/a.cpp#b -->\n<!-- code: lib/c.cpp#d -->\nsolutions/ "
                              "<!-- code: solutions/e.cpp#f -->\n"),
            "<!-- code: exercises/a.cpp#b -->\n<!-- code: lib/c.cpp#d -->\nsolutions/ "
            "<!-- code: exercises/e.cpp#f -->\n");
}

TEST(WithHiddenTests, PutsTheNumberAboveTheTasks) {
  EXPECT_EQ(with_hidden_tests("title = \"T\"\n[[task]]\nid = \"a\"\n[[task]]\n", 3),
            "title = \"T\"\nhidden_tests = 3\n\n[[task]]\nid = \"a\"\n[[task]]\n");
}

TEST(WithHiddenTests, ReplacesAnEarlierNumber) {
  EXPECT_EQ(with_hidden_tests("hidden_tests = 9\ntitle = \"T\"\n", 3), "title = \"T\"\nhidden_tests = 3\n\n");
}

constexpr const char* kSolution =
    "#include \"tasks.hpp\"\n\nint first::answer() {\n  // BEGIN SOLUTION answer\n  return 42;\n  // END SOLUTION\n}\n";

/// A course of one lesson, in which somebody has worked.
class ExportStudent : public testing::Test {
 protected:
  ExportStudent() {
    write("lessons/01_first/lesson.toml",
          "title = \"First\"\n[[task]]\nid = \"answer\"\nfile = \"answer.cpp\"\ntitle = \"Answer\"\npoints = 1\n");
    write("solutions/01_first/answer.cpp", kSolution);
    write("exercises/01_first/answer.cpp", kSolution);  // the instructor's own work
    write("README.md", "What it is.\n");
    write("course", "#!/bin/sh\n");
    fs::permissions(root() / "course", fs::perms::owner_exec, fs::perm_options::add);
    write(".gitignore", "/build/\n*~\n");
  }

  void SetUp() override {
    if (!is_program("git")) GTEST_SKIP() << "git is missing: apt-get install -y git";
  }

  /// The course under version control, with what lies there already; what comes later is not committed.
  void commit() const {
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"git", "init", "--quiet"}, {"git", "add", "--all"}})
      ASSERT_EQ(capture({words, root(), {}}).exit_code, 0);
  }

  void write(const std::string& file, const std::string& text) const {
    fs::create_directories((scratch_ / "course" / file).parent_path());
    write_file(scratch_ / "course" / file, text);
  }

  void export_to(const fs::path& folder, const fs::path& hidden = {}) const {
    testing::internal::CaptureStdout();
    const int exit_code = run_export_student(open_house(root()), {folder, hidden});
    testing::internal::GetCapturedStdout();
    EXPECT_EQ(exit_code, 0);
  }
  [[nodiscard]] std::string refusal(const fs::path& folder, const fs::path& hidden = {}) const {
    return test::message_of<Error>([&] { run_export_student(open_house(root()), {folder, hidden}); });
  }

  /// All files of the copy, named from its root, without git's own.
  [[nodiscard]] std::vector<std::string> files_of_copy() const {
    std::vector<std::string> files;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(copy()))
      if (const std::string name = entry.path().lexically_relative(copy()).string();
          entry.is_regular_file() && !name.starts_with(".git/"))
        files.push_back(name);
    std::sort(files.begin(), files.end());
    return files;
  }
  [[nodiscard]] fs::path root() const { return scratch_ / "course"; }
  [[nodiscard]] fs::path copy() const { return scratch_ / "copies" / "copy"; }

 private:
  test::TemporaryFolder scratch_;
};

TEST_F(ExportStudent, LeavesOutWhatGitDoesNotTrack) {
  commit();
  for (const char* junk : {"build/default/a.o", ".progress/01.json", "out/figure.svg", "README.md~", "notes.txt"})
    write(junk, "junk");
  export_to(copy());
  EXPECT_THAT(files_of_copy(), ElementsAre(".gitignore", "README.md", "course", "exercises/01_first/answer.cpp",
                                           "lessons/01_first/lesson.toml"));
}

TEST_F(ExportStudent, LeavesOutWhatGitignoreNamesInAFolderWithoutGit) {
  for (const char* junk : {"build/default/a.o", "README.md~"}) write(junk, "junk");
  export_to(copy());
  EXPECT_THAT(files_of_copy(), ElementsAre(".gitignore", "README.md", "course", "exercises/01_first/answer.cpp",
                                           "lessons/01_first/lesson.toml"));
}

TEST_F(ExportStudent, LeavesOutTrackedFilesThatAreGone) {
  commit();
  fs::remove(root() / "README.md");
  export_to(copy());
  EXPECT_FALSE(fs::exists(copy() / "README.md"));
}

TEST_F(ExportStudent, WritesFreshStubsWhateverStandsInTheExercises) {
  export_to(copy());
  EXPECT_EQ(read_file(copy() / "exercises/01_first/answer.cpp"),
            "#include \"tasks.hpp\"\n\nint first::answer() {\n  // BEGIN SOLUTION answer\n  not_started();\n"
            "  // END SOLUTION\n}\n");
}

TEST_F(ExportStudent, KeepsTheProgramExecutable) {
  export_to(copy());
  EXPECT_NE(fs::status(copy() / "course").permissions() & fs::perms::owner_exec, fs::perms::none);
}

TEST_F(ExportStudent, CommitsOnceUnderTheNameOfTheCourse) {
  export_to(copy());
  const Captured log = capture({{"git", "log", "--format=%an <%ae> %cn <%ce>"}, copy(), {}});
  EXPECT_EQ(log.output, "Handbuilt <course@localhost> Handbuilt <course@localhost>\n");
  EXPECT_EQ(capture({{"git", "status", "--porcelain"}, copy(), {}}).output, "");
}

TEST_F(ExportStudent, LeavesNothingBesideTheCopy) {
  export_to(copy());
  const fs::directory_iterator beside(copy().parent_path());
  EXPECT_EQ(std::distance(begin(beside), end(beside)), 1);
}

TEST_F(ExportStudent, FillsAnEmptyFolder) {
  fs::create_directories(copy());
  export_to(copy() / "");
  EXPECT_TRUE(fs::exists(copy() / "README.md"));
}

TEST_F(ExportStudent, RefusesAFolderThatHoldsSomething) {
  fs::create_directories(copy());
  write_file(copy() / "thesis.txt", "mine");
  EXPECT_THAT(refusal(copy()), HasSubstr("copy: expected a new or an empty folder, this one holds files"));
  EXPECT_THAT(files_of_copy(), ElementsAre("thesis.txt"));
}

TEST_F(ExportStudent, RefusesAFile) { EXPECT_THAT(refusal(root() / "README.md"), HasSubstr("found a file")); }

TEST_F(ExportStudent, RefusesToCopyACopy) {
  fs::remove_all(root() / "solutions");
  EXPECT_THAT(refusal(copy()), HasSubstr("a student's copy already"));
}

TEST_F(ExportStudent, LeavesNoCopyWhenASolutionIsMissing) {
  fs::remove(root() / "solutions/01_first/answer.cpp");
  EXPECT_THAT(refusal(copy()), HasSubstr("solutions/01_first/answer.cpp"));
  EXPECT_TRUE(fs::is_empty(copy().parent_path()));
}

TEST_F(ExportStudent, TellsOfHiddenTestsAndDoesNotHandThemOut) {
  write("hidden/01_first/secret.judge.cpp",
        "TEST(Answer, IsRight) {}\n  // TEST(Answer, IsNot) {}\nTEST_F(Answers, AreRight) {}\n");
  export_to(copy(), root() / "hidden");
  EXPECT_EQ(read_lesson(copy() / "lessons/01_first/lesson.toml").hidden_tests, 2);
  EXPECT_FALSE(fs::exists(copy() / "hidden"));
}

TEST_F(ExportStudent, RefusesHiddenTestsOfNoLesson) {
  write("hidden/02_second/secret.judge.cpp", "TEST(Answer, IsRight) {}\n");
  EXPECT_THAT(refusal(copy(), root() / "hidden"), HasSubstr("02_second: expected the name of a lesson"));
  EXPECT_FALSE(fs::exists(copy()));
}

TEST_F(ExportStudent, RefusesAFolderWithoutHiddenTests) {
  write("hidden/01_first/notes.txt", "TEST(Answer, IsRight) {}\n");
  EXPECT_THAT(refusal(copy(), root() / "hidden"), HasSubstr("found none"));
}

}  // namespace
}  // namespace handbuilt::grader

// A student's copy of this course: does it hold any answer, and does it work?
// tests/grader/course/export_student_test.cpp has the rules of what goes into a copy.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "core/file.hpp"
#include "grader/course/house.hpp"
#include "grader/course/process.hpp"
#include "grader/text/lesson_stubs.hpp"
#include "grader/text/lines.hpp"
#include "grader/text/stub.hpp"
#include "support/temporary_folder.hpp"

namespace handbuilt::grader {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const fs::path kRoot = HANDBUILT_SOURCE_DIR;

/// Exported once for all tests.
class StudentCopy : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (!is_program("git")) return;
    folder_ = new test::TemporaryFolder;
    exported_ = capture({{(kRoot / "course").string(), "export-student", copy().string()}, {}, {}});
  }
  static void TearDownTestSuite() {
    delete folder_;
    folder_ = nullptr;
  }
  void SetUp() override {
    if (folder_ == nullptr) GTEST_SKIP() << "git is missing: apt-get install -y git";
    ASSERT_EQ(exported_.exit_code, 0) << exported_.output;
  }

  static fs::path copy() { return *folder_ / "copy"; }

  /// The `course` program standing in the copy as its own build would put it there, without building it again.
  static Captured course_in_copy(const std::vector<std::string>& words) {
    const fs::path bin = copy() / "build" / "default" / "bin";
    fs::create_directories(bin);
    fs::copy_file(kRoot / "build" / "default" / "bin" / "course", bin / "course", fs::copy_options::overwrite_existing);
    // A compiler cache then knows the files of earlier copies, whose folders had other names.
    Command command{{(bin / "course").string()}, copy(), {"CCACHE_BASEDIR=" + copy().string(), "CCACHE_NOHASHDIR=1"}};
    command.words.insert(command.words.end(), words.begin(), words.end());
    return capture(command);
  }

 private:
  inline static test::TemporaryFolder* folder_ = nullptr;
  inline static Captured exported_;
};

/// What students may read anyway: the stubs, and lib/. A lesson's last step is to read how the library does it, and the
/// library's plain loops are the same computation.
std::string open_texts() {
  std::string texts;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(kRoot / "lib"))
    if (entry.is_regular_file()) texts += read_file(entry.path());
  for (const LessonInfo& lesson : open_house(kRoot).lessons)
    for (const auto& [file, stub] : lesson_stubs(kRoot, lesson)) texts += stub;
  return texts;
}

/// Short lines, and the head of a loop alone, say what is walked over and not what is computed.
bool is_trivial(const std::string& code) {
  constexpr std::size_t kShort = 25;
  return code.size() <= kShort || (code.starts_with("for (") && !code.ends_with(';'));
}

/// The lines that would give an answer away: those inside the fences of solutions/ that are neither trivial nor open.
std::vector<std::string> telling_lines() {
  const std::string open = open_texts();
  std::vector<std::string> telling;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(kRoot / "solutions")) {
    if (!entry.is_regular_file()) continue;
    for (const FencedSource::Fence& fence : split_fences(read_file(entry.path()), entry.path()).fences)
      for (const std::string& line : fence.body)
        if (const std::string code(trimmed(line)); !is_trivial(code) && open.find(code) == std::string::npos)
          telling.push_back(code);
  }
  return telling;
}

/// Those of the lines that the text holds anywhere.
std::vector<std::string> found_in(const std::string& text, const std::vector<std::string>& lines) {
  std::vector<std::string> found;
  for (const std::string& line : lines)
    if (text.find(line) != std::string::npos) found.push_back(line);
  return found;
}

TEST(TellingLines, AreThereToBeLookedFor) {
  EXPECT_GT(telling_lines().size(), 20U);
  EXPECT_THAT(found_in(read_file(kRoot / "solutions/00_tour/mean.cpp"), telling_lines()), Not(IsEmpty()));
}

TEST_F(StudentCopy, HoldsNoLineOfAnAnswerInAnyFile) {
  const std::vector<std::string> telling = telling_lines();
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(copy()))
    if (entry.is_regular_file()) {
      EXPECT_THAT(found_in(read_file(entry.path()), telling), IsEmpty()) << entry.path();
    }
}

TEST_F(StudentCopy, HoldsNoLineOfAnAnswerInAnyObjectOfGit) {
  const Captured objects = capture({{"git", "cat-file", "--batch", "--batch-all-objects"}, copy(), {}});
  ASSERT_EQ(objects.exit_code, 0);
  EXPECT_THAT(objects.output, HasSubstr("// END SOLUTION"));  // the stubs are among them
  EXPECT_THAT(found_in(objects.output, telling_lines()), IsEmpty());
}

TEST_F(StudentCopy, HasNoHistory) {
  EXPECT_EQ(capture({{"git", "rev-list", "--count", "--all"}, copy(), {}}).output, "1\n");
}

TEST_F(StudentCopy, HasAStubForEveryTask) {
  for (const LessonInfo& lesson : open_house(copy()).lessons)
    for (const auto& [file, stub] : lesson_stubs(kRoot, lesson))
      EXPECT_EQ(read_file(copy() / "exercises" / lesson.id / file), stub);
}

TEST_F(StudentCopy, QuotesCodeThatItHas) {
  const Captured docs = course_in_copy({"docs", "--check"});
  EXPECT_EQ(docs.exit_code, 0) << docs.output;
}

TEST_F(StudentCopy, RefusesToBeCopied) {
  const Captured refused = course_in_copy({"export-student", (copy().parent_path() / "copy of copy").string()});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.output, HasSubstr("a student's copy already"));
}

// Configures the copy and builds the judge of lesson 00 there, so it is the one slow test.
TEST_F(StudentCopy, JudgesItsFirstStubAsNotStarted) {
  const Captured checked = course_in_copy({"check", "00"});
  EXPECT_EQ(checked.exit_code, 1) << checked.output;
  EXPECT_THAT(checked.output, AllOf(HasSubstr("NOT_STARTED"), HasSubstr("0 of 1 checked tasks passed")));
}

}  // namespace
}  // namespace handbuilt::grader

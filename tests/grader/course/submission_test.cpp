#include "grader/course/submission.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/file.hpp"
#include "grader/course/process.hpp"
#include "support/temporary_folder.hpp"

namespace handbuilt::grader {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Plain C++ programs built by recorded commands, as exercise files are.
class Submission : public testing::Test {
 protected:
  [[nodiscard]] WorkerJob job(const std::string& name, const std::string& text) const {
    write_file(folder() / (name + ".cpp"), text);
    return {
        folder() / (name + ".cpp"),
        "exercises/" + name + ".cpp",
        folder() / "workers" / name,
        {{HANDBUILT_COMPILER, "-c", "{source}", "-o", "{object}"}, {HANDBUILT_COMPILER, "{object}", "-o", "{worker}"}},
        {},
        {},
        {}};
  }
  [[nodiscard]] static std::string error_of(const WorkerJob& job) {
    const fs::path file = job.worker.string() + ".compile_error";
    return fs::exists(file) ? read_file(file) : "";
  }
  [[nodiscard]] fs::path folder() const { return folder_.path(); }

 private:
  test::TemporaryFolder folder_;
};

TEST_F(Submission, BecomesAWorkerThatRuns) {
  const WorkerJob seven = job("seven", "int main() { return 7; }\n");
  build_workers({seven}, 2);
  EXPECT_EQ(capture({{seven.worker.string()}, {}, {}}).exit_code, 7);
}

TEST_F(Submission, IsBuiltAgainOnlyWhenItChanged) {
  const WorkerJob before = job("a", "int main() { return 1; }\n");
  build_workers({before}, 1);
  const auto built = fs::last_write_time(before.worker);
  build_workers({before}, 1);
  EXPECT_EQ(fs::last_write_time(before.worker), built);
  build_workers({job("a", "int main() { return 2; }\n")}, 1);
  EXPECT_EQ(capture({{before.worker.string()}, {}, {}}).exit_code, 2);
}

TEST_F(Submission, IsBuiltAgainWhenAHeaderBesideItChanged) {
  write_file(folder() / "answer.hpp", "constexpr int kAnswer = 3;\n");
  const WorkerJob student = job("a", "#include \"answer.hpp\"\nint main() { return kAnswer; }\n");
  build_workers({student}, 1);
  write_file(folder() / "answer.hpp", "constexpr int kAnswer = 4;\n");
  build_workers({student}, 1);
  EXPECT_EQ(capture({{student.worker.string()}, {}, {}}).exit_code, 4);
}

TEST_F(Submission, LeavesTheCompilersWordsUnderTheStudentsOwnPath) {
  const WorkerJob wrong = job("a", "int main() {\n  return x;\n}\n");
  build_workers({wrong}, 1);
  EXPECT_THAT(error_of(wrong), HasSubstr("exercises/a.cpp:2"));
  EXPECT_FALSE(fs::exists(wrong.worker));
}

TEST_F(Submission, MendedLeavesNoOldErrorBehind) {
  build_workers({job("a", "int main() { return x; }\n")}, 1);
  const WorkerJob mended = job("a", "int main() { return 0; }\n");
  build_workers({mended}, 1);
  EXPECT_EQ(error_of(mended), "");
  EXPECT_TRUE(fs::exists(mended.worker));
}

TEST_F(Submission, BrokenLeavesNoOldWorkerBehind) {
  build_workers({job("a", "int main() { return 0; }\n")}, 1);
  const WorkerJob broken = job("a", "int main() { return x; }\n");
  build_workers({broken}, 1);
  EXPECT_FALSE(fs::exists(broken.worker));
}

TEST_F(Submission, ThatIsMissingSaysSo) {
  WorkerJob missing = job("a", "");
  fs::remove(missing.source);
  build_workers({missing}, 1);
  EXPECT_EQ(error_of(missing), "exercises/a.cpp is not there");
}

TEST_F(Submission, IsLinkedWithTheFilesItCalls) {
  const WorkerJob piece = job("piece", "int piece() { return 5; }\n");
  WorkerJob whole = job("whole", "int piece();\nint main() { return piece(); }\n");
  whole.joined = {piece.worker};
  build_workers({whole, piece}, 2);
  EXPECT_EQ(capture({{whole.worker.string()}, {}, {}}).exit_code, 5);
}

TEST_F(Submission, NamesTheOtherFileThatKeepsItFromLinking) {
  const WorkerJob piece = job("piece", "int piece() { return x; }\n");
  WorkerJob whole = job("whole", "int piece();\nint main() { return piece(); }\n");
  whole.joined = {piece.worker};
  build_workers({whole, piece}, 2);
  EXPECT_EQ(error_of(whole), "exercises/whole.cpp calls functions of piece.cpp, which does not compile");
}

TEST_F(Submission, MayNotIncludeWhatIsOffLimits) {
  fs::create_directories(folder() / "solutions");
  write_file(folder() / "solutions" / "answer.hpp", "constexpr int kAnswer = 42;\n");
  fs::create_directories(folder() / "own");
  WorkerJob cheat = job("own/a", "#include \"../solutions/answer.hpp\"\nint main() { return kAnswer; }\n");
  cheat.off_limits = {folder() / "solutions"};
  build_workers({cheat}, 1);
  EXPECT_THAT(error_of(cheat), AllOf(HasSubstr("includes solutions/answer.hpp"), HasSubstr("may include tasks.hpp")));
  EXPECT_FALSE(fs::exists(cheat.worker));
}

LessonInfo lesson() {
  LessonInfo info;
  for (const char* name : {"a", "b", "c"}) {
    TaskInfo task;
    task.id = name;
    task.file = std::string(name) + ".cpp";
    info.tasks.push_back(task);
  }
  info.tasks[1].needs = {"a"};
  info.tasks[2].needs = {"b"};
  return info;
}

TEST(FilesOf, FollowNeedsToTheirEndInTheLessonsOrder) {
  EXPECT_THAT(files_of(lesson(), {"c"}), ElementsAre("a.cpp", "b.cpp", "c.cpp"));
  EXPECT_THAT(files_of(lesson(), {"a"}), ElementsAre("a.cpp"));
  EXPECT_THAT(files_of(lesson(), {}), ElementsAre("a.cpp", "b.cpp", "c.cpp"));
}

TEST(FilesNeededBy, LeaveTheFileItselfOut) {
  EXPECT_THAT(files_needed_by(lesson(), "b.cpp"), ElementsAre("a.cpp"));
  EXPECT_THAT(files_needed_by(lesson(), "a.cpp"), IsEmpty());
}

}  // namespace
}  // namespace handbuilt::grader

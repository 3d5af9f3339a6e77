#include "grader/text/exercise_update.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/file.hpp"
#include "grader/text/free_name.hpp"
#include "support/temporary_folder.hpp"

namespace handbuilt::grader {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

std::string source(const std::string& heading, const std::string& body) {
  return "// " + heading + "\ndouble mean() {\n  // BEGIN SOLUTION mean\n" + body + "  // END SOLUTION\n}\n";
}
const std::string kBlank = "  not_started();\n";
const std::string kWork = "\tdouble sum = 0;  \n\n  return sum;\n";  // with a tab, spaces at an end and an empty line
const std::string kOldStub = source("Divide.", kBlank);
const std::string kNewStub = source("Divide, unless there is nothing.", kBlank);

class Exercise : public testing::Test {
 protected:
  UpdatedExercise update(const std::string& stub) {
    return update_exercise(file(), stub, folder_ / "remembered/a.cpp");
  }
  [[nodiscard]] fs::path file() const { return folder_ / "a.cpp"; }
  [[nodiscard]] std::string text() const { return read_file(file()); }

 private:
  test::TemporaryFolder folder_;
};

TEST_F(Exercise, IsWrittenWhereThereIsNone) {
  EXPECT_EQ(update(kOldStub).what, ExerciseUpdate::kWritten);
  EXPECT_EQ(text(), kOldStub);
}

TEST_F(Exercise, IsLeftAloneWhileTheCourseHasNotChanged) {
  update(kOldStub);
  const std::string work = "double helper();\n" + source("my own heading", kWork);
  write_file(file(), work);
  EXPECT_EQ(update(kOldStub).what, ExerciseUpdate::kNothing);
  EXPECT_EQ(text(), work);
}

TEST_F(Exercise, FollowsTheCourseWhileNobodyHasWorkedInIt) {
  update(kOldStub);
  EXPECT_EQ(update(kNewStub).what, ExerciseUpdate::kWritten);
  EXPECT_EQ(text(), kNewStub);
}

TEST_F(Exercise, CarriesWorkOverByteForByteAndKeepsTheOldFile) {
  update(kOldStub);
  write_file(file(), source("Divide.", kWork));
  const UpdatedExercise done = update(kNewStub);
  EXPECT_EQ(done.what, ExerciseUpdate::kCarriedOver);
  EXPECT_EQ(text(), source("Divide, unless there is nothing.", kWork));
  EXPECT_EQ(done.beside.filename(), "a.cpp.before-update");
  EXPECT_EQ(read_file(done.beside), source("Divide.", kWork));
}

TEST_F(Exercise, OverwritesNoEarlierCopy) {
  update(kOldStub);
  write_file(file(), source("Divide.", kWork));
  write_file(file().string() + ".before-update", "precious");
  EXPECT_EQ(update(kNewStub).beside.filename(), "a.cpp.before-update.2");
  EXPECT_EQ(read_file(file().string() + ".before-update"), "precious");
}

TEST_F(Exercise, IsLeftWhenTheStudentChangedMoreThanTheFences) {
  update(kOldStub);
  const std::string work = "#include <cmath>\n" + source("Divide.", kWork);
  write_file(file(), work);
  const UpdatedExercise done = update(kNewStub);
  EXPECT_EQ(done.what, ExerciseUpdate::kLeft);
  EXPECT_EQ(text(), work);
  EXPECT_EQ(done.beside.filename(), "a.cpp.new");
  EXPECT_EQ(read_file(done.beside), kNewStub);
}

TEST_F(Exercise, IsLeftWhenItsTaskIsGone) {
  update(kOldStub);
  write_file(file(), source("Divide.", kWork));
  EXPECT_EQ(update("// BEGIN SOLUTION median\n// END SOLUTION\n").what, ExerciseUpdate::kLeft);
  EXPECT_EQ(text(), source("Divide.", kWork));
}

TEST_F(Exercise, IsLeftWhenAFenceIsBrokenOrItsLineEndsAreOfAnotherSystem) {
  for (const std::string& work : {std::string("double mean;\n// END SOLUTION\n"), std::string(kOldStub + "\r\n")}) {
    fs::remove(file());
    update(kOldStub);
    write_file(file(), work);
    EXPECT_EQ(update(kNewStub).what, ExerciseUpdate::kLeft) << work;
    EXPECT_EQ(text(), work);
  }
}

TEST_F(Exercise, TellsAChangeOnlyOnce) {
  update(kOldStub);
  write_file(file(), "double mean;\n");
  update(kNewStub);
  EXPECT_EQ(update(kNewStub).what, ExerciseUpdate::kNothing);
}

TEST_F(Exercise, MeetsANewFenceWithTheStubsBlank) {
  update(kOldStub);
  write_file(file(), source("Divide.", kWork));
  const std::string second = "// BEGIN SOLUTION mode\nnot_started();\n// END SOLUTION\n";
  EXPECT_EQ(update(kNewStub + second).what, ExerciseUpdate::kCarriedOver);
  EXPECT_EQ(text(), source("Divide, unless there is nothing.", kWork) + second);
}

TEST_F(Exercise, OfUnknownOriginMayHaveMoreLinesThanTheStub) {
  const std::string work = "#include <cmath>\n" + source("Divide.", kWork);
  write_file(file(), work);
  EXPECT_EQ(update(kOldStub).what, ExerciseUpdate::kNothing);
  EXPECT_EQ(text(), work);
}

TEST_F(Exercise, OfUnknownOriginIsLeftWhenLinesOfTheStubAreMissing) {
  write_file(file(), source("Divide.", kWork));
  EXPECT_EQ(update(kNewStub).what, ExerciseUpdate::kLeft);
  EXPECT_EQ(text(), source("Divide.", kWork));
}

TEST_F(Exercise, SaysWhereTheOldFileIs) {
  update(kOldStub);
  write_file(file(), source("Divide.", kWork));
  EXPECT_THAT(update(kNewStub).message("exercises/00_tour/a.cpp"),
              AllOf(HasSubstr("exercises/00_tour/a.cpp: "), HasSubstr("a.cpp.before-update")));
}

}  // namespace
}  // namespace handbuilt::grader

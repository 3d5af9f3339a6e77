#include "grader/course/json_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/error.hpp"
#include "core/file.hpp"
#include "support/message_of.hpp"
#include "support/temporary_folder.hpp"

namespace handbuilt::grader {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

class JsonFiles : public testing::Test {
 protected:
  [[nodiscard]] std::filesystem::path file(const std::string& content) const {
    write_file(folder_.path() / "file.json", content);
    return folder_.path() / "file.json";
  }
  [[nodiscard]] std::filesystem::path folder() const { return folder_.path(); }

 private:
  test::TemporaryFolder folder_;
};

TEST_F(JsonFiles, ReadsAVerdict) {
  const Verdict verdict = read_verdict(file(R"({"schema": "handbuilt/verdict/v1", "lesson": "00_tour", "seed": 7,
      "score": 0, "max_score": 1, "tasks": [{"id": "mean", "title": "The mean", "status": "WRONG", "points": 0,
      "max_points": 1, "message": "too small", "seconds": 0.1, "help": "divide", "stdout": "hello"}]})"));
  EXPECT_EQ(verdict.seed, 7U);
  EXPECT_FALSE(verdict.all_passed());
  EXPECT_EQ(verdict.tasks.at(0).help, "divide");
  EXPECT_EQ(verdict.tasks.at(0).printed, "hello");
}

TEST_F(JsonFiles, RefusesAVerdictOfAnotherForm) {
  const auto path = file(R"({"schema": "handbuilt/verdict/v9"})");
  EXPECT_THAT(test::message_of<DataError>([&] { read_verdict(path); }),
              AllOf(StartsWith(path.string()), HasSubstr("handbuilt/verdict/v9")));
}

TEST_F(JsonFiles, RefusesWhatIsTruncatedOrOfTheWrongKind) {
  for (const char* text : {"", "{\"schema\": \"handbuilt/verdict/v1\"", "[]", "{\"schema\": 3}"}) {
    const auto path = file(text);
    EXPECT_THAT(test::message_of<DataError>([&] { read_verdict(path); }), StartsWith(path.string())) << text;
    EXPECT_THAT(test::message_of<DataError>([&] { read_results(path); }), StartsWith(path.string())) << text;
  }
}

TEST_F(JsonFiles, TakesTheValueForAnIntervalThatIsNotThere) {
  const auto numbers = read_results(
      file(R"({"schema": "handbuilt/results/v1", "numbers": {"a": {"value": 2, "low": 1, "high": 3, "n": 20},
                                                             "b": {"value": 5}}})"));
  EXPECT_EQ(numbers.at("a").low, 1);
  EXPECT_EQ(numbers.at("a").n, 20);
  EXPECT_EQ(numbers.at("b").low, 5);
}

TEST_F(JsonFiles, BringsProgressBackAsItWasWritten) {
  TaskProgress passed;
  passed.verdict = {"momentum-step", "A step", "PASSED", 1, 1, "", "", "", "", "", "", "hello\xff", 0.5};
  passed.fingerprint = "00ff";
  passed.hints_shown = 2;
  write_progress(folder() / "progress.json", {{"momentum-step", passed}});
  const CourseProgress progress = read_progress(folder() / "progress.json");
  EXPECT_EQ(progress.at("momentum-step").verdict.status, "PASSED");
  EXPECT_EQ(progress.at("momentum-step").verdict.points, 1);
  EXPECT_EQ(progress.at("momentum-step").fingerprint, "00ff");
  EXPECT_EQ(progress.at("momentum-step").hints_shown, 2);
}

TEST_F(JsonFiles, TakesAMissingProgressForNone) { EXPECT_TRUE(read_progress(folder() / "none.json").empty()); }

TEST_F(JsonFiles, ReadsARecipe) {
  const Recipe recipe = read_recipe(file(R"({"files": {"mean.cpp": {
      "normal": {"compile": ["g++", "{source}"], "link": ["g++", "{object}"]},
      "sanitized": {"compile": ["g++", "-fsanitize=address"], "link": []}, "libraries": ["core.a"]}}})"));
  EXPECT_EQ(recipe.at("mean.cpp").normal.compile.at(1), "{source}");
  EXPECT_EQ(recipe.at("mean.cpp").libraries.at(0), "core.a");
}

}  // namespace
}  // namespace handbuilt::grader

// What an editor makes of an exercise: clangd, which VS Code and vim ask, reads the same settings here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "core/file.hpp"
#include "grader/course/house.hpp"
#include "grader/course/process.hpp"
#include "grader/text/lesson_stubs.hpp"

namespace handbuilt::grader {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const fs::path kRoot = HANDBUILT_SOURCE_DIR;

/// What clangd would mark in a file, and a last line that counts the errors.
Captured clangd_on(const fs::path& file) {
  // Every refactoring is tried at every word, and one that declines there, as to extract a "break", counts as an error:
  // so only one is, which has nothing to do in a stub.
  return capture({{"clangd", "--tweaks=RemoveUsingNamespace", "--check=" + file.string()}, kRoot, {}});
}

class Editor : public testing::Test {
 protected:
  void SetUp() override {
    if (!is_program("clangd")) GTEST_SKIP() << "clangd is missing: apt-get install -y clangd";
  }
};

TEST_F(Editor, FindsNoErrorInAnyStub) {
  for (const LessonInfo& lesson : open_house(kRoot).lessons)
    for (const auto& [file, stub] : lesson_stubs(kRoot, lesson)) {
      const fs::path exercise = kRoot / "exercises" / lesson.id / file;
      if (read_file(exercise) != stub) continue;  // somebody is working there
      const Captured examined = clangd_on(exercise);
      EXPECT_EQ(examined.exit_code, 0) << examined.output;
      EXPECT_THAT(examined.output, AllOf(HasSubstr("Compile command from CDB"), HasSubstr(", 0 errors"),
                                         Not(HasSubstr("[-W")), Not(HasSubstr("[clang-tidy"))));
    }
}

TEST_F(Editor, FindsNoErrorInTheLibrary) {
  EXPECT_THAT(clangd_on(kRoot / "lib/nn/conv2d.cpp").output, HasSubstr(", 0 errors"));
}

TEST(EditorSettings, AreJson) {
  for (const char* file : {"settings.json", "extensions.json", "tasks.json"})
    EXPECT_TRUE(nlohmann::json::accept(read_file(kRoot / ".vscode" / file))) << file;
}

TEST(EditorSettings, RunCommandsOfTheCourse) {
  const auto tasks = nlohmann::json::parse(read_file(kRoot / ".vscode" / "tasks.json")).at("tasks");
  for (const auto& task : tasks) {
    EXPECT_EQ(task.at("command"), "${workspaceFolder}/course");
    const std::string name = task.at("args").at(0);
    EXPECT_EQ(capture({{(kRoot / "course").string(), name, "--help"}, {}, {}}).exit_code, 0) << name;
  }
}

}  // namespace
}  // namespace handbuilt::grader

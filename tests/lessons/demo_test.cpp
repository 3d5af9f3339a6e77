#include "lessons/demo.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/file.hpp"

namespace handbuilt::lessons {
namespace {

using ::testing::HasSubstr;

/// What run_demo returned, and the options it handed on, if it did.
struct Outcome {
  int exit_code = -1;
  std::optional<DemoOptions> options;
  std::string errors;
};

Outcome run(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "demo");
  Outcome result;
  ::testing::internal::CaptureStderr();
  ::testing::internal::CaptureStdout();
  result.exit_code = run_demo(static_cast<int>(arguments.size()), arguments.data(), "00_test", "Shows how.",
                              [&](const DemoOptions& options) { result.options = options; });
  result.errors = ::testing::internal::GetCapturedStdout() + ::testing::internal::GetCapturedStderr();
  return result;
}

TEST(RunDemo, WritesIntoTheLessonsOwnFolderUnlessToldOtherwise) {
  EXPECT_EQ(run({}).options->out, "out/00_test");
  EXPECT_EQ(run({"--out", "elsewhere"}).options->out, "elsewhere");
}

TEST(RunDemo, HandsOnWhatTheCommandLineSays) {
  const DemoOptions options = *run({"--headless", "--seconds", "2.5", "--seed", "7", "--plain"}).options;
  EXPECT_TRUE(options.headless);
  EXPECT_TRUE(options.plain);
  EXPECT_EQ(options.seed, 7u);
  EXPECT_EQ(options.seconds, 2.5);
}

TEST(RunDemo, RefusesWhatItDoesNotKnow) {
  for (const std::vector<const char*>& wrong :
       std::vector<std::vector<const char*>>{{"--headles"}, {"--seconds", "-1"}, {"--seed", "one"}, {"stray"}}) {
    const Outcome refused = run(wrong);
    EXPECT_EQ(refused.exit_code, 2) << wrong.front();
    EXPECT_FALSE(refused.options) << wrong.front();
    EXPECT_THAT(refused.errors, HasSubstr(wrong.front()));
  }
}

TEST(RunDemo, ExplainsItselfAndIsContent) {
  const Outcome help = run({"--help"});
  EXPECT_EQ(help.exit_code, 0);
  EXPECT_THAT(help.errors, HasSubstr("Shows how."));
  EXPECT_FALSE(help.options);
}

TEST(RunDemo, TurnsAnExceptionIntoOneLineAndExitCodeTwo) {
  const char* arguments[] = {"demo"};
  ::testing::internal::CaptureStderr();
  const int exit_code = run_demo(1, arguments, "00_test", "Shows how.",
                                 [](const DemoOptions&) { throw DataError("digits.gz: is missing"); });
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "demo_00_test: digits.gz: is missing\n");
  EXPECT_EQ(exit_code, 2);
}

class DemoFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(::testing::TempDir()) /
              ("demo_files_" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
    std::filesystem::remove_all(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path folder_;
};

TEST_F(DemoFiles, ResultsFollowTheSchema) {
  save_results(folder_, {"00_test", 7, 1.5, {{"accuracy", {0.99, 0.98, 0.995, 2000, "share"}}, {"images", {8000}}}});
  const auto json = nlohmann::json::parse(read_file(folder_ / "results.json"));
  EXPECT_EQ(json.at("schema"), "handbuilt/results/v1");
  EXPECT_EQ(json.at("lesson"), "00_test");
  EXPECT_EQ(json.at("seed"), 7);
  EXPECT_EQ(json.at("seconds"), 1.5);
  EXPECT_EQ(json.at("numbers").at("accuracy"),
            (nlohmann::json{{"value", 0.99}, {"low", 0.98}, {"high", 0.995}, {"n", 2000}, {"unit", "share"}}));
  EXPECT_EQ(json.at("numbers").at("images"), (nlohmann::json{{"value", 8000}}));
}

TEST_F(DemoFiles, ResultsThatAreNotFiniteAreRefusedAndNotWritten) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(save_results(folder_, {"00_test", 1, 1, {{"loss", {nan}}}}), ValueError);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "results.json"));
}

TEST_F(DemoFiles, AFigureIsWrittenInBothForms) {
  save_figure(folder_, "empty", {30, 20, "empty", "nothing", {}});
  EXPECT_THAT(read_file(folder_ / "empty.svg"), HasSubstr("<svg"));
  EXPECT_EQ(read_file(folder_ / "empty.png").substr(1, 3), "PNG");
}

TEST_F(DemoFiles, AFolderThatCannotBeMadeIsNamed) {
  write_file(::testing::TempDir() + "/demo_not_a_folder", "");
  try {
    save_results(::testing::TempDir() + "/demo_not_a_folder/inside", {"00_test"});
    FAIL() << "made it";
  } catch (const DataError& error) {
    EXPECT_THAT(error.what(), HasSubstr("demo_not_a_folder/inside"));
  }
}

}  // namespace
}  // namespace handbuilt::lessons

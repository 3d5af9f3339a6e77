// Drives ./course grade and the kits for platforms as an instructor and a platform do.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "core/file.hpp"
#include "grader/course/process.hpp"
#include "support/temporary_folder.hpp"

namespace handbuilt::grader {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using std::chrono::steady_clock;
using testing::HasSubstr;
using testing::Not;

const char* const kRightMean =
    "#include <limits>\n#include \"tasks.hpp\"\ndouble tour::mean(const std::vector<double>& values) {\n"
    "  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();\n  double sum = 0;\n"
    "  for (double v : values) sum += v;\n  return sum / static_cast<double>(values.size());\n}\n";
const char* const kWrongMean =
    "#include \"tasks.hpp\"\ndouble tour::mean(const std::vector<double>& values) { return values.at(0); }\n";

class GradeCommand : public testing::Test {
 protected:
  [[nodiscard]] static fs::path root() { return HANDBUILT_SOURCE_DIR; }
  [[nodiscard]] fs::path folder() const { return temporary_.path(); }
  [[nodiscard]] fs::path report() const { return folder() / "report"; }

  /// A submission of lesson 00.
  [[nodiscard]] fs::path submission(const std::string& mean) const {
    fs::create_directories(folder() / "submission/00_tour");
    write_file(folder() / "submission/00_tour/mean.cpp", mean);
    return folder() / "submission";
  }
  [[nodiscard]] Command command(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), (root() / "course").string());
    return {arguments, folder(), {}};
  }
  [[nodiscard]] Captured grade(const std::string& mean, const std::string& format,
                               const std::vector<std::string>& more = {}) const {
    Command words = command({"grade", submission(mean).string(), "--format", format, "--out", report().string(),
                             "--sandbox", "none", "--seed", "7"});
    words.words.insert(words.words.end(), more.begin(), more.end());
    words.environment = {"CLASSROOM=ml", "ASSIGNMENT=a",  "SUBMISSION_TAG=submit/1",
                         "COMMIT_URL=c", "RELEASE_URL=r", "OWNER=ada"};
    return capture(words);
  }
  [[nodiscard]] Json written() const { return Json::parse(read_file(report())); }

 private:
  test::TemporaryFolder temporary_;
};

TEST_F(GradeCommand, ExitsWith0WhenAllPassed) {
  const Captured graded = grade(kRightMean, "json");
  EXPECT_EQ(graded.exit_code, 0) << graded.output;
  EXPECT_THAT(graded.output, HasSubstr("1 of 1 points, sandbox local, seed 7"));
  EXPECT_EQ(written().at("score"), 1);
}

TEST_F(GradeCommand, ExitsWith1WhenSomethingDidNot) {
  for (const char* format : {"json", "gradescope", "check50", "github", "junit"}) {
    EXPECT_EQ(grade(kWrongMean, format).exit_code, 1) << format;
    EXPECT_TRUE(fs::exists(report())) << format;
    fs::remove(report());
  }
}

TEST_F(GradeCommand, ExitsWith0ForClassroom50WhateverTheGrade) {
  const Captured graded = grade(kWrongMean, "classroom50");
  EXPECT_EQ(graded.exit_code, 0) << graded.output;
  EXPECT_EQ(written().at("score"), 0);
  EXPECT_EQ(written().at("owner"), "ada");
}

TEST_F(GradeCommand, ExitsWith2AndOneLineForWhatItCannotDo) {
  for (const auto& [arguments, words] : std::vector<std::pair<std::vector<std::string>, std::string>>{
           {{"grade", "nowhere", "--format", "json", "--out", "r"}, "nowhere: expected a folder"},
           {{"grade", ".", "--format", "json", "--out", "r"}, "expected exercise files"},
           {{"grade", ".", "--format", "csv", "--out", "r"}, "csv"},
           {{"grade", ".", "--format", "classroom50", "--out", "r"}, "needs CLASSROOM, ASSIGNMENT"},
           {{"grade", ".", "--format", "json", "--out", "r", "--lesson", "convent"}, "did you mean convnet"},
           {{"grade", ".", "--format", "json", "--out", "r", "--lesson", "00", "--hidden", "nowhere", "--sandbox",
             "none"},
            "nowhere: expected a folder of hidden tests"},
           {{"grade-kit", "gradescope", "--out", ".", "--lesson", "77"}, "no lesson"}}) {
    const Captured refused = capture(command(arguments));
    EXPECT_EQ(refused.exit_code, 2) << refused.output;
    EXPECT_THAT(refused.output, HasSubstr(words));
    EXPECT_FALSE(fs::exists(folder() / "r"));
  }
}

TEST_F(GradeCommand, TellsTheInstructorAloneOfHiddenTests) {
  fs::create_directories(folder() / "hidden/00_tour");
  write_file(folder() / "hidden/00_tour/own.judge.cpp",
             "#include \"grader/judge/judge.hpp\"\n#include \"tasks.hpp\"\nusing namespace handbuilt::grader;\n"
             "STUDENT(tour, mean, values);\n"
             "TEST(Mean, OfTwoClandestine) { EXPECT_ANSWER(student::mean({1.25e300, 1.25e300}), 7777.0); }\n");
  const Captured graded =
      grade(kRightMean, "gradescope", {"--hidden", "hidden", "--hidden-report", (folder() / "for-me.json").string()});
  EXPECT_EQ(graded.exit_code, 1) << graded.output;
  for (const std::string& text : {graded.output, read_file(report())}) {
    EXPECT_THAT(text, Not(HasSubstr("7777")));
    EXPECT_THAT(text, Not(HasSubstr("1.25e+300")));
  }
  EXPECT_THAT(read_file(folder() / "for-me.json"), HasSubstr("7777"));
  EXPECT_EQ(written().at("score"), 0);
}

/// Runs the command in a process group of its own.
pid_t start_group(const Command& command) {
  const pid_t child = ::fork();
  if (child > 0) return child;
  ::setpgid(0, 0);
  std::vector<char*> words;
  for (const std::string& word : command.words) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  ::execv(words[0], words.data());
  ::_exit(127);
}

/// Two tasks of lesson 10: the first right; the second waits until the judge has waited long enough, 13 seconds.
void hand_in_an_endless_wait(const fs::path& folder) {
  fs::create_directories(folder / "10_convnet");
  fs::copy_file(fs::path(HANDBUILT_SOURCE_DIR) / "solutions/10_convnet/conv2d_forward.cpp",
                folder / "10_convnet/conv2d_forward.cpp");
  write_file(folder / "10_convnet/max_pool_forward.cpp", R"(#include <unistd.h>
#include "tasks.hpp"
convnet::Pooled convnet::max_pool_forward(const Tensor&, int) {
  for (;;) ::pause();
}
)");
}

TEST_F(GradeCommand, KeepsWhatWasEarnedWhenItIsKilled) {
  hand_in_an_endless_wait(folder() / "in");
  const pid_t child =
      start_group(command({"grade", (folder() / "in").string(), "--format", "json", "--out", report().string(),
                           "--sandbox", "none", "--task", "10/conv2d-forward", "--task", "10/max-pool-forward"}));
  const auto deadline = steady_clock::now() + std::chrono::seconds(60);
  int score = 0;
  while (score == 0 && steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    if (fs::exists(report())) score = written().at("score");
  }
  ::kill(-child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  const Json kept = written();
  EXPECT_EQ(kept.at("score"), 2);
  EXPECT_EQ(kept.at("complete"), false);
  EXPECT_EQ(kept.at("lessons").at(0).at("tasks").at(0).at("status"), "PASSED");
  EXPECT_EQ(kept.at("lessons").at(0).at("tasks").at(1).at("status"), "NOT_CHECKED");
}

/// What `grade-kit` makes, laid out as its platform does. The kit's own course is what export-student makes and would
/// have to be built first; the tree at hand stands in its place.
class Kit : public GradeCommand {
 protected:
  void make(const std::string& platform, const fs::path& to, const std::vector<std::string>& more = {}) {
    if (!is_program("git")) GTEST_SKIP() << "git is missing: apt-get install -y git";
    Command words = command({"grade-kit", platform, "--out", to.string(), "--lesson", "00", "--sandbox", "none"});
    words.words.insert(words.words.end(), more.begin(), more.end());
    const Captured made = capture(words);
    ASSERT_EQ(made.exit_code, 0) << made.output;
    if (!fs::exists(to / "handbuilt")) return;
    EXPECT_TRUE(fs::exists(to / "handbuilt/course"));
    EXPECT_TRUE(fs::exists(to / "handbuilt/tests/exercises/00_tour/judge.cpp"));
    EXPECT_FALSE(fs::exists(to / "handbuilt/solutions"));
    fs::remove_all(to / "handbuilt");
    fs::create_directory_symlink(root(), to / "handbuilt");
  }
};

class GradescopeKit : public Kit {
 protected:
  [[nodiscard]] fs::path autograder() const { return folder() / "autograder"; }
  [[nodiscard]] fs::path results() const { return autograder() / "results/results.json"; }
  [[nodiscard]] Captured run(const std::string& script) const {
    return capture(
        {{(autograder() / "source" / script).string()}, folder(), {"HANDBUILT_AUTOGRADER=" + autograder().string()}});
  }
};

TEST_F(GradescopeKit, SetsUpAndGrades) {
  make("gradescope", autograder() / "source");
  const Captured set_up = run("setup.sh");
  ASSERT_EQ(set_up.exit_code, 0) << set_up.output;
  fs::create_directories(autograder() / "submission");
  write_file(autograder() / "submission/mean.cpp", kRightMean);
  const Captured graded = run("run_autograder");
  EXPECT_EQ(graded.exit_code, 0) << graded.output;
  const Json report = Json::parse(read_file(results()));
  EXPECT_EQ(report.at("score"), 1);
  EXPECT_EQ(report.at("tests").at(0).at("status"), "passed");
}

TEST_F(GradescopeKit, GradesAnUploadOfOtherFilesWithWords) {
  make("gradescope", autograder() / "source");
  fs::create_directories(autograder() / "submission");
  write_file(autograder() / "submission/essay.txt", "words");
  EXPECT_EQ(run("run_autograder").exit_code, 0);
  const Json report = Json::parse(read_file(results()));
  EXPECT_EQ(report.at("score"), 0);
  EXPECT_THAT(report.at("output").get<std::string>(), HasSubstr("00_tour/mean.cpp is not there"));
}

TEST_F(GradescopeKit, StopsByItselfAndKeepsWhatWasEarned) {
  make("gradescope", autograder() / "source");
  hand_in_an_endless_wait(autograder() / "submission");
  write_file(autograder() / "source/kit.conf",
             "options=(--sandbox none --task 10/conv2d-forward --task 10/max-pool-forward)\nseconds=7\n");
  const Captured stopped = run("run_autograder");
  EXPECT_EQ(stopped.exit_code, 0);
  EXPECT_THAT(stopped.output, HasSubstr("stopped after 7 seconds"));
  const Json report = Json::parse(read_file(results()));
  EXPECT_EQ(report.at("score"), 2);
  EXPECT_EQ(report.at("extra_data").at("complete"), false);
}

TEST_F(GradescopeKit, WritesValidResultsWhenTheCourseFails) {
  make("gradescope", autograder() / "source");
  fs::remove(autograder() / "source/handbuilt");
  EXPECT_EQ(run("run_autograder").exit_code, 0);
  EXPECT_THAT(Json::parse(read_file(results())).at("output").get<std::string>(),
              HasSubstr("The autograder itself failed"));
}

TEST_F(Kit, ForClassroom50WritesItsResult) {
  make("classroom50", folder() / "bundle");
  const Captured graded = capture(
      {{(folder() / "bundle/autograder.py").string()},
       submission(kWrongMean),
       {"CLASSROOM=ml", "ASSIGNMENT=a", "SUBMISSION_TAG=submit/1", "COMMIT_URL=c", "RELEASE_URL=r", "OWNER=ada"}});
  EXPECT_EQ(graded.exit_code, 0) << graded.output;
  const Json result = Json::parse(read_file(folder() / "submission/result.json"));
  EXPECT_EQ(result.at("schema"), "classroom50/result/v1");
  EXPECT_EQ(result.at("score"), 0);
  EXPECT_EQ(result.at("max-score"), 1);
}

/// The lines of the workflow's grading step.
std::string grading_step(const std::string& workflow) {
  const std::string mark = "        run: |\n";
  const std::size_t begin = workflow.find(mark) + mark.size();
  return workflow.substr(begin, workflow.find("      - name: Report") - begin);
}

TEST_F(Kit, ForGitHubHandsItsResultToTheReporter) {
  make("github", folder() / "kit");
  const std::string workflow = read_file(folder() / "kit/.github/workflows/classroom.yml");
  EXPECT_THAT(workflow, Not(HasSubstr("OPTIONS")));
  (void)submission(kWrongMean);
  fs::create_directory_symlink(root(), folder() / "handbuilt");
  const fs::path output = folder() / "github_output";
  const Captured step =
      capture({{"bash", "-e", "-c", grading_step(workflow)}, folder(), {"GITHUB_OUTPUT=" + output.string()}});
  EXPECT_EQ(step.exit_code, 0) << step.output;
  const Captured decoded = capture({{"sh", "-c", "sed 's/^result=//' \"$0\" | base64 -d", output.string()}, {}, {}});
  EXPECT_EQ(Json::parse(decoded.output).at("max_score"), 1) << decoded.output;
  EXPECT_EQ(Json::parse(decoded.output).at("status"), "fail");
}

}  // namespace
}  // namespace handbuilt::grader

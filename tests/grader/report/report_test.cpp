#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/file.hpp"
#include "fixed_grade.hpp"
#include "grader/report/check50.hpp"
#include "grader/report/classroom50.hpp"
#include "grader/report/github.hpp"
#include "grader/report/grade_json.hpp"
#include "grader/report/gradescope.hpp"
#include "grader/report/junit.hpp"
#include "grader/text/printable.hpp"
#include "shape.hpp"
#include "support/message_of.hpp"

namespace handbuilt::grader {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using testing::HasSubstr;
using testing::Not;

fs::path specimen(const std::string& name) {
  return fs::path(HANDBUILT_SOURCE_DIR) / "tests/grader/report/specimens" / name;
}

fs::path schema_of(const std::string& format) {
  if (format == "grade") return fs::path(HANDBUILT_SOURCE_DIR) / "docs/schemas/handbuilt-grade-v1.schema.json";
  return specimen(format + ".schema.json");
}

Classroom50Submission classroom50_submission() {
  return {"ml-2027",
          "convnet",
          "individual",
          "ada",
          "submit/2026-06-01T14-32-05Z-a1b2c3d",
          "https://github.com/x/y/commit/abc",
          "https://github.com/x/y/releases/tag/z",
          "https://github.com/x/y/compare/a...b",
          "2026-06-01T14:33:11Z"};
}

/// Every report that is JSON, by the name of its specimen.
std::map<std::string, std::string> json_reports(const Grade& grade) {
  return {{"gradescope", gradescope_report(grade)},
          {"classroom50", classroom50_report(grade, classroom50_submission())},
          {"github", github_result(grade)},
          {"check50", check50_report(grade)},
          {"grade", grade_json(grade)}};
}

std::string shape_errors_of(const Grade& grade) {
  std::vector<std::pair<fs::path, std::string>> pairs;
  for (const auto& [format, text] : json_reports(grade)) pairs.emplace_back(schema_of(format), text);
  return shape_errors(pairs) + xml_shape_errors(specimen("junit.xsd"), junit_report(grade));
}

/// A grade that was interrupted, with nothing known of any task.
Grade early_grade() {
  Grade grade = fixed_grade();
  grade.is_complete = false;
  for (Verdict& lesson : grade.lessons) {
    lesson.score = 0;
    for (TaskVerdict& task : lesson.tasks) {
      task.status = "NOT_CHECKED";
      task.points = 0;
      task.message = "not judged";
    }
  }
  return grade;
}

/// A grade in which a hidden test failed the task that passed.
Grade grade_with_hidden_tests() {
  Grade grade = fixed_grade();
  TaskVerdict& task = grade.lessons[0].tasks[0];
  grade.before_hidden_tests[task.id] = task;
  task.status = "WRONG";
  task.points = 0;
  task.note = "";
  task.printed = "";
  task.message = "think of pictures that are not square";
  grade.lessons[0].score = 0;
  return grade;
}

class Reports : public testing::Test {
 protected:
  void SetUp() override {
    if (!can_check_shapes()) GTEST_SKIP() << "needs Debian's python3-jsonschema and libxml2-utils";
  }
};

TEST_F(Reports, HaveTheShapeThatEachPlatformSpecifies) { EXPECT_EQ(shape_errors_of(fixed_grade()), ""); }

TEST_F(Reports, HaveItHalfWay) { EXPECT_EQ(shape_errors_of(early_grade()), ""); }

TEST_F(Reports, HaveItWithHiddenTests) { EXPECT_EQ(shape_errors_of(grade_with_hidden_tests()), ""); }

TEST_F(Reports, HaveItWhateverAStudentPrints) { EXPECT_EQ(shape_errors_of(hostile_grade()), ""); }

TEST_F(Reports, HaveItForNoLessonAtAll) { EXPECT_EQ(shape_errors_of(Grade{}), ""); }

TEST_F(Reports, SpecimensHaveTheShapesThemselves) {
  std::vector<std::pair<fs::path, std::string>> pairs;
  for (const auto& [format, text] : json_reports(fixed_grade()))
    pairs.emplace_back(schema_of(format), read_file(specimen(format + ".json")));
  EXPECT_EQ(shape_errors(pairs), "");
  EXPECT_EQ(xml_shape_errors(specimen("junit.xsd"), read_file(specimen("junit.xml"))), "");
}

TEST_F(Reports, OfAnotherShapeAreToldApart) {
  for (const auto& [format, key, value] :
       std::vector<std::tuple<std::string, std::string, Json>>{{"gradescope", "/tests/0/visibility", "sometimes"},
                                                               {"gradescope", "/tests/0/colour", "red"},
                                                               {"classroom50", "/tests/0/score", 1.5},
                                                               {"classroom50", "/submission", "main"},
                                                               {"github", "/tests/1/score", nullptr},
                                                               {"check50", "/results/0/cause", {{"rationale", "none"}}},
                                                               {"check50", "/results/1/cause", nullptr},
                                                               {"grade", "/sandbox", "sandy"}}) {
    Json report = Json::parse(json_reports(fixed_grade()).at(format));
    report[Json::json_pointer(key)] = value;
    EXPECT_NE(shape_errors({{schema_of(format), report.dump()}}), "") << format << " " << key;
  }
  EXPECT_NE(xml_shape_errors(specimen("junit.xsd"), "<testsuites><testcase/></testsuites>"), "");
}

TEST_F(Reports, JunitSaysWhatItsSpecimenSays) {
  EXPECT_EQ(canonical_xml(junit_report(fixed_grade())), canonical_xml(read_file(specimen("junit.xml"))));
}

TEST(ReportValues, AreThoseOfTheSpecimens) {
  for (const auto& [format, text] : json_reports(fixed_grade()))
    EXPECT_EQ(Json::parse(text), Json::parse(read_file(specimen(format + ".json")))) << format;
}

TEST(ReportValues, SayWhichSandboxWasInForce) {
  for (const SandboxMode mode : {SandboxMode::local, SandboxMode::graded, SandboxMode::contained}) {
    Grade grade = fixed_grade();
    grade.sandbox = mode;
    const std::string name(to_string(mode));
    for (const auto& [format, text] : json_reports(grade)) {
      EXPECT_THAT(text, testing::AnyOf(HasSubstr("\"sandbox\": \"" + name + '"'), HasSubstr("sandbox: " + name)))
          << format;
    }
    EXPECT_THAT(junit_report(grade), HasSubstr("name=\"sandbox\" value=\"" + name + '"'));
  }
}

TEST(ReportValues, HoldNothingOfTheGradingMachine) {
  for (const auto& [format, text] : json_reports(fixed_grade()))
    EXPECT_THAT(text, Not(HasSubstr("grading/machine"))) << format;
  EXPECT_THAT(junit_report(fixed_grade()), Not(HasSubstr("grading/machine")));
}

TEST(HostileText, LeavesNoControlCharacterInAReport) {
  auto reports = json_reports(hostile_grade());
  reports["junit"] = junit_report(hostile_grade());
  for (const auto& [format, text] : reports) {
    EXPECT_EQ(text, printable(text, true, std::size_t{1} << 24)) << format;
    EXPECT_THAT(text, Not(HasSubstr("\\u001b"))) << format;
  }
}

TEST(HostileText, CannotGiveAWorkflowACommand) {
  const std::string result = github_result(hostile_grade());
  EXPECT_THAT(result, HasSubstr("error"));
  EXPECT_THAT(result, Not(HasSubstr("::")));
  EXPECT_THAT(result, Not(HasSubstr("##[")));
}

TEST(HostileText, IsCutWhenThereIsTooMuchOfIt) {
  Grade grade = fixed_grade();
  grade.lessons[0].tasks[0].printed = std::string(65536, 'x');
  for (const std::string& text : {gradescope_report(grade), junit_report(grade)}) EXPECT_LT(text.size(), 20000U);
}

std::string decoded(const std::string& base64) {
  const std::string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  unsigned bits = 0;
  int count = 0;
  for (const char c : base64) {
    if (c == '=' || c == '\n') break;
    bits = bits << 6 | static_cast<unsigned>(digits.find(c));
    if ((count += 6) >= 8) bytes += static_cast<char>(bits >> (count -= 8) & 255);
  }
  return bytes;
}

TEST(GithubReport, IsOneLineOfBase64) {
  for (const char* name : {"a", "ab", "abc", "abcd"}) {
    Grade grade = fixed_grade();
    grade.lessons[0].tasks[0].title = name;
    const std::string report = github_report(grade);
    EXPECT_THAT(report, testing::MatchesRegex("[A-Za-z0-9+/]*=?=?\n"));
    EXPECT_EQ((report.size() - 1) % 4, 0U);
    EXPECT_EQ(decoded(report), github_result(grade));
  }
}

TEST(GithubReport, IsAnErrorWhileItIsNotComplete) {
  EXPECT_EQ(Json::parse(github_result(early_grade())).at("status"), "error");
}

TEST(GithubReport, PassesWhenEveryTaskDoes) {
  Grade grade = fixed_grade();
  grade.lessons[0].tasks.resize(1);
  grade.lessons.resize(1);
  EXPECT_EQ(Json::parse(github_result(grade)).at("status"), "pass");
}

TEST(GradescopeReport, ShowsTheOutcomeOfHiddenTestsLater) {
  const Json report = Json::parse(gradescope_report(grade_with_hidden_tests(), HiddenTestsShown::after_published));
  const Json &open = report.at("tests").at(0), &hidden = report.at("tests").at(1);
  EXPECT_EQ(open.at("status"), "passed");
  EXPECT_EQ(open.at("visibility"), "visible");
  EXPECT_FALSE(open.contains("score"));
  EXPECT_EQ(hidden.at("status"), "failed");
  EXPECT_EQ(hidden.at("visibility"), "after_published");
  EXPECT_EQ(hidden.at("score"), 0);
  EXPECT_EQ(hidden.at("max_score"), 2);
  EXPECT_EQ(report.at("leaderboard").at(0).at("value"), 1);
  EXPECT_EQ(report.at("tests").size(), 5U);
}

TEST(GradescopeReport, ShowsItAtOnceWhenTold) {
  const Json report = Json::parse(gradescope_report(grade_with_hidden_tests(), HiddenTestsShown::at_once));
  EXPECT_EQ(report.at("tests").size(), 4U);
  EXPECT_EQ(report.at("tests").at(0).at("status"), "failed");
  EXPECT_EQ(report.at("tests").at(0).at("visibility"), "visible");
}

TEST(GradescopeReport, NeverUsesTheVisibilityThatHidesEverything) {
  for (const auto shown :
       {HiddenTestsShown::at_once, HiddenTestsShown::after_due_date, HiddenTestsShown::after_published})
    for (const Json& test : Json::parse(gradescope_report(grade_with_hidden_tests(), shown)).at("tests"))
      EXPECT_NE(test.at("visibility"), "hidden");
}

std::function<std::optional<std::string>(const char*)> variables(std::map<std::string, std::string> values) {
  return [values = std::move(values)](const char* name) -> std::optional<std::string> {
    const auto found = values.find(name);
    if (found == values.end()) return std::nullopt;
    return found->second;
  };
}

const std::map<std::string, std::string> kRunner{
    {"CLASSROOM", "ml"},         {"ASSIGNMENT", "convnet"},    {"SUBMISSION_TAG", "submit/1"},
    {"COMMIT_URL", "https://c"}, {"RELEASE_URL", "https://r"}, {"USERNAME", "ada"}};

TEST(Classroom50, ReadsWhatItsRunnerSays) {
  auto values = kRunner;
  values.insert({{"REVIEW_URL", "https://v"}, {"ASSIGNMENT_TYPE", "group"}, {"OWNER", "bob"}});
  const Classroom50Submission submission = read_classroom50(variables(values), "2026-06-01T14:33:11Z");
  EXPECT_EQ(submission.classroom, "ml");
  EXPECT_EQ(submission.assignment, "convnet");
  EXPECT_EQ(submission.assignment_type, "group");
  EXPECT_EQ(submission.owner, "bob");
  EXPECT_EQ(submission.tag, "submit/1");
  EXPECT_EQ(submission.commit, "https://c");
  EXPECT_EQ(submission.release, "https://r");
  EXPECT_EQ(submission.review, "https://v");
  EXPECT_EQ(submission.graded_at, "2026-06-01T14:33:11Z");
}

TEST(Classroom50, ReviewsTheCommitWhenThereIsNothingToCompare) {
  const Classroom50Submission submission = read_classroom50(variables(kRunner), "now");
  EXPECT_EQ(submission.review, "https://c");
  EXPECT_EQ(submission.owner, "ada");
  EXPECT_EQ(submission.assignment_type, "individual");
}

TEST(Classroom50, NamesAllThatIsMissing) {
  auto values = kRunner;
  values.erase("ASSIGNMENT");
  values["RELEASE_URL"] = "";
  EXPECT_THAT(test::message_of<ValueError>([&] { read_classroom50(variables(values), "now"); }),
              HasSubstr("needs ASSIGNMENT, RELEASE_URL in the environment"));
}

TEST(Classroom50, RefusesATagThatIsNoSubmission) {
  auto values = kRunner;
  values["SUBMISSION_TAG"] = "v1";
  EXPECT_EQ(test::message_of<ValueError>([&] { read_classroom50(variables(values), "now"); }),
            "SUBMISSION_TAG: expected submit/..., got \"v1\"");
}

}  // namespace
}  // namespace handbuilt::grader

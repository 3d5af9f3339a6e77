#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <future>

#include "core/descriptor.hpp"
#include "core/error.hpp"
#include "core/file.hpp"
#include "grader/course/builder.hpp"
#include "grader/course/check.hpp"
#include "grader/sandbox/choose.hpp"
#include "support/temporary_folder.hpp"
#include "tests/grader/hostile/processes.hpp"
#include "tests/grader/hostile/submission.hpp"

// Grades every hostile submission of submissions/, each in the modes it names: it must get the status it deserves, and
// leave no process, no file, and the next task's grade alone.
namespace handbuilt::grader {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;

const fs::path kRoot = HANDBUILT_SOURCE_DIR;
const fs::path kBuild = HANDBUILT_BUILD_DIR;
const fs::path kHere = kRoot / "tests/grader/hostile";

const char* const kHonestDoubled = R"(#include "tasks.hpp"
std::vector<double> hostile::doubled(const std::vector<double>& values) {
  std::vector<double> result;
  for (const double value : values) result.push_back(2 * value);
  return result;
}
)";
const char* const kHonestSum = R"(#include "tasks.hpp"
double hostile::sum(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }
)";

/// A course with the attacked lesson as its only one.
struct TestHouse {
  TestHouse() {
    fs::create_directories(folder / "build");
    fs::create_directories(folder / "lessons");
    fs::create_symlink(kBuild, folder / "build" / "default");
    fs::create_symlink(kHere / "lesson", folder / "lessons" / "97_hostile");
    fs::create_directories(folder / "solutions");
    fs::copy_file(kHere / "lesson/secret.hpp", folder / "solutions/secret.hpp");
    house.root = folder.path();
    house.lessons = {read_lesson(folder / "lessons/97_hostile/lesson.toml")};
  }
  test::TemporaryFolder folder;
  House house;
};

/// Whatever a hostile submission manages to write is named like this.
std::vector<std::string> marks_left(const std::vector<fs::path>& folders) {
  std::vector<std::string> found;
  for (const fs::path& folder : folders) {
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error))
      if (entry.path().filename().string().starts_with("handbuilt_hostile")) found.push_back(entry.path().string());
  }
  return found;
}

/// For what must not compile: enough for an honest file, and not the minute that a real one may have.
constexpr Limits kLimitsOfABomb{1.5, 6, 512};

class Hostile : public testing::TestWithParam<std::string> {
 protected:
  /// The answer to the other task, built once for all tests.
  static void SetUpTestSuite() {
    const fs::path shared = kBuild / "hostile";
    fs::create_directories(shared / "honest");
    const BuildLock lock(shared / "lock");
    write_if_new(shared / "honest" / "sum.cpp", kHonestSum);
    const TestHouse test;
    JudgeOptions options;
    options.work = shared;
    options.tasks = {"sum"};
    build_workers(worker_jobs(test.house, test.house.lessons.front(), {shared / "honest", "honest"}, options), 1);
    ASSERT_TRUE(fs::exists(shared / "workers" / "sum")) << read_file(shared / "workers" / "sum.compile_error");
  }
  static void write_if_new(const fs::path& file, const std::string& text) {
    if (!fs::exists(file) || read_file(file) != text) write_file(file, text);
  }

  [[nodiscard]] const LessonInfo& lesson() const { return test_.house.lessons.front(); }
  [[nodiscard]] fs::path work() const { return folder_ / "work"; }
  [[nodiscard]] fs::path submission() const { return folder_ / "submission"; }

  /// Compiles doubled.cpp of `submission` in a sandbox.
  void build(SandboxMode mode, const Limits& limits = kCompileLimits) const {
    JudgeOptions options = options_for(mode);
    options.tasks = {"doubled"};
    std::vector<WorkerJob> jobs = worker_jobs(test_.house, lesson(), {submission(), "97_hostile"}, options);
    for (WorkerJob& job : jobs) job.limits = limits;
    build_workers(jobs, 1);
    fs::copy_file(kBuild / "hostile/workers/sum", work() / "workers/sum", fs::copy_options::overwrite_existing);
  }
  [[nodiscard]] Verdict judge_in(SandboxMode mode) const { return judge(test_.house, lesson(), options_for(mode)); }
  [[nodiscard]] JudgeOptions options_for(SandboxMode mode) const {
    JudgeOptions options;
    options.seed = 1;
    options.work = work();
    options.sandbox = mode;
    return options;
  }
  [[nodiscard]] std::map<std::string, std::string> places() const {
    return {{"{SECRET}", (kHere / "lesson/secret.hpp").string()},
            {"{SOLUTION}", (test_.house.root / "solutions/secret.hpp").string()},
            {"{WORK}", work().string()}};
  }
  void expect_nothing_left() const {
    EXPECT_THAT(test::processes_left_with(folder_.path().string()), IsEmpty());
    EXPECT_THAT(marks_left({"/tmp", "/var/tmp", "/dev/shm", "/run", "/", kRoot, fs::current_path(), folder_.path(),
                            work(), work() / "workers", submission()}),
                IsEmpty());
  }

  TestHouse test_;
  test::TemporaryFolder folder_;
};

std::string name_of(SandboxMode mode) { return std::string(to_string(mode)); }

TEST_P(Hostile, GetsWhatItDeservesAndLeavesNothing) {
  const HostileSubmission hostile = read_hostile_submission(kHere / "submissions" / (GetParam() + ".toml"));
  fs::create_directories(submission());
  write_file(submission() / "doubled.cpp", hostile.source(places()));
  const auto is_about_compiling = [](const std::string& status) {
    return status == "COMPILE_ERROR" || status == "FORBIDDEN at compile time";
  };
  bool is_built = false;
  for (const auto& [mode, status] : hostile.status) {
    SCOPED_TRACE(name_of(mode) + ": " + hostile.does);
    // One compilation for all modes, unless it is the compiler that is attacked.
    if (is_about_compiling(status))
      build(mode, kLimitsOfABomb);
    else if (!is_built)
      build(SandboxMode::graded);
    is_built = true;
    const std::string text_before = read_file(submission() / "doubled.cpp");
    const auto began = std::chrono::steady_clock::now();
    const Verdict verdict = judge_in(mode);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    ASSERT_EQ(verdict.tasks.size(), 2U);
    const TaskVerdict &attacked = verdict.tasks[0], &next = verdict.tasks[1];
    EXPECT_EQ(attacked.status, status.substr(0, status.find(' '))) << attacked.message;
    EXPECT_THAT(attacked.message, HasSubstr(hostile.says));
    EXPECT_EQ(attacked.points, 0);
    EXPECT_EQ(next.status, "PASSED") << next.message;
    EXPECT_EQ(verdict.score, 1);
    EXPECT_EQ(verdict.sandbox, name_of(mode));
    EXPECT_LT(took.count(), 30) << "the grader was held up";
    EXPECT_EQ(read_file(submission() / "doubled.cpp"), text_before);
    expect_nothing_left();
  }
}

std::vector<std::string> submission_names() {
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(kHere / "submissions"))
    if (entry.path().extension() == ".toml") names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

INSTANTIATE_TEST_SUITE_P(All, Hostile, testing::ValuesIn(submission_names()),
                         [](const auto& parameter) { return parameter.param; });

/// The same, on files that are odd themselves.
class HostileFile : public Hostile {
 protected:
  HostileFile() { fs::create_directories(submission()); }
  void expect_compile_error(SandboxMode mode, const std::string& says) const {
    SCOPED_TRACE(name_of(mode));
    build(mode);
    const Verdict verdict = judge_in(mode);
    EXPECT_EQ(verdict.tasks.at(0).status, "COMPILE_ERROR");
    EXPECT_THAT(verdict.tasks.at(0).message, HasSubstr(says));
    EXPECT_EQ(verdict.tasks.at(1).status, "PASSED");
    expect_nothing_left();
  }
};
constexpr SandboxMode kSandboxes[] = {SandboxMode::graded, SandboxMode::contained};

TEST_F(HostileFile, HonestOnesPassInEveryMode) {
  write_file(submission() / "doubled.cpp", kHonestDoubled);
  for (const SandboxMode mode : {SandboxMode::local, SandboxMode::graded, SandboxMode::contained}) {
    build(mode);
    const Verdict verdict = judge_in(mode);
    EXPECT_TRUE(verdict.all_passed()) << name_of(mode) << ": " << verdict.text;
    expect_nothing_left();
  }
}

/// Two students are graded at the same time, one of them by the worst neighbour.
TEST_F(HostileFile, TouchesNobodyWhoIsGradedBeside) {
  const HostileSubmission bomb = read_hostile_submission(kHere / "submissions/kills_everybody.toml");
  write_file(submission() / "doubled.cpp", bomb.source(places()));
  build(SandboxMode::graded);
  const fs::path honest = folder_ / "honest";
  fs::create_directories(honest / "submission");
  write_file(honest / "submission/doubled.cpp", kHonestDoubled);
  JudgeOptions options = options_for(SandboxMode::graded);
  options.work = honest / "work";
  options.tasks = {"doubled"};
  build_workers(worker_jobs(test_.house, lesson(), {honest / "submission", "97_hostile"}, options), 1);
  for (const SandboxMode mode : kSandboxes) {
    options.sandbox = mode;
    std::future<void> neighbour = std::async(std::launch::async, [&] {
      for (int i = 0; i < 5; ++i) EXPECT_EQ(judge_in(mode).tasks.at(0).status, "FORBIDDEN");
    });
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(judge(test_.house, lesson(), options).all_passed()) << name_of(mode);
    neighbour.get();
  }
  expect_nothing_left();
}

TEST_F(HostileFile, ThatIsNotUtf8MayBeRightAllTheSame) {
  write_file(submission() / "doubled.cpp", std::string("// caf\xe9 \xff\xfe\n") + kHonestDoubled);
  build(SandboxMode::graded);
  for (const SandboxMode mode : kSandboxes) EXPECT_TRUE(judge_in(mode).all_passed()) << name_of(mode);
}

TEST_F(HostileFile, ThatIsHugeIsRefusedBeforeTheCompilerSeesIt) {
  const Descriptor file(::open((submission() / "doubled.cpp").c_str(), O_WRONLY | O_CREAT, 0644));
  ASSERT_EQ(::ftruncate(file.get(), 200L << 20), 0);  // takes no room
  for (const SandboxMode mode : {SandboxMode::local, SandboxMode::graded, SandboxMode::contained})
    expect_compile_error(mode, "doubled.cpp is larger than 1 MiB");
}

TEST_F(HostileFile, ThatIsALinkIsNotFollowed) {
  fs::create_symlink(kRoot / "tests/grader/hostile/hostile_test.cpp", submission() / "doubled.cpp");
  for (const SandboxMode mode : kSandboxes) expect_compile_error(mode, "is a symbolic link");
}

TEST_F(HostileFile, ThatIsAPipeHoldsNobodyUp) {
  ASSERT_EQ(::mkfifo((submission() / "doubled.cpp").c_str(), 0644), 0);
  for (const SandboxMode mode : {SandboxMode::local, SandboxMode::graded, SandboxMode::contained})
    expect_compile_error(mode, "is not a regular file");
}

TEST_F(HostileFile, HasOddNeighbours) {
  write_file(submission() / "doubled.cpp", "#include \"odd.hpp\"\n" + std::string(kHonestDoubled));
  fs::create_symlink("/etc/passwd", submission() / "odd.hpp");
  write_file(submission() / "a \"b\" $(touch handbuilt_hostile)\n\x1b[31m\xff.hpp", "#error never read\n");
  for (const SandboxMode mode : kSandboxes) expect_compile_error(mode, "odd.hpp");
}

/// Each mode runs in continuous integration: a machine where it does not is not one to test it on.
TEST(ChooseSandbox, FindsBothModesHere) {
  const SandboxNeeds needs{{kBuild / "sdk", kBuild / "exercises"}, {kRoot / "tests", kBuild / "bin/judge_97_hostile"}};
  EXPECT_EQ(why_sandbox_fails(SandboxMode::graded, needs), "");
  EXPECT_EQ(why_sandbox_fails(SandboxMode::contained, needs), "");
  EXPECT_EQ(choose_sandbox(std::nullopt, needs), SandboxMode::graded);
}

TEST(ChooseSandbox, SaysWhatAJobCouldReadThatItMustNot) {
  const SandboxNeeds needs{{}, {"/usr/lib"}};  // which every job can
  EXPECT_THAT(why_sandbox_fails(SandboxMode::graded, needs), HasSubstr("a job could read /usr/lib"));
  EXPECT_THROW((void)choose_sandbox(std::nullopt, needs), Error);
}

TEST(ChooseSandbox, SaysWhatAJobCannotReadThatItMust) {
  if (::getuid() != 0) GTEST_SKIP() << "only root's jobs have a user of their own";
  const test::TemporaryFolder home;  // for root's eyes
  fs::create_directory(home / "course");
  const SandboxNeeds needs{{home / "course"}, {}};
  for (const SandboxMode mode : kSandboxes)
    EXPECT_THAT(why_sandbox_fails(mode, needs), HasSubstr("cannot read " + (home / "course").string()));
}

}  // namespace
}  // namespace handbuilt::grader

// The gates that every lesson's exercise must pass, each a test of its own: solutions pass, stubs are NOT_STARTED,
// known wrong answers fail with a message that names the mistake, known right answers pass, and the lesson's files
// agree.
//
//     gates NN_name [--gtest_filter=...]
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/file.hpp"
#include "core/parallel.hpp"
#include "grader/course/builder.hpp"
#include "grader/course/check.hpp"
#include "grader/text/lesson_stubs.hpp"
#include "grader/text/lines.hpp"
#include "grader/text/stub.hpp"
#include "tests/exercises/variant.hpp"

namespace handbuilt::grader {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::uint64_t kSeed = 1;
constexpr std::size_t kHints = 3;
constexpr const char* kSolutions = "solutions";  // the trial that the others borrow unchanged files from

/// One submission to be judged, and what came of it.
struct Trial {
  std::string name;                          ///< "wrong/flipped"
  std::vector<std::string> tasks;            ///< judged; none: all
  std::map<std::string, std::string> files;  ///< the exercise files
  bool strict = false;                       ///< compiled with warnings as errors
  Verdict verdict;
  std::string trouble;  ///< why there is no verdict
};

/// A lesson with all that its gates look at.
struct Exhibit {
  House house;
  LessonInfo lesson;
  std::map<std::string, std::string> solutions, stubs;  ///< by exercise file
  std::vector<Variant> wrong, right;

  [[nodiscard]] fs::path tests_folder() const { return house.root / "tests" / "exercises" / lesson.id; }
  [[nodiscard]] const TaskInfo& task(const std::string& id) const {
    const auto found = std::find_if(lesson.tasks.begin(), lesson.tasks.end(),
                                    [&](const TaskInfo& candidate) { return candidate.id == id; });
    if (found == lesson.tasks.end()) throw DataError(fmt::format("lesson {} has no task \"{}\"", lesson.id, id));
    return *found;
  }
};

Exhibit open_exhibit(const std::string& lesson_id) {
  const House house = open_house(HANDBUILT_SOURCE_DIR);
  const LessonInfo& lesson = *find_place(house, lesson_id).lesson;
  Exhibit exhibit{house, lesson, {}, lesson_stubs(house.root, lesson), {}, {}};
  for (const auto& [file, stub] : exhibit.stubs)
    exhibit.solutions[file] = read_file(house.solution_folder(lesson) / file);
  exhibit.wrong = read_variants(exhibit.tests_folder() / "wrong");
  exhibit.right = read_variants(exhibit.tests_folder() / "right");
  return exhibit;
}

Trial variant_trial(const Exhibit& exhibit, const std::string& kind, const Variant& variant) {
  Trial trial{kind + "/" + variant.name(), {variant.task}, exhibit.solutions, false, {}, ""};
  try {
    std::string& file = trial.files.at(exhibit.task(variant.task).file);
    file = apply_variant(variant, file);
  } catch (const std::exception& error) {
    trial.trouble = error.what();
  }
  return trial;
}

/// What a student may not do, each in the body of the lesson's first task.
Trial forbidden_trial(const Exhibit& exhibit, const std::string& name, const std::string& head,
                      const std::string& body) {
  const TaskInfo& task = exhibit.lesson.tasks.front();
  Trial trial{"forbidden/" + name, {task.id}, exhibit.solutions, false, {}, ""};
  std::string& text = trial.files.at(task.file);
  const std::size_t fence = text.find("// BEGIN SOLUTION " + task.id);
  text = head + text.insert(text.find('\n', fence) + 1, body);
  return trial;
}

std::vector<Trial> forbidden_trials(const Exhibit& exhibit) {
  const std::string root = exhibit.house.root.string(), lesson = exhibit.lesson.id;
  const std::string file = exhibit.lesson.tasks.front().file;
  return {forbidden_trial(exhibit, "IncludesTheLibrary", "#include \"nn/conv2d.hpp\"\n", ""),
          forbidden_trial(exhibit, "IncludesTheLibraryByItsPath",
                          fmt::format("#include \"{}/lib/nn/layer.hpp\"\n", root), ""),
          forbidden_trial(exhibit, "IncludesTheSolution",
                          fmt::format("#include \"{}/solutions/{}/{}\"\n", root, lesson, file), ""),
          forbidden_trial(exhibit, "IncludesTheTests", "#include \"judge.cpp\"\n", ""),
          forbidden_trial(exhibit, "IncludesTheGrader", "#include \"grader/judge/judge.hpp\"\n", ""),
          forbidden_trial(exhibit, "LinksTheLibrary", "namespace handbuilt::nn { int lenet_parameters(); }\n",
                          "  if (handbuilt::nn::lenet_parameters() == 0) throw 1;\n")};
}

fs::path gates_folder(const Exhibit& exhibit) { return recipe_folder(exhibit.house, exhibit.lesson) / "gates"; }

/// Writes the trial's files and says how to build those that differ from the solution. The others are linked from the
/// solutions' own trial, where they are compiled once for all.
std::vector<WorkerJob> prepare(const Exhibit& exhibit, const Trial& trial, const JudgeOptions& options) {
  const fs::path folder = options.work / "source";
  fs::create_directories(folder);
  for (const auto& [name, text] : trial.files)
    if (!fs::exists(folder / name) || read_file(folder / name) != text) write_file(folder / name, text);
  std::vector<WorkerJob> jobs = worker_jobs(exhibit.house, exhibit.lesson, {folder, trial.name}, options);
  if (trial.name == kSolutions) return jobs;

  const auto unchanged = [&](const std::string& file) { return trial.files.at(file) == exhibit.solutions.at(file); };
  const auto is_unchanged_job = [&](const WorkerJob& job) { return unchanged(job.source.filename().string()); };
  if (!trial.tasks.empty()) jobs.erase(std::remove_if(jobs.begin(), jobs.end(), is_unchanged_job), jobs.end());
  for (WorkerJob& job : jobs) {
    for (fs::path& other : job.joined)
      if (unchanged(other.filename().string() + ".cpp"))
        other = gates_folder(exhibit) / kSolutions / "workers" / other.filename();
    if (trial.strict)
      for (const char* flag : {"-Wpedantic", "-Wconversion", "-Wno-unused-parameter", "-Werror"})
        job.commands.compile.emplace_back(flag);
  }
  return jobs;
}

/// Builds the workers of all trials in one go, as many at once as there are cores, and has each judged.
void judge_all(const Exhibit& exhibit, std::vector<Trial>& trials) {
  const fs::path gates = gates_folder(exhibit);
  fs::create_directories(gates);
  const BuildLock lock(gates / "lock");
  std::vector<JudgeOptions> options;
  std::vector<WorkerJob> jobs;
  for (const Trial& trial : trials) {
    options.push_back({trial.tasks, kSeed, false, gates / trial.name});
    if (!trial.trouble.empty()) continue;
    const std::vector<WorkerJob> own = prepare(exhibit, trial, options.back());
    jobs.insert(jobs.end(), own.begin(), own.end());
  }
  build_workers(jobs, core_count());

  Workers threads;
  std::atomic<std::size_t> next = 0;
  threads.parallel_for(threads.count(), [&](int, int, int) {
    for (std::size_t i = next++; i < trials.size(); i = next++) {
      if (!trials[i].trouble.empty()) continue;
      try {
        trials[i].verdict = judge(exhibit.house, exhibit.lesson, options[i]);
      } catch (const std::exception& error) {
        trials[i].trouble = error.what();
      }
    }
  });
}

void expect_status(const Trial& trial, const std::string& status) {
  ASSERT_EQ(trial.trouble, "");
  ASSERT_FALSE(trial.verdict.tasks.empty());
  for (const TaskVerdict& task : trial.verdict.tasks) EXPECT_EQ(task.status, status) << task.id << ": " << task.message;
}

void expect_wrong(const Trial& trial, const Variant& variant) {
  ASSERT_EQ(trial.trouble, "");
  ASSERT_EQ(trial.verdict.tasks.size(), 1U);
  const TaskVerdict& task = trial.verdict.tasks.front();
  EXPECT_NE(task.status, "PASSED");
  EXPECT_NE(task.status, "COMPILE_ERROR") << task.message;
  EXPECT_NE(variant.says, "") << variant.path << ": expected \"says\"";
  EXPECT_THAT(task.message + "\n" + task.input, HasSubstr(variant.says));
}

/// What is not to be found does not compile; what is found and off limits is forbidden.
void expect_refused(const Trial& trial) {
  ASSERT_EQ(trial.trouble, "");
  ASSERT_FALSE(trial.verdict.tasks.empty());
  for (const TaskVerdict& task : trial.verdict.tasks)
    EXPECT_THAT(task.status, testing::AnyOf("COMPILE_ERROR", "FORBIDDEN")) << task.message;
}

/// A test whose body is a function: gates are known only once the lesson has been read.
class Gate : public testing::Test {
 public:
  explicit Gate(std::function<void()> body) : body_(std::move(body)) {}
  void TestBody() override { body_(); }

 private:
  std::function<void()> body_;
};

void add_gate(const std::string& suite, const std::string& name, std::function<void()> body) {
  testing::RegisterTest(suite.c_str(), name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                        [body = std::move(body)]() -> testing::Test* { return new Gate(body); });
}

/// The suites that the lesson's judge defines.
std::set<std::string> suites_of(const Exhibit& exhibit) {
  std::set<std::string> suites;
  const std::regex test(R"(^TEST(_F|_P)?\((\w+),)");
  for (const fs::directory_entry& entry : fs::directory_iterator(exhibit.tests_folder())) {
    const std::string name = entry.path().filename().string();
    if (name != "judge.cpp" && !name.ends_with(".judge.cpp")) continue;
    std::smatch match;
    for (const std::string& line : split_lines(read_file(entry.path())))
      if (std::regex_search(line, match, test)) suites.insert(match[2]);
  }
  return suites;
}

void add_lesson_gates(const Exhibit& exhibit) {
  add_gate("Lesson", "SuitesAndTasksArePaired", [&] {
    std::set<std::string> expected;
    for (const TaskInfo& task : exhibit.lesson.tasks) expected.insert(suite_name(task.id));
    EXPECT_EQ(suites_of(exhibit), expected);
  });
  add_gate("Lesson", "EveryFileHasItsWorkerAndEveryWorkerItsFile", [&] {
    std::set<std::string> workers, files;
    for (const auto& [file, text] : exhibit.solutions) files.insert(file);
    for (const fs::directory_entry& entry : fs::directory_iterator(exhibit.tests_folder()))
      if (const std::string name = entry.path().filename().string(); name.ends_with(".worker.cpp"))
        workers.insert(name.substr(0, name.size() - std::string(".worker.cpp").size()) + ".cpp");
    EXPECT_EQ(workers, files);
  });
  for (const TaskInfo& task : exhibit.lesson.tasks) {
    add_gate("Tasks", task.id, [&exhibit, &task] {
      EXPECT_GE(task.points, 1);
      EXPECT_EQ(task.hints.size(), kHints);
      const FencedSource source = split_fences(exhibit.solutions.at(task.file), task.file);
      EXPECT_TRUE(std::any_of(source.fences.begin(), source.fences.end(),
                              [&](const FencedSource::Fence& fence) { return fence.task == task.id; }))
          << task.file << " has no fence for " << task.id;
    });
  }
}

/// Students edit in place, so what stands inside the fences is compared only where nobody does: in continuous
/// integration.
void add_committed_stub_gates(const Exhibit& exhibit) {
  const char* ci = std::getenv("CI");
  const bool inside_too = ci != nullptr && std::string(ci) == "true";
  for (const auto& entry : exhibit.stubs) {
    add_gate("CommittedStubs", entry.first, [&exhibit, &entry, inside_too] {
      const std::string& stub = entry.second;
      const fs::path path = exhibit.house.exercise_folder(exhibit.lesson) / entry.first;
      ASSERT_TRUE(fs::exists(path)) << "ninja -C build/default exercises writes it";
      const std::string text = read_file(path);
      if (inside_too)
        EXPECT_EQ(text, stub) << "ninja -C build/default exercises refreshes it";
      else
        EXPECT_EQ(split_fences(text, path).surroundings, split_fences(stub, path).surroundings);
    });
  }
}

int run_gates(const std::string& lesson_id) {
  const Exhibit exhibit = open_exhibit(lesson_id);
  std::vector<Trial> trials = {{kSolutions, {}, exhibit.solutions, false, {}, ""},
                               {"stubs", {}, exhibit.stubs, true, {}, ""}};
  for (const Variant& variant : exhibit.wrong) trials.push_back(variant_trial(exhibit, "wrong", variant));
  for (const Variant& variant : exhibit.right) trials.push_back(variant_trial(exhibit, "right", variant));
  for (Trial& trial : forbidden_trials(exhibit)) trials.push_back(std::move(trial));
  judge_all(exhibit, trials);

  add_lesson_gates(exhibit);
  add_committed_stub_gates(exhibit);
  std::size_t next = 0;
  add_gate("Solutions", "PassEveryTask", [&trial = trials[next]] { expect_status(trial, "PASSED"); });
  ++next;
  add_gate("Stubs", "CompileWithoutWarningsAndAreNotStarted",
           [&trial = trials[next]] { expect_status(trial, "NOT_STARTED"); });
  ++next;
  for (const Variant& variant : exhibit.wrong)
    add_gate("Wrong", variant.name(), [&trial = trials[next++], &variant] { expect_wrong(trial, variant); });
  for (const Variant& variant : exhibit.right)
    add_gate("Right", variant.name(), [&trial = trials[next++]] { expect_status(trial, "PASSED"); });
  for (; next < trials.size(); ++next)
    add_gate("Forbidden", fs::path(trials[next].name).filename().string(),
             [&trial = trials[next]] { expect_refused(trial); });
  return RUN_ALL_TESTS();
}

}  // namespace
}  // namespace handbuilt::grader

int main(int count, char** words) {
  testing::InitGoogleMock(&count, words);
  if (count != 2) {
    std::cerr << "usage: gates NN_name [--gtest_filter=...]\n";
    return 2;
  }
  try {
    return handbuilt::grader::run_gates(words[1]);
  } catch (const std::exception& error) {
    std::cerr << "gates: " << error.what() << '\n';
    return 2;
  }
}

// A class of lesson 10 through ./course grade-class in the graded sandbox: how long it takes on all cores, and how much
// memory the whole tree of processes holds at most; and one submission, cold, on one core.
//
//   ./course bench class                            20 submissions
//   ./course bench class -- --count 200             the figure that is quoted
//   ./course bench class -- --count 20 --sandbox contained
#include <fmt/format.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "core/error.hpp"
#include "core/file.hpp"
#include "core/parallel.hpp"
#include "core/random.hpp"
#include "exercises/variant.hpp"
#include "grader/course/process.hpp"

namespace {

namespace fs = std::filesystem;
using namespace handbuilt;
using namespace handbuilt::grader;
using Clock = std::chrono::steady_clock;

const fs::path kRoot = HANDBUILT_SOURCE_DIR;
constexpr const char* kLesson = "10_convnet";
constexpr auto kSampleEvery = std::chrono::milliseconds(200);

struct Options {
  int count = 20;
  int jobs = 0;
  std::string sandbox = "graded";
};

/// What somebody may have handed in as each file: the stub, the solution, and every known right and wrong answer.
std::map<std::string, std::vector<std::string>> known_answers() {
  std::map<std::string, std::vector<std::string>> answers;
  for (const fs::directory_entry& entry : fs::directory_iterator(kRoot / "solutions" / kLesson)) {
    const std::string file = entry.path().filename().string(), solution = read_file(entry.path());
    answers[file] = {read_file(kRoot / "exercises" / kLesson / file), solution};
    for (const char* kind : {"right", "wrong"})
      for (const Variant& variant : read_variants(kRoot / "tests/exercises" / kLesson / kind))
        if (solution.find("BEGIN SOLUTION " + variant.task + "\n") != std::string::npos)
          answers[file].push_back(apply_variant(variant, solution));
  }
  return answers;
}

/// Every file differs from everybody else's, so that nothing can be compiled once for two.
void write_class(const fs::path& folder, int count) {
  const auto answers = known_answers();
  Random random(2026, "class");
  for (int i = 0; i < count; ++i) {
    const fs::path student = folder / fmt::format("student{:03}", i) / kLesson;
    fs::create_directories(student);
    for (const auto& [file, choices] : answers) {
      const auto choice = static_cast<std::size_t>(random.below(static_cast<int>(choices.size())));
      std::ofstream(student / file) << choices[choice] << "// handed in by student " << i << '\n';
    }
  }
}

Command grade_class(const fs::path& submissions, const fs::path& out, const Options& options, int jobs) {
  Command command{{(kRoot / "course").string(), "grade-class", submissions.string(), "--out", out.string(), "--lesson",
                   kLesson, "--sandbox", options.sandbox},
                  {},
                  {}};
  if (jobs > 0) command.words.insert(command.words.end(), {"--jobs", std::to_string(jobs)});
  return command;
}

/// The resident pages of a process and all its descendants, in MiB. Pages that several share count for each of them, so
/// this is never too little.
double resident_mib(pid_t top) {
  std::multimap<pid_t, pid_t> children;
  std::map<pid_t, double> pages;
  std::error_code gone;  // processes end while they are looked at
  for (const fs::directory_entry& entry : fs::directory_iterator("/proc", gone)) {
    const std::string name = entry.path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    std::string line;
    std::getline(std::ifstream(entry.path() / "stat"), line);
    const std::size_t after_name = line.rfind(')');
    if (after_name == std::string::npos) continue;
    char state = 0;
    pid_t parent = 0;
    if (std::sscanf(line.c_str() + after_name + 1, " %c %d", &state, &parent) != 2) continue;
    const pid_t id = std::stoi(name);
    children.emplace(parent, id);
    double all = 0, resident = 0;
    std::ifstream(entry.path() / "statm") >> all >> resident;
    pages[id] = resident;
  }
  double sum = 0;
  std::vector<pid_t> open = {top};
  while (!open.empty()) {
    const pid_t id = open.back();
    open.pop_back();
    sum += pages[id];
    const auto [begin, end] = children.equal_range(id);
    for (auto child = begin; child != end; ++child) open.push_back(child->second);
  }
  return sum * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1 << 20);
}

struct Measured {
  double seconds = 0, cpu_seconds = 0, peak_mib = 0;
};

/// Runs the command to its end, on one core if wanted.
Measured measure(const Command& command, bool on_one_core) {
  const auto began = Clock::now();
  rusage before{};
  ::getrusage(RUSAGE_CHILDREN, &before);
  const pid_t child = ::fork();
  if (child < 0) throw Error("cannot start " + command.words.front());
  if (child == 0) {
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(0, &one);
    if (on_one_core) ::sched_setaffinity(0, sizeof one, &one);
    try {
      become(command);
    } catch (const std::exception&) {
      ::_exit(127);
    }
  }
  Measured result;
  int status = 0;
  while (::waitpid(child, &status, WNOHANG) == 0) {
    result.peak_mib = std::max(result.peak_mib, resident_mib(child));
    std::this_thread::sleep_for(kSampleEvery);
  }
  result.seconds = std::chrono::duration<double>(Clock::now() - began).count();
  rusage after{};
  ::getrusage(RUSAGE_CHILDREN, &after);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  result.cpu_seconds =
      seconds(after.ru_utime) + seconds(after.ru_stime) - seconds(before.ru_utime) - seconds(before.ru_stime);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) throw Error("grade-class failed");
  return result;
}

double load() {
  double one_minute = 0;
  std::ifstream("/proc/loadavg") >> one_minute;
  return one_minute;
}

void run(const Options& options) {
  std::string pattern = (fs::temp_directory_path() / "handbuilt-class-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw DataError("cannot make " + pattern);
  const fs::path folder = pattern;
  write_class(folder / "class", options.count);
  fs::create_directories(folder / "one/alice");
  fs::copy(kRoot / "solutions" / kLesson, folder / "one/alice" / kLesson, fs::copy_options::recursive);
  capture(
      grade_class(folder / "one", folder / "warm", options, 1));  // everything else is built before the clock starts

  fmt::print("load of the machine before: {:.2f}\n", load());
  const Measured one = measure(grade_class(folder / "one", folder / "one-out", options, 1), true);
  fmt::print("one submission, cold, on one core ({}): {:.2f} s on the clock, {:.2f} s of computing\n", options.sandbox,
             one.seconds, one.cpu_seconds);
  const Measured all = measure(grade_class(folder / "class", folder / "out", options, options.jobs), false);
  fmt::print(
      "{} submissions on {} cores ({}): {:.1f} s on the clock ({:.2f} s each), {:.1f} s of computing, at most {:.0f} "
      "MiB\n",
      options.count, core_count(), options.sandbox, all.seconds, all.seconds / options.count, all.cpu_seconds,
      all.peak_mib);
  fmt::print("load of the machine after: {:.2f}\n", load());
  fs::remove_all(folder);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app("Grades a made-up class of lesson 10 and says what it took");
  app.add_option("--count", options.count, "submissions")->capture_default_str()->check(CLI::Range(1, 10000));
  app.add_option("--jobs", options.jobs, "at the same time (one a core when left out)")->check(CLI::PositiveNumber);
  app.add_option("--sandbox", options.sandbox, "graded, contained or none")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  try {
    run(options);
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "class_bench: {}\n", error.what());
    return 1;
  }
}

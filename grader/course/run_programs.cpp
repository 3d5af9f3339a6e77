#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "core/error.hpp"
#include "core/file.hpp"
#include "core/parallel.hpp"
#include "grader/course/builder.hpp"
#include "grader/course/check.hpp"
#include "grader/course/commands.hpp"
#include "grader/course/kept_call.hpp"
#include "grader/course/process.hpp"

// The commands that build other programs and hand over to them: demo, test, robot, bench, debug.
namespace handbuilt::grader {

namespace {

namespace fs = std::filesystem;

constexpr const char* kFlagship = "10_convnet";

/// Programs that handbuilt's CMake puts into bin/ under a common start of their name.
fs::path program(const House& house, const std::string& name) { return house.build_folder() / "bin" / name; }

/// -O0 -g instead of what the recipe says; the precompiled header was made with other flags, so it goes.
std::vector<std::string> for_debugging(const std::vector<std::string>& compile) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < compile.size(); ++i) {
    if (compile[i] == "-include" || compile[i] == "-include-pch")
      ++i;
    else if (!compile[i].starts_with("-O"))
      words.push_back(compile[i]);
  }
  words.insert(words.end(), {"-O0", "-g"});
  return words;
}

/// gdb on the replay, ready to stop where the failing call begins and where anything is thrown.
Command debugger(const fs::path& worker, const fs::path& kept, const KeptCall& call) {
  Command gdb{{"gdb", "-q"}, {}, {}};
  for (const char* quietly :
       {"set breakpoint pending on", "set debuginfod enabled off", "set pagination off", "set confirm off"})
    gdb.words.insert(gdb.words.end(), {"-iex", quietly});
  std::vector<std::string> stops = {"break " + call.function};
  if (call.earlier_calls > 0) stops.push_back(fmt::format("ignore 1 {}", call.earlier_calls));
  stops.emplace_back("catch throw");
  for (const std::string& stop : stops) gdb.words.insert(gdb.words.end(), {"-ex", stop});
  gdb.words.insert(gdb.words.end(), {"--args", worker.string(), "--replay", kept.string()});
  return gdb;
}

}  // namespace

int run_demo(const House& house, const DemoOptions& options, bool plain) {
  const LessonInfo& lesson = *find_place(house, options.lesson.empty() ? kFlagship : options.lesson).lesson;
  if (!fs::exists(house.lesson_folder(lesson) / "demo.cpp"))
    throw ValueError(fmt::format("lesson {} has no demo", lesson.id));
  if (options.headless && (options.projector || !options.script.empty()))
    throw ValueError("--script and --projector need a window, and --headless opens none");
  build_targets(house.root, "default", {"demo_" + lesson.id});

  Command demo{{program(house, "demo_" + lesson.id).string()}, {}, {}};
  if (options.headless) demo.words.emplace_back("--headless");
  if (!options.out.empty()) demo.words.insert(demo.words.end(), {"--out", fs::absolute(options.out).string()});
  if (options.seconds) demo.words.insert(demo.words.end(), {"--seconds", fmt::format("{}", *options.seconds)});
  if (options.seed) demo.words.insert(demo.words.end(), {"--seed", fmt::format("{}", *options.seed)});
  if (plain) demo.words.emplace_back("--plain");
  // Every demo's window reads these.
  if (!options.script.empty()) {
    if (!fs::exists(options.script)) throw DataError(options.script.string() + ": there is no such script");
    demo.environment.push_back("HANDBUILT_SCRIPT=" + fs::absolute(options.script).string());
  }
  if (options.projector) demo.environment.emplace_back("HANDBUILT_PROJECTOR=1");
  become(demo);
}

int run_tests(const House& house, const std::string& preset, const std::vector<std::string>& ctest_arguments) {
  build_targets(house.root, preset, {});
  // No test needs a tenth of this. One that hangs is named and tried once more, not waited for.
  Command ctest{{"ctest", "--test-dir", (house.root / "build" / preset).string(), "-j2", "--timeout", "400", "--repeat",
                 "after-timeout:2", "--output-on-failure"},
                {},
                {}};
  ctest.words.insert(ctest.words.end(), ctest_arguments.begin(), ctest_arguments.end());
  std::fflush(stdout);
  become(ctest);
}

int run_robot(const House& house, const std::vector<std::string>& words) {
  build_targets(house.root, "default", {"robot"});
  Command robot{{program(house, "robot").string()}, {}, {}};
  robot.words.insert(robot.words.end(), words.begin(), words.end());
  become(robot);
}

int run_benchmarks(const House& house, bool peers, const std::string& filter, const std::vector<std::string>& words) {
  build_targets(house.root, "default", {"benchmarks"});
  std::vector<fs::path> programs;
  for (const fs::directory_entry& entry : fs::directory_iterator(house.build_folder() / "bin")) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with("_bench") && name.find(filter) != std::string::npos) programs.push_back(entry.path());
  }
  if (programs.empty()) throw ValueError(fmt::format("no benchmark's name contains \"{}\"", filter));
  if (peers)
    for (const fs::directory_entry& entry : fs::directory_iterator(house.root / "benchmarks" / "peers")) {
      const std::string name = entry.path().filename().string();
      if (name.starts_with("run_") && name.find(filter) != std::string::npos) programs.push_back(entry.path());
    }
  std::sort(programs.begin(), programs.end());

  bool all_ran = true;
  for (const fs::path& path : programs) {
    fmt::print("{}\n", path.lexically_relative(house.root).string());
    std::fflush(stdout);
    Command program{{path.string()}, house.root, {}};
    program.words.insert(program.words.end(), words.begin(), words.end());
    all_ran = run(program) == 0 && all_ran;
  }
  return all_ran ? 0 : 1;
}

int run_debug(const House& house, const std::string& name, const fs::path& named_submission, bool sanitize) {
  const Place place = find_task(house, name);
  const LessonInfo& lesson = *place.lesson;
  const Submission submission = find_submission(house, lesson, named_submission);
  const fs::path work = work_folder(house, lesson, submission, sanitize);
  const std::string again = "./course check " + short_name(lesson, place.task->id);

  if (fs::exists(work / "workers" / (file_stem(*place.task) + ".compile_error")))
    throw ValueError(fmt::format("{}/{} does not compile: {} shows where", submission.shown, place.task->file, again));
  const fs::path kept = kept_call(work, *place.task);
  if (!fs::exists(kept))
    throw ValueError(
        fmt::format("no failing input is kept for {}: run {} first", short_name(lesson, place.task->id), again));
  if (!is_program("gdb")) throw Error("gdb is missing: apt-get install -y gdb");

  // The same worker once more, unoptimised and with debugging information, in a folder of its own.
  const JudgeOptions options{{place.task->id}, 0, sanitize, work / "debug"};
  std::vector<WorkerJob> jobs = worker_jobs(house, lesson, submission, options);
  for (WorkerJob& job : jobs) job.commands.compile = for_debugging(job.commands.compile);
  build_workers(jobs, core_count());
  const fs::path worker = options.work / "workers" / file_stem(*place.task);
  if (!fs::exists(worker)) throw Error(read_file(worker.string() + ".compile_error"));
  const KeptCall call = read_kept_call(read_file(kept));
  fmt::print(
      "Type run: it stops where {} begins with the input that failed, and later where\n"
      "an exception is thrown or the program crashes. Then: next (a line further), print NAME,\n"
      "backtrace (who called whom), up (to the caller), continue, quit.\n",
      call.function);
  std::fflush(stdout);
  become(debugger(worker, kept, call));
}

}  // namespace handbuilt::grader

// What a sandbox costs: from starting a worker to its first answer, in each mode, and until nothing is left of it.
// Wall-clock time. The worker is lesson 00's, built by `./course check 00` before the clock starts.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <vector>

#include "benchmarks/repeated.hpp"
#include "grader/course/check.hpp"
#include "grader/judge/channel.hpp"
#include "grader/protocol/codec.hpp"
#include "support/temporary_folder.hpp"

namespace {

namespace fs = std::filesystem;
using namespace handbuilt::grader;

constexpr int kRepetitions = 50;

/// The worker of lesson 00's solution.
fs::path built_worker(const fs::path& folder) {
  const House house = open_house(HANDBUILT_SOURCE_DIR);
  const LessonInfo& lesson = house.lessons.front();
  JudgeOptions options;
  options.work = folder;
  build_workers(worker_jobs(house, lesson, {house.solution_folder(lesson), lesson.id}, options), 1);
  return folder / "workers" / "mean";
}

void start_to_answer(benchmark::State& state, SandboxMode mode) {
  static const handbuilt::test::TemporaryFolder folder;
  static const fs::path worker = built_worker(folder.path());
  ByteWriter call;
  write_value(call, std::string("tour::mean"));
  write_value(call, std::vector<double>{1, 2, 3});
  for ([[maybe_unused]] auto _ : state) {
    Channel channel({worker.string()}, {2, 10, 256}, mode);
    const Reply reply = channel.call(FrameKind::call, call.bytes());
    if (reply.kind != Reply::Kind::answered || reply.frame != FrameKind::returned)
      return state.SkipWithError("the worker did not answer");
  }
}

void repeat(benchmark::internal::Benchmark* bench) { handbuilt::bench::repeated(bench, kRepetitions); }

BENCHMARK_CAPTURE(start_to_answer, local, SandboxMode::local)->Apply(repeat);
BENCHMARK_CAPTURE(start_to_answer, graded, SandboxMode::graded)->Apply(repeat);
BENCHMARK_CAPTURE(start_to_answer, contained, SandboxMode::contained)->Apply(repeat);

}  // namespace

BENCHMARK_MAIN();

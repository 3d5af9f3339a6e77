// From save to verdict: how long a student waits after changing one function of lesson 10, from the start of ./course
// to its end, everything else being built. Wall-clock time; each repetition saves a file that was never compiled
// before.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "benchmarks/repeated.hpp"
#include "core/error.hpp"
#include "core/file.hpp"
#include "grader/course/process.hpp"

namespace {

namespace fs = std::filesystem;
using handbuilt::grader::capture;
using handbuilt::grader::Captured;

const fs::path kRoot = HANDBUILT_SOURCE_DIR;
constexpr int kRepetitions = 9;

/// A copy of the solutions that a student might have handed in.
fs::path copied_solutions() {
  std::string pattern = (fs::temp_directory_path() / "handbuilt-bench-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw handbuilt::DataError("cannot make " + pattern);
  fs::copy(kRoot / "solutions" / "10_convnet", pattern, fs::copy_options::recursive);
  return pattern;
}

void save_to_verdict(benchmark::State& state, const std::string& place) {
  static const fs::path submission = copied_solutions();
  static int saves = 0;
  const fs::path file = submission / "conv2d_forward.cpp";
  const std::string original = handbuilt::read_file(kRoot / "solutions" / "10_convnet" / "conv2d_forward.cpp");
  const handbuilt::grader::Command check{
      {(kRoot / "course").string(), "check", place, "--submission", submission.string()}, {}, {}};
  if (saves == 0) capture(check);  // everything else is built before the clock starts
  for ([[maybe_unused]] auto _ : state) {
    state.PauseTiming();
    handbuilt::write_file(file, original + "// saved " + std::to_string(++saves) + " times by process " +
                                    std::to_string(::getpid()) + "\n");
    state.ResumeTiming();
    const Captured checked = capture(check);
    if (checked.exit_code != 0) state.SkipWithError(checked.output.c_str());
  }
}

void repeat(benchmark::internal::Benchmark* bench) { handbuilt::bench::repeated(bench, kRepetitions); }

BENCHMARK_CAPTURE(save_to_verdict, one_task, "10/conv2d-forward")->Apply(repeat);
BENCHMARK_CAPTURE(save_to_verdict, whole_lesson, "10")->Apply(repeat);

}  // namespace

BENCHMARK_MAIN();

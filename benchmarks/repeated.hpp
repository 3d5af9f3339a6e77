#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <vector>

namespace handbuilt::bench {

/// Each repetition runs once and counts by itself; shown are the median and the spread, in wall-clock milliseconds.
inline void repeated(benchmark::internal::Benchmark* bench, int repetitions) {
  bench->Iterations(1)
      ->Repetitions(repetitions)
      ->DisplayAggregatesOnly()
      ->ComputeStatistics("min", [](const std::vector<double>& v) { return *std::min_element(v.begin(), v.end()); })
      ->ComputeStatistics("max", [](const std::vector<double>& v) { return *std::max_element(v.begin(), v.end()); })
      ->UseRealTime()
      ->Unit(benchmark::kMillisecond);
}

}  // namespace handbuilt::bench

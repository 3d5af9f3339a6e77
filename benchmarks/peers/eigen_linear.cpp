// Least squares by Eigen's HouseholderQR, measured as benchmarks/regression_bench measures ours.
#include <benchmark/benchmark.h>

#include <Eigen/QR>
#include <cmath>

#include "core/random.hpp"

namespace {

void EigenHouseholderQr(benchmark::State& state) {
  handbuilt::Random random(1);
  const auto number = [&] { return std::sqrt(12.0) * (random.uniform() - 0.5); };
  Eigen::MatrixXd x(state.range(0), state.range(1));
  for (double& value : x.reshaped()) value = number();
  Eigen::VectorXd b(x.cols());
  for (double& value : b) value = number();
  Eigen::VectorXd y = x * b;
  for (double& value : y) value += 0.1 * number();
  for (auto _ : state) benchmark::DoNotOptimize(b = x.householderQr().solve(y));
}
BENCHMARK(EigenHouseholderQr)->Args({1'000'000, 20})->Args({100'000, 500})->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();

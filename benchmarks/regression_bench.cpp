// How fast lib/regression fits: least squares of tall and of wide designs, and logistic regression.
//
//   regression_bench                                        all figures
//   regression_bench --benchmark_filter=Logistic            one of them
//   HANDBUILT_ROWS=FILE regression_bench                    logistic regression on the rows of a file (see read_rows)
//
// Times are the wall's. The counter "loss" is what the fit arrived at: the sum of log losses and the penalty.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <vector>

#include "core/random.hpp"
#include "regression/least_squares.hpp"
#include "regression/logistic.hpp"
#include "regression/normal_equations.hpp"
#include "regression/tall_skinny_qr.hpp"
#include "regression/triangular.hpp"

namespace handbuilt::regression {
namespace {

struct Data {
  MatrixD x;
  VectorD y;
  std::vector<int> labels;
};

/// Quick and good enough for timing: uniform numbers of variance 1.
double number(Random& random) { return std::sqrt(12.0) * (random.uniform() - 0.5); }

const Data& made(Eigen::Index rows, Eigen::Index columns) {
  static Data data;
  if (data.x.rows() == rows && data.x.cols() == columns) return data;
  Random random(1);
  data.x.resize(rows, columns);
  for (Eigen::Index i = 0; i < data.x.size(); ++i) data.x.data()[i] = number(random);
  VectorD b(columns);
  for (double& value : b) value = number(random);
  data.y = data.x * b;
  data.labels.clear();
  for (double& value : data.y) {
    data.labels.push_back(random.chance(sigmoid(value)) ? 1 : 0);
    value += 0.1 * number(random);
  }
  return data;
}

/// A file of 8-byte integers rows and columns, the rows as 8-byte floats, and the labels as 4-byte integers.
Data read_rows(const char* path) {
  std::ifstream file(path, std::ios::binary);
  std::int64_t rows = 0, columns = 0;
  file.read(reinterpret_cast<char*>(&rows), sizeof rows);
  file.read(reinterpret_cast<char*>(&columns), sizeof columns);
  if (!file || rows < 1 || columns < 1 || rows > 10'000'000 || columns > 10'000)
    throw std::runtime_error(std::string(path) + ": expected rows as the header of regression_bench.cpp says");
  Data data{MatrixD(rows, columns), VectorD(), std::vector<int>(static_cast<std::size_t>(rows))};
  file.read(reinterpret_cast<char*>(data.x.data()), rows * columns * static_cast<std::int64_t>(sizeof(double)));
  file.read(reinterpret_cast<char*>(data.labels.data()), rows * static_cast<std::int64_t>(sizeof(int)));
  if (!file) throw std::runtime_error(std::string(path) + ": expected more bytes");
  return data;
}

double peak_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return 1024.0 * static_cast<double>(usage.ru_maxrss);
}

/// The peak of the process in units of the data. Only the first shape that a process measures tells anything.
void count_memory(benchmark::State& state, const Data& data) {
  state.counters["peak_per_data"] = peak_bytes() / (8.0 * static_cast<double>(data.x.size() + data.y.size()));
}

void fit(benchmark::State& state, Solver solver) {
  const Data& data = made(state.range(0), state.range(1));
  const LeastSquaresOptions options{.solver = solver, .intercept = false, .threads = static_cast<int>(state.range(2))};
  for (auto _ : state) benchmark::DoNotOptimize(fit_least_squares(data.x, data.y, options));
  count_memory(state, data);
}

void NormalEquationsFit(benchmark::State& state) { fit(state, Solver::kNormalEquations); }
void QrFit(benchmark::State& state) { fit(state, Solver::kQr); }

void LogisticFitBy(benchmark::State& state, ClassifierSolver solver) {
  const char* path = std::getenv("HANDBUILT_ROWS");
  static const Data from_file = path == nullptr ? Data{} : read_rows(path);
  const Data& data = path == nullptr ? made(100'000, 50) : from_file;
  ClassifierOptions options{.solver = solver, .l2 = 1, .threads = static_cast<int>(state.range(0))};
  // Ends where scikit-learn's default does, or nearer to the minimum.
  options.tolerance = solver == ClassifierSolver::kNewton ? 1e-4 : 1e-5;
  LogisticFit fit;
  for (auto _ : state) benchmark::DoNotOptimize(fit = fit_logistic(data.x, data.labels, options));
  state.counters["loss"] = -fit.log_likelihood + fit.coefficients.squaredNorm() / 2;
  state.counters["steps"] = fit.iterations;
}
void LogisticNewton(benchmark::State& state) { LogisticFitBy(state, ClassifierSolver::kNewton); }
void LogisticLbfgs(benchmark::State& state) { LogisticFitBy(state, ClassifierSolver::kLbfgs); }

constexpr auto kUnit = benchmark::kMillisecond;
BENCHMARK(NormalEquationsFit)->Args({1'000'000, 20, 1})->Args({1'000'000, 20, 2})->Unit(kUnit)->UseRealTime();
BENCHMARK(QrFit)->Args({1'000'000, 20, 1})->Args({1'000'000, 20, 2})->Unit(kUnit)->UseRealTime();
BENCHMARK(LogisticNewton)->Arg(1)->Arg(2)->Unit(kUnit)->UseRealTime();
BENCHMARK(LogisticLbfgs)->Arg(1)->Arg(2)->Unit(kUnit)->UseRealTime();
BENCHMARK(NormalEquationsFit)->Args({100'000, 500, 1})->Args({100'000, 500, 2})->Unit(kUnit)->UseRealTime();
BENCHMARK(QrFit)->Args({100'000, 500, 1})->Args({100'000, 500, 2})->Unit(kUnit)->UseRealTime();

}  // namespace
}  // namespace handbuilt::regression

BENCHMARK_MAIN();

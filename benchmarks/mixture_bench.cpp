// How fast lib/clustering climbs: 20 steps of expectation-maximisation from a given start.
//
//   mixture_bench                                         all figures
//   HANDBUILT_ROWS=FILE mixture_bench                     the same on the rows and means of a file (see read_rows)
//
// The counter "log_likelihood" is where the fit arrived.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string>

#include "clustering/mixture_fit.hpp"
#include "core/random.hpp"

namespace handbuilt::clustering {
namespace {

struct Data {
  MatrixD x, means;
};

Data made(Eigen::Index rows, Eigen::Index columns, int components) {
  Random random(1);
  Data data{MatrixD(rows, columns), MatrixD(components, columns)};
  for (double& value : data.means.reshaped<Eigen::RowMajor>()) value = random.uniform(-10, 10);
  for (Eigen::Index i = 0; i < rows; ++i) {
    data.x.row(i) = data.means.row(random.below(components));
    for (Eigen::Index j = 0; j < columns; ++j) data.x(i, j) += 2.5 * random.normal();
  }
  data.means = data.x.topRows(components);
  return data;
}

/// A file of 8-byte integers rows, columns and components, then the rows and the means to start from, in 8-byte floats.
Data read_rows(const char* path) {
  std::ifstream file(path, std::ios::binary);
  std::int64_t size[3] = {};
  file.read(reinterpret_cast<char*>(size), sizeof size);
  if (!file || size[0] < 1 || size[0] > 10'000'000 || size[1] < 1 || size[1] > 1000 || size[2] < 1 || size[2] > 1000)
    throw std::runtime_error(std::string(path) + ": expected rows as the header of mixture_bench.cpp says");
  Data data{MatrixD(size[0], size[1]), MatrixD(size[2], size[1])};
  for (MatrixD* part : {&data.x, &data.means})
    file.read(reinterpret_cast<char*>(part->data()), part->size() * static_cast<std::int64_t>(sizeof(double)));
  if (!file) throw std::runtime_error(std::string(path) + ": expected more bytes");
  return data;
}

void climb(benchmark::State& state, CovarianceForm form) {
  constexpr int kSteps = 20;
  const char* path = std::getenv("HANDBUILT_ROWS");
  static const Data data = path == nullptr ? made(100'000, 16, 16) : read_rows(path);
  // Components as wide as all rows together, around the given means.
  const std::vector<int> labels(static_cast<std::size_t>(data.x.rows()), 0);
  GaussianMixture start = mixture_of_labels(data.x, labels, 1, form, {});
  start.means = data.means;
  start.weights = VectorD::Constant(data.means.rows(), 1.0 / static_cast<double>(data.means.rows()));
  start.covariances.assign(static_cast<std::size_t>(data.means.rows()), MatrixD(start.covariances[0]));

  const MixtureOptions options{
      .max_iterations = kSteps, .tolerance = 0, .covariance_floor = 1e-9, .threads = static_cast<int>(state.range(0))};
  MixtureFit fit;
  for (auto _ : state) benchmark::DoNotOptimize(fit = fit_mixture(data.x, start, options));
  if (fit.iterations != kSteps) throw std::runtime_error("expected 20 steps, got " + std::to_string(fit.iterations));
  state.counters["log_likelihood"] = fit.log_likelihood();
}
void Full(benchmark::State& state) { climb(state, CovarianceForm::kFull); }
void Diagonal(benchmark::State& state) { climb(state, CovarianceForm::kDiagonal); }

BENCHMARK(Full)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(Diagonal)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace handbuilt::clustering

BENCHMARK_MAIN();

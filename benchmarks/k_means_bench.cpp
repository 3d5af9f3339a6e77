// How fast lib/clustering runs k-means: 20 Lloyd iterations in single precision from given centroids.
//
//   k_means_bench                                      made rows: 100,000 x 16 in 64 clusters, 70,000 x 784 in 10
//   HANDBUILT_ROWS=FILE k_means_bench                  the rows of a file (see read_rows), to the same end as its peers
//
// The last number of a name is the threads; times are the wall's. The counter "inertia" is what the run arrived at.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string>

#include "clustering/k_means.hpp"
#include "core/random.hpp"

namespace handbuilt::clustering {
namespace {

struct Data {
  Matrix x, centroids;
};

/// Quick and good enough for timing: uniform about planted centres that overlap, so that 20 iterations do not settle
/// it.
const Data& made(Eigen::Index rows, Eigen::Index columns, Eigen::Index clusters) {
  static Data data;
  if (data.x.rows() == rows && data.x.cols() == columns) return data;
  Random random(1);
  Matrix centres(clusters, columns);
  for (float& value : centres.reshaped<Eigen::RowMajor>()) value = static_cast<float>(random.uniform(-1, 1));
  data.x.resize(rows, columns);
  for (Eigen::Index i = 0; i < rows; ++i)
    for (Eigen::Index j = 0; j < columns; ++j)
      data.x(i, j) = centres(i % clusters, j) + static_cast<float>(random.uniform(-4, 4));
  data.centroids = data.x.topRows(clusters);
  return data;
}

/// A file of 8-byte integers rows, columns and clusters, then the rows and the centroids as 4-byte floats.
Data read_rows(const char* path) {
  std::ifstream file(path, std::ios::binary);
  std::int64_t sizes[3] = {};
  file.read(reinterpret_cast<char*>(sizes), sizeof sizes);
  const auto [rows, columns, clusters] = sizes;
  if (!file || rows < 1 || columns < 1 || clusters < 1 || rows > 10'000'000 || columns > 10'000 || clusters > rows)
    throw std::runtime_error(std::string(path) + ": expected rows as read_rows in k_means_bench.cpp says");
  Data data{Matrix(rows, columns), Matrix(clusters, columns)};
  for (Matrix* part : {&data.x, &data.centroids})
    file.read(reinterpret_cast<char*>(part->data()), part->size() * static_cast<std::int64_t>(sizeof(float)));
  if (!file) throw std::runtime_error(std::string(path) + ": expected more bytes");
  return data;
}

void run(benchmark::State& state, const Data& data, KMeansMethod method, int threads) {
  double inertia = 0;
  for (auto _ : state) {
    const KMeansFit<float> fit = fit_k_means_from(
        data.x, data.centroids, {.method = method, .max_iterations = 20, .tolerance = 0, .threads = threads});
    inertia = fit.inertia;
    state.counters["iterations"] = fit.iterations;
  }
  state.counters["inertia"] = inertia;
}

template <KMeansMethod kMethod>
void made_rows(benchmark::State& state) {
  run(state, made(state.range(0), state.range(1), state.range(2)), kMethod, static_cast<int>(state.range(3)));
}
template <KMeansMethod kMethod>
void rows_of_file(benchmark::State& state) {
  static const Data data = read_rows(std::getenv("HANDBUILT_ROWS"));
  run(state, data, kMethod, static_cast<int>(state.range(0)));
}

void add(const char* name, void (*on_made)(benchmark::State&), void (*on_file)(benchmark::State&)) {
  if (std::getenv("HANDBUILT_ROWS") != nullptr) {
    benchmark::RegisterBenchmark(name, on_file)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();
    return;
  }
  benchmark::RegisterBenchmark(name, on_made)
      ->Args({100'000, 16, 64, 1})
      ->Args({100'000, 16, 64, 2})
      ->Args({70'000, 784, 10, 1})
      ->Args({70'000, 784, 10, 2})
      ->Unit(benchmark::kMillisecond)
      ->UseRealTime();
}

}  // namespace
}  // namespace handbuilt::clustering

int main(int argc, char** argv) {
  using namespace handbuilt::clustering;
  benchmark::Initialize(&argc, argv);
  add("Lloyd", made_rows<KMeansMethod::kLloyd>, rows_of_file<KMeansMethod::kLloyd>);
  add("Hamerly", made_rows<KMeansMethod::kHamerly>, rows_of_file<KMeansMethod::kHamerly>);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
}

// How fast lib/similarity is: principal components, and nearest neighbours by brute force and by tree.
//
//   similarity_bench                                  all figures
//   similarity_bench --benchmark_filter=Crossover     where the tree overtakes brute force
//   HANDBUILT_ROWS=FILE similarity_bench              components of the rows of a file (8-byte rows and columns,
//   floats)
#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string>

#include "core/random.hpp"
#include "similarity/neighbours.hpp"
#include "similarity/pca.hpp"

namespace handbuilt::similarity {
namespace {

MatrixD normal_rows(Eigen::Index rows, Eigen::Index columns, std::uint64_t seed) {
  Random random(seed);
  MatrixD x(rows, columns);
  for (Eigen::Index i = 0; i < x.size(); ++i) x.data()[i] = random.normal();
  return x;
}

/// Rows like pictures: the spread falls as 1 / j from one direction to the next.
MatrixD picture_rows(Eigen::Index rows, Eigen::Index columns) {
  MatrixD x = normal_rows(rows, columns, 1);
  for (Eigen::Index j = 0; j < columns; ++j) x.col(j) /= 1.0 + static_cast<double>(j);
  return x;
}

MatrixD read_rows(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::int64_t rows = 0, columns = 0;
  file.read(reinterpret_cast<char*>(&rows), sizeof rows);
  file.read(reinterpret_cast<char*>(&columns), sizeof columns);
  if (!file || rows < 1 || columns < 1 || rows > 1'000'000 || columns > 10'000)
    throw std::runtime_error(path + ": expected rows as the header of similarity_bench.cpp says");
  MatrixD x(rows, columns);
  file.read(reinterpret_cast<char*>(x.data()), rows * columns * static_cast<std::int64_t>(sizeof(double)));
  if (!file) throw std::runtime_error(path + ": expected more bytes");
  return x;
}

void components(benchmark::State& state, PcaMethod method) {
  const char* path = std::getenv("HANDBUILT_ROWS");
  static const MatrixD x = path == nullptr ? picture_rows(10'000, 784) : read_rows(path);
  const PcaOptions options{.components = 50, .method = method, .threads = static_cast<int>(state.range(0))};
  double share = 0;
  for (auto _ : state) share = fit_pca(x, options).variance_share().sum();
  state.counters["share"] = share;
}
void PcaExact(benchmark::State& state) { components(state, PcaMethod::kExact); }
void PcaRandomised(benchmark::State& state) { components(state, PcaMethod::kRandomised); }

void nearest(benchmark::State& state, Eigen::Index queries, Search search, int threads) {
  const MatrixD points = normal_rows(state.range(0), state.range(1), 1),
                asked = normal_rows(queries, state.range(1), 2);
  const Neighbours neighbours(points, {.search = search, .threads = threads});
  for (auto _ : state) benchmark::DoNotOptimize(neighbours.nearest(asked, 10));
  state.SetItemsProcessed(state.iterations() * queries);
}
void Nearest10000(benchmark::State& state) {
  nearest(state, 10'000, Search::kBruteForce, static_cast<int>(state.range(2)));
}
void CrossoverBrute(benchmark::State& state) { nearest(state, 1'000, Search::kBruteForce, 1); }
void CrossoverTree(benchmark::State& state) { nearest(state, 1'000, Search::kTree, 1); }

constexpr auto kUnit = benchmark::kMillisecond;
BENCHMARK(PcaExact)->Arg(1)->Arg(2)->Unit(kUnit)->UseRealTime();
BENCHMARK(PcaRandomised)->Arg(1)->Unit(kUnit)->UseRealTime();
BENCHMARK(Nearest10000)->Args({100'000, 64, 1})->Args({100'000, 64, 2})->Unit(kUnit)->UseRealTime();
BENCHMARK(CrossoverBrute)->ArgsProduct({{300, 3'000, 100'000}, {2, 4, 6, 8, 12, 16}})->Unit(kUnit);
BENCHMARK(CrossoverTree)->ArgsProduct({{300, 3'000, 100'000}, {2, 4, 6, 8, 12, 16}})->Unit(kUnit);

}  // namespace
}  // namespace handbuilt::similarity

BENCHMARK_MAIN();

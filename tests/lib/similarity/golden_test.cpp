// The figures of golden/make_golden.py, which scikit-learn computed, from ours.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "data/csv.hpp"
#include "similarity/neighbours.hpp"
#include "similarity/pca.hpp"

namespace handbuilt::similarity {
namespace {

const std::filesystem::path kRoot = HANDBUILT_SOURCE_DIR;

/// case and name to values, in order.
const std::map<std::string, std::vector<double>>& golden() {
  static const std::map<std::string, std::vector<double>> all = [] {
    std::map<std::string, std::vector<double>> made;
    const data::Table table = data::read_csv(kRoot / "tests/lib/similarity/golden/golden.csv");
    for (std::size_t row = 0; row < static_cast<std::size_t>(table.rows()); ++row) {
      std::string name = table.texts("name")[row];
      name.erase(name.find_first_of("0123456789"));
      made[table.texts("case")[row] + "/" + name].push_back(table.numbers("value")[row]);
    }
    return made;
  }();
  return all;
}

void expect_golden(const std::string& name, const MatrixD& got, double tolerance = 1e-10) {
  const std::vector<double>& expected = golden().at(name);
  ASSERT_EQ(std::ssize(expected), got.size()) << name;
  for (Eigen::Index i = 0; i < got.size(); ++i)
    ASSERT_NEAR(got.data()[i], expected[static_cast<std::size_t>(i)], tolerance) << name << " " << i;
}

/// The rows of the cars without gaps, standardised with a divisor of n, as the script does.
MatrixD cars() {
  const data::Table table = data::read_csv(kRoot / "datasets/cars/cars.csv");
  const std::vector<std::string> names = {"weight_lbs", "horsepower", "displacement_cubic_inches", "seconds_to_60_mph",
                                          "miles_per_gallon"};
  std::vector<std::vector<double>> rows;
  for (std::size_t i = 0; i < static_cast<std::size_t>(table.rows()); ++i) {
    std::vector<double> row;
    for (const std::string& name : names) row.push_back(table.numbers(name)[i]);
    bool whole = true;
    for (const double value : row) whole = whole && std::isfinite(value);
    if (whole) rows.push_back(row);
  }
  MatrixD x(std::ssize(rows), std::ssize(names));
  for (Eigen::Index i = 0; i < x.rows(); ++i)
    for (Eigen::Index j = 0; j < x.cols(); ++j)
      x(i, j) = rows[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
  x.rowwise() -= x.colwise().mean();
  return x.array().rowwise() / x.colwise().squaredNorm().array().sqrt() * std::sqrt(static_cast<double>(x.rows()));
}

TEST(Golden, PrincipalComponentsAreScikitLearns) {
  for (const PcaMethod method : {PcaMethod::kExact, PcaMethod::kRandomised})
    for (const bool wide : {false, true}) {
      const MatrixD x = wide ? MatrixD(cars().topRows(4)) : cars();
      const Pca pca = fit_pca(x, {.components = 3, .method = method});
      const std::string name = wide ? "wide/" : "cars/";
      expect_golden(name + "component", pca.components());
      expect_golden(name + "variance", pca.variance());
      expect_golden(name + "share", pca.variance_share());
      expect_golden(name + "score", pca.transform(x).topRows(wide ? 4 : 7));
      expect_golden(name + "inverse", pca.inverse(pca.transform(x)).topRows(3));
    }
}

TEST(Golden, NeighboursAreScikitLearns) {
  const MatrixD x = cars();
  for (const Metric metric : {Metric::kEuclidean, Metric::kCosine})
    for (const Search search : {Search::kBruteForce, Search::kTree}) {
      const Neighbours neighbours(x.bottomRows(x.rows() - 40), {.metric = metric, .search = search});
      const NeighbourTable found = neighbours.nearest(x.topRows(40), 5);
      const std::string name = metric == Metric::kCosine ? "cosine/" : "euclidean/";
      // scikit-learn's euclidean distances come from |p|^2 - 2 p'q + |q|^2 and have fewer digits.
      expect_golden(name + "distance", found.distance, 1e-7);
      expect_golden(name + "index", found.index.cast<double>());
    }
}

}  // namespace
}  // namespace handbuilt::similarity

#include "lessons/01_flat_rate/models.hpp"

#include <Eigen/QR>
#include <Eigen/SVD>
#include <utility>

#include "data/design.hpp"
#include "data/split.hpp"
#include "regression/baseline.hpp"

namespace handbuilt::lessons::flat_rate {
namespace {

std::size_t place(int index) { return static_cast<std::size_t>(index); }

/// Zeros and ones [rows, levels], without the column of `reference` unless that is -1.
MatrixD indicators(const std::vector<int>& level, int levels, int reference) {
  MatrixD ones = MatrixD::Zero(static_cast<Eigen::Index>(level.size()), reference < 0 ? levels : levels - 1);
  for (std::size_t row = 0; row < level.size(); ++row) {
    if (level[row] == reference) continue;
    const int column = reference >= 0 && level[row] > reference ? level[row] - 1 : level[row];
    ones(static_cast<Eigen::Index>(row), column) = 1;
  }
  return ones;
}

/// Every product of a column of `a` with a column of `b`.
MatrixD products(const MatrixD& a, const MatrixD& b) {
  MatrixD all(a.rows(), a.cols() * b.cols());
  for (Eigen::Index i = 0; i < a.cols(); ++i)
    for (Eigen::Index j = 0; j < b.cols(); ++j) all.col(i * b.cols() + j) = a.col(i).cwiseProduct(b.col(j));
  return all;
}

MatrixD side_by_side(const std::vector<MatrixD>& blocks) {
  Eigen::Index columns = 0;
  for (const MatrixD& block : blocks) columns += block.cols();
  MatrixD all(blocks.front().rows(), columns);
  columns = 0;
  for (const MatrixD& block : blocks) {
    all.middleCols(columns, block.cols()) = block;
    columns += block.cols();
  }
  return all;
}

// #region full_design
/// A column for everything: the mean, each variety, site and year, each pair of these, each triple. Columns of the
/// reference row's levels are left out (`reference` >= 0), which leaves 120 for 120 rows, or kept (-1): 231.
MatrixD full_design(const Barley& barley, int reference) {
  const auto level = [&](const std::vector<int>& of_row) { return reference < 0 ? -1 : of_row[place(reference)]; };
  const MatrixD mean = MatrixD::Ones(barley.rows(), 1);
  const MatrixD variety = indicators(barley.variety, 10, level(barley.variety));
  const MatrixD site = indicators(barley.site, 6, level(barley.site));
  const MatrixD year = indicators(barley.year, 2, level(barley.year));
  return side_by_side({mean, variety, site, year, products(variety, site), products(variety, year),
                       products(site, year), products(products(variety, site), year)});
}
// #endregion full_design

MatrixD additive_design(const Barley& barley) {
  return side_by_side({MatrixD::Ones(barley.rows(), 1), indicators(barley.variety, 10, 0),
                       indicators(barley.site, 6, 0), indicators(barley.year, 2, 0)});
}

/// Least squares with the columns taken in their order: one that the columns before it make up on the training rows has
/// nothing to say, and its parameter is 0. R's lm does the same.
VectorD predict_in_order(const MatrixD& design, const VectorD& y, const std::vector<int>& train,
                         const std::vector<int>& test) {
  const MatrixD seen = data::take(design, train);
  MatrixD directions(seen.rows(), 0);
  std::vector<int> kept;
  for (Eigen::Index c = 0; c < seen.cols(); ++c) {
    VectorD rest = seen.col(c);
    for (int pass = 0; pass < 2; ++pass) rest -= directions * (directions.transpose() * rest);  // twice is enough
    if (rest.norm() <= 1e-8 * std::max(1.0, seen.col(c).norm())) continue;
    directions.conservativeResize(Eigen::NoChange, directions.cols() + 1);
    directions.rightCols(1) = rest / rest.norm();
    kept.push_back(static_cast<int>(c));
  }
  const MatrixD x = data::take_columns(seen, kept);
  const VectorD parameters = x.householderQr().solve(data::take(y, train));
  return data::take_columns(data::take(design, test), kept) * parameters;
}

/// Of all parameters that fit the training rows exactly, the shortest.
VectorD predict_minimum_norm(const MatrixD& design, const VectorD& y, const std::vector<int>& train,
                             const std::vector<int>& test) {
  const VectorD parameters = data::take(design, train).completeOrthogonalDecomposition().solve(data::take(y, train));
  return data::take(design, test) * parameters;
}

std::vector<std::string> keys(const std::vector<std::vector<int>>& levels, const std::vector<int>& rows) {
  std::vector<std::string> joined;
  for (const int row : rows) {
    std::string key;
    for (const std::vector<int>& level : levels) key += std::to_string(level[place(row)]) + " ";
    joined.push_back(std::move(key));
  }
  return joined;
}

VectorD predict_by_group(const std::vector<std::vector<int>>& levels, const VectorD& y, const std::vector<int>& train,
                         const std::vector<int>& test) {
  return regression::GroupMean(keys(levels, train), data::take(y, train)).predict(keys(levels, test));
}

struct Description {
  const char* key;
  const char* name;
  int parameters;
};

Description description_of(Model model) {
  switch (model) {
    case Model::kFlat:
      return {"flat", "flat rate", 1};
    case Model::kYear:
      return {"year", "a rate a year", 2};
    case Model::kVariety:
      return {"variety", "a rate a variety", 10};
    case Model::kSite:
      return {"site", "a rate a site", 6};
    case Model::kAdditive:
      return {"additive", "site + variety + year", 16};
    case Model::kSiteYear:
      return {"site_year", "a rate a site and year", 12};
    case Model::kOtherYear:
      return {"other_year", "the same plot's other year", 60};
    case Model::kFull:
      return {"full", "a parameter a cell", 120};
    case Model::kFullShared:
      return {"full_shared", "a parameter a cell, shortest", 120};
  }
  return {};
}

}  // namespace

std::string name_of(Model model) { return description_of(model).name; }
std::string key_of(Model model) { return description_of(model).key; }
int parameters_of(Model model) { return description_of(model).parameters; }

VectorD predict(Model model, const Barley& barley, const std::vector<int>& train, const std::vector<int>& test,
                int reference) {
  const VectorD& y = barley.yields;
  switch (model) {
    case Model::kFlat:
      return VectorD::Constant(static_cast<Eigen::Index>(test.size()), regression::flat_mean(data::take(y, train)));
    case Model::kYear:
      return predict_by_group({barley.year}, y, train, test);
    case Model::kVariety:
      return predict_by_group({barley.variety}, y, train, test);
    case Model::kSite:
      return predict_by_group({barley.site}, y, train, test);
    case Model::kSiteYear:
      return predict_by_group({barley.site, barley.year}, y, train, test);
    case Model::kOtherYear:
      return predict_by_group({barley.variety, barley.site}, y, train, test);
    case Model::kAdditive:
      return predict_in_order(additive_design(barley), y, train, test);
    case Model::kFull:
      return predict_in_order(full_design(barley, reference), y, train, test);
    case Model::kFullShared:
      return predict_minimum_norm(full_design(barley, -1), y, train, test);
  }
  return {};
}

VectorD predict_held_out(Model model, const Barley& barley, Random& random) {
  constexpr int kFolds = 5;
  VectorD predicted(barley.rows());
  const std::vector<data::Fold> folds = data::k_fold(barley.rows(), kFolds, random);
  const int reference = random.below(barley.rows());
  for (const data::Fold& fold : folds) {
    const VectorD of_fold = predict(model, barley, fold.train, fold.validation, reference);
    for (std::size_t k = 0; k < fold.validation.size(); ++k)
      predicted(fold.validation[k]) = of_fold(static_cast<Eigen::Index>(k));
  }
  return predicted;
}

}  // namespace handbuilt::lessons::flat_rate

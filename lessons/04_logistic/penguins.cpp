#include "penguins.hpp"

#include <algorithm>
#include <cmath>

#include "core/random.hpp"
#include "data/design.hpp"
#include "data/split.hpp"
#include "data/standardizer.hpp"

namespace handbuilt::lessons::logistic {

std::vector<int> Identification::named() const {
  std::vector<int> likeliest;
  for (Eigen::Index bird = 0; bird < probabilities.rows(); ++bird) {
    Eigen::Index best = 0;
    probabilities.row(bird).maxCoeff(&best);
    likeliest.push_back(static_cast<int>(best));
  }
  return likeliest;
}

Identification identify(const Penguins& penguins, std::uint64_t seed, double l2, const std::vector<int>& columns) {
  Random random(seed, "penguins");
  const data::Split split =
      data::stratified_split(penguins.species, {.train = 0.7, .validation = 0, .test = 0.3}, random);
  const MatrixD x = columns.empty() ? penguins.x : data::take_columns(penguins.x, columns);
  const MatrixD x_train = data::take(x, split.train);
  const std::vector<int> train = data::take(penguins.species, split.train);
  const data::Standardizer standardizer(x_train);
  const regression::SoftmaxFit fit = regression::fit_softmax(standardizer(x_train), train, {.l2 = l2});

  Identification result{fit.probabilities(standardizer(data::take(x, split.test))),
                        data::take(penguins.species, split.test), 0};
  for (const int species : result.species) {
    const auto seen = static_cast<double>(std::count(train.begin(), train.end(), species));
    result.base_rate_loss -= std::log(seen / static_cast<double>(train.size()));
  }
  result.base_rate_loss /= static_cast<double>(result.species.size());
  return result;
}

}  // namespace handbuilt::lessons::logistic

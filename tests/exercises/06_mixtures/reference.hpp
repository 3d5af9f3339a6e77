#pragma once

#include "clustering/mixture.hpp"
#include "grader/judge/judge.hpp"
#include "tasks.hpp"
#include "tests/exercises/numbers.hpp"

/// What the judges of this lesson share: tables and mixtures to ask about, and the library's forms of them.
namespace handbuilt::grader {

/// Rows around `groups` places that overlap.
inline TensorD overlapping_rows(int rows, int columns, int groups, double unit = 1, double away = 0) {
  const TensorD places = gaussian_d({groups, columns}, 2);
  TensorD x = gaussian_d({rows, columns});
  for (int n = 0; n < rows; ++n)
    for (int i = 0; i < columns; ++i) x(n, i) = unit * (x(n, i) + places(n % groups, i) + away);
  return x;
}

inline mixtures::Mixture some_mixture(int components, int columns, double unit = 1) {
  mixtures::Mixture mixture{{}, times(gaussian_d({components, columns}, 2), unit), TensorD({components, columns})};
  double total = 0;
  for (int c = 0; c < components; ++c) {
    mixture.weights.push_back(draws().uniform(0.3, 1));
    total += mixture.weights.back();
    for (int i = 0; i < columns; ++i) mixture.variances(c, i) = unit * unit * draws().uniform(0.4, 3);
  }
  for (double& weight : mixture.weights) weight /= total;
  return mixture;
}

/// A table of shares whose rows sum to 1.
inline TensorD some_responsibilities(int rows, int components) {
  TensorD shares({rows, components});
  for (int n = 0; n < rows; ++n) {
    double sum = 0;
    for (int c = 0; c < components; ++c) sum += shares(n, c) = draws().uniform(0.05, 1);
    for (int c = 0; c < components; ++c) shares(n, c) /= sum;
  }
  return shares;
}

inline clustering::GaussianMixture of_library(const mixtures::Mixture& mixture, double floor = 0) {
  clustering::GaussianMixture result;
  result.form = clustering::CovarianceForm::kDiagonal;
  const int components = mixture.means.shape()[0], columns = mixture.means.shape()[1];
  result.weights = VectorD::Map(mixture.weights.data(), components);
  result.means = as_matrix(mixture.means);
  for (int c = 0; c < components; ++c) {
    VectorD variances(columns);
    for (int i = 0; i < columns; ++i) variances[i] = mixture.variances(c, i);
    result.covariances.push_back(variances.asDiagonal());
  }
  if (floor > 0) result.floor = VectorD::Constant(columns, floor);
  return result;
}

}  // namespace handbuilt::grader

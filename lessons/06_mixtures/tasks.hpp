#pragma once

#include <vector>

#include "exercise.hpp"

/// What you write in this lesson: groups that overlap, so that a row belongs to each of them by a share; how many
/// groups there are; and groups of any shape.
///
/// Rows are tables [rows, columns], `rows(row, column)`, with at least one of each; all their numbers are finite, of
/// any size: a unit may be a nanometre. Logarithms are natural ones. Functions leave what they are given as it was.
namespace mixtures {

/// log(exp(values[0]) + exp(values[1]) + ...), right for values of any size, also where exp of all of them is 0 or
/// infinite in a double. A value may be -infinity, the log of 0, and then adds nothing; where all are, the answer is
/// -infinity. No value is +infinity.
///
/// values  at least one
double log_sum_exp(const std::vector<double>& values);

/// A sum of Gaussian densities, each with a variance of its own for every column (an ellipse along the axes).
struct Mixture {
  std::vector<double> weights;  ///< [components], each component's share of all rows: at least 0, they sum to 1
  TensorD means;                ///< [components, columns]
  TensorD variances;            ///< [components, columns], above 0
};
HANDBUILT_FIELDS(Mixture, weights, means, variances)

/// log(weight * density) of every row under every component. The density is the product over the columns of
///   exp(-(x - mean)^2 / (2 variance)) / sqrt(2 pi variance),
/// with x, mean and variance those of the column. The log is right also where the density itself is 0 in a double.
/// Weights are above 0 here.
///
/// rows [rows, columns]; returns [rows, components]
TensorD log_densities(const TensorD& rows, const Mixture& mixture);

/// What the E step finds.
struct Expectation {
  TensorD responsibilities;   ///< [rows, components]: each component's share in a row; a row sums to 1
  double log_likelihood = 0;  ///< the sum over the rows of the log of the row's whole density
};
HANDBUILT_FIELDS(Expectation, responsibilities, log_likelihood)

/// The E step: a component's share in a row is its weight * density there over the sum of all components'. Right also
/// where all densities of a row are 0 in a double.
///
/// log_densities [rows, components], as the function above returns it: finite, or -infinity for a component that has no
/// part in the row; in each row at least one is finite
Expectation expectation(const TensorD& log_densities);

/// The M step: the mixture that fits best when row n counts for component c by its share responsibilities(n, c).
///
/// Weight: the mean of the component's shares. Mean: that of the rows, each counted by its share. Variance: the mean of
/// (x - mean)^2 around the *new* mean, counted the same way (divided by the sum of the shares, not one less); where it
/// comes out smaller than `floor`, it is `floor`. A component whose shares are all 0 gets weight 0 and keeps its mean
/// and variances. Six digits must be right also where rows lie a million times as far from 0 as from each other.
///
/// rows [rows, columns], responsibilities [rows, components], before: the mixture of the step before; floor above 0,
/// and no variance of `before` is smaller
Mixture maximisation(const TensorD& rows, const TensorD& responsibilities, const Mixture& before, double floor);

struct Choice {
  int components = 0;       ///< the number with the smallest BIC
  std::vector<double> bic;  ///< of each fit, in the order given
};
HANDBUILT_FIELDS(Choice, components, bic)

/// How many components? Of several fits to the same rows, the one with the smallest
///   BIC = -2 * log likelihood + parameters * log(rows),
/// where `parameters` counts the numbers that were free to choose: all means, all variances, and the weights but one
/// (the last is what is missing to 1).
///
/// components       [fits], each at least 1, in any order, all different
/// log_likelihoods  [fits], of the fit with so many components
/// rows, columns    of the table that all were fitted to
Choice choose_components(const std::vector<int>& components, const std::vector<double>& log_likelihoods, int rows,
                         int columns);

/// Groups by density (DBSCAN). Two rows are neighbours when their Euclidean distance is at most `radius`; a row is its
/// own neighbour too. A row with at least `min_rows` neighbours is a core. Cores that are neighbours share a cluster,
/// and so do all that can be reached in steps from core to neighbouring core. A row that is no core but has one as a
/// neighbour joins that core's cluster; if it has cores of several clusters, the one with the smallest number. Any
/// other row is noise.
///
/// Clusters are numbered 0, 1, ... in the order of their first cores (the smallest row number).
///
/// rows [rows, columns], radius above 0, min_rows at least 1
/// returns  [rows] the number of each row's cluster, -1 for noise
std::vector<int> density_clusters(const TensorD& rows, double radius, int min_rows);

}  // namespace mixtures

/// Given in full: in each task's file one of these stands above the blank and does something close to what is asked.
namespace worked {

/// The squared Euclidean distance between rows i and j.
double squared_distance(const TensorD& rows, int i, int j);

/// The length of an arrow, sqrt(x[0]^2 + x[1]^2 + ...), for numbers of any size.
double length(const std::vector<double>& x);

/// The log of the density of x in one exponential distribution after another: the product of rate * exp(-rate * x).
double log_waiting_density(const std::vector<double>& waits, const std::vector<double>& rates);

/// A table of counts: each entry's share of its row's sum, and the sum of the logs of the rows' sums.
struct Shares {
  TensorD shares;       ///< [rows, columns]
  double log_sums = 0;  ///< log(sum of row 0) + log(sum of row 1) + ...
};
Shares shares(const TensorD& counts);

/// The mean and variance of values that count by their weights, which are at least 0 and not all 0.
struct Moments {
  double mean = 0, variance = 0;
};
Moments weighted_moments(const std::vector<double>& values, const std::vector<double>& weights);

/// Of polynomials of degrees[0], degrees[1], ... fitted to `rows` points, the degree with the smallest
/// AIC = -2 * log likelihood + 2 * parameters. A polynomial of degree d has d + 1 coefficients, and its noise a
/// variance.
int degree_by_aic(const std::vector<int>& degrees, const std::vector<double>& log_likelihoods);

/// Clusters by single linkage, cut at a height: rows that can be reached from each other in steps of at most `height`.
/// Numbered in the order of their first rows.
std::vector<int> chained(const TensorD& rows, double height);

}  // namespace worked

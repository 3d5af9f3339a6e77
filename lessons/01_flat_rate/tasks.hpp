#pragma once

#include <cstdint>
#include <vector>

#include "exercise.hpp"

/// What you write in this lesson: the dumbest estimates, what is needed to judge them fairly, and the look at what they
/// leave over.
///
/// Rows are counted from 0. Groups are numbers too: 0 ... groups - 1. Functions leave what they are given as it was.
namespace flat_rate {

/// The middle value: as many values lie below it as above. For an even number of values the mean of the two in the
/// middle. An empty column has no median: the answer is NaN.
double median(const std::vector<double>& values);

struct Errors {
  double mean_absolute = 0;      ///< MAE: the mean of |predicted - actual|, in the units of the values
  double root_mean_squared = 0;  ///< RMSE: the root of the mean of (predicted - actual)^2, in the same units
};
HANDBUILT_FIELDS(Errors, mean_absolute, root_mean_squared)

/// How far predictions [rows] lie from what came [rows]. For no rows both are NaN.
Errors errors(const std::vector<double>& predicted, const std::vector<double>& actual);

struct Split {
  std::vector<int> train, validation, test;  ///< row numbers
};
HANDBUILT_FIELDS(Split, train, validation, test)

/// Deals the rows 0 ... rows - 1 out at random: `validation_rows` of them for choosing, `test_rows` for the last word,
/// the others for training. Each row goes into exactly one part. The same seed gives the same split, another seed
/// another one; which random numbers you draw is up to you.
Split split(int rows, int validation_rows, int test_rows, std::uint64_t seed);

/// The mean of each group's values [groups]; for a group without rows the mean of all values.
///
/// group   [rows] which group each row belongs to, 0 ... groups - 1
/// values  [rows], at least one
std::vector<double> group_means(const std::vector<int>& group, const std::vector<double>& values, int groups);

/// For each row the mean of the *other* rows of its group [rows]: what its neighbours say about it. A row that is alone
/// in its group gets the mean of all other rows. A row's own value has no part in its own answer.
///
/// group   [rows] which group each row belongs to, any numbers from 0
/// values  [rows], at least two
std::vector<double> mean_of_the_others(const std::vector<int>& group, const std::vector<double>& values);

struct OddOne {
  TensorD residuals;  ///< [rows, columns]
  int row = 0;        ///< the row whose residuals are largest: the one with the largest sum of squares
};
HANDBUILT_FIELDS(OddOne, residuals, row)

/// What a table has left when every row has a rate of its own and every column has one, and which row fits least:
///   residual(r, c) = table(r, c) - mean of row r - mean of column c + mean of all.
///
/// table [rows, columns], at least one of each
OddOne odd_one_out(const TensorD& table);

}  // namespace flat_rate

/// Given in full: one stands above each blank and does something close to what is asked.
namespace worked {

/// Halfway between the smallest and the largest value. An empty column has none: the answer is NaN.
double midrange(const std::vector<double>& values);

/// How much too high predictions are on average; below 0 they are too low. NaN for no rows.
double mean_error(const std::vector<double>& predicted, const std::vector<double>& actual);

/// `count` of the rows 0 ... rows - 1, each drawn from all of them: one may come twice.
std::vector<int> draw_with_replacement(int rows, int count, std::uint64_t seed);

/// How many rows each group has.
std::vector<int> group_sizes(const std::vector<int>& group, int groups);

/// For each value the mean of all others, whatever their group.
std::vector<double> mean_of_all_others(const std::vector<double>& values);

/// How far the mean of each column lies above the mean of all.
std::vector<double> column_effects(const TensorD& table);

}  // namespace worked

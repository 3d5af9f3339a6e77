#pragma once

#include <vector>

#include "exercise.hpp"

/// What you write in this lesson: finding what a situation is like, drawing a map of situations, saying "never seen",
/// and doing what worked then.
///
/// Situations are rows of tables [situations, readings], `rows(situation, reading)`, all readings in comparable units.
/// Functions leave what they are given as it was.
namespace similarity {

/// The k rows of `memories` that are nearest to `situation`, nearest first. The distance of two rows is the root of the
/// sum of the squared differences of their readings. Of rows at the same distance the one with the lower number comes
/// first; rows that are copies of each other are different rows.
///
/// memories  [situations, readings], at least k situations; k at least 1
/// situation [readings]
/// returns   [k] row numbers, from 0
std::vector<int> nearest(const TensorD& memories, const std::vector<double>& situation, int k);

/// The direction in which the rows vary most: of all directions of length 1 the one along which the variance of the
/// rows about their mean is largest. A direction and its opposite are equally good; take the one whose entry of largest
/// magnitude is positive (no two magnitudes will be that large). Right to 0.000001.
///
/// rows    [situations, readings], at least 3 situations, in any unit. The variance across this direction is at
///         most 0.6 of that along it, so there is no doubt which it is.
/// returns [readings], of length 1
std::vector<double> first_component(const TensorD& rows);

/// Where rows lie on a map: how far along each direction, measured from the mean of the *training* rows.
///
/// train      [training situations, readings]
/// directions [directions, readings], each row of length 1
/// rows       [situations, readings]; often a single one
/// returns    [situations, directions]
TensorD project(const TensorD& train, const TensorD& directions, const TensorD& rows);

/// The threshold above which a score counts as new, so that at most a share `rate` of ordinary ones will.
///
/// `scores` are those of n ordinary situations that had no part in training, in any order. Among them and the next
/// ordinary one, n + 1 in all, each place in the order is equally likely for the next one. m = rate (n + 1), rounded
/// down, is the number of places at the top that may count as new: the threshold is the m-th largest of the scores
/// (the largest for m = 1). Where m is 0 nobody can promise so low a rate: infinity, nothing counts as new.
///
/// When rate (n + 1) is a whole number but for rounding in its last digits, it is that number. 0 < rate < 1.
double novelty_threshold(const std::vector<double>& scores, double rate);

/// What a robot remembers: in each situation it did something and gained something.
struct Memory {
  TensorD situations;         ///< [memories, readings]
  std::vector<int> actions;   ///< [memories], 0 ... number of actions - 1
  std::vector<double> gains;  ///< [memories], larger is better; below 0 is a loss
};
HANDBUILT_FIELDS(Memory, situations, actions, gains)

struct Recalled {
  std::vector<double> gains;  ///< [actions]; NaN for an action that no familiar memory tells of
  int best = -1;  ///< the action with the largest gain, the lower of equals; -1: "never seen anything like it"
};
HANDBUILT_FIELDS(Recalled, gains, best)

/// What each action gained in situations like this one: the mean gain over the memories of that action, each with the
/// weight exp(-(distance / width)^2 / 2). A memory farther away than `familiar_distance` says nothing; one at exactly
/// that distance still speaks. The distance is that of `nearest`.
///
/// situation [readings]
/// actions   how many there are; some may not be in the memory
/// width     above 0; familiar_distance is at most 10 widths
Recalled recall(const Memory& memory, const std::vector<double>& situation, int actions, double width,
                double familiar_distance);

}  // namespace similarity

/// Given in full: one stands above each blank and does something close to what is asked.
namespace worked {

/// The row of `memories` that is farthest from `situation`: the first of equals.
int farthest(const TensorD& memories, const std::vector<double>& situation);

/// The variance of the rows along a direction of length 1, about their mean (divided by rows - 1).
double variance_along(const TensorD& rows, const std::vector<double>& direction);

/// How far one row lies along one direction, measured from `origin`: all [readings].
double how_far_along(const std::vector<double>& row, const std::vector<double>& origin,
                     const std::vector<double>& direction);

/// The share of scores above a threshold.
double share_above(const std::vector<double>& scores, double threshold);

/// The mean gain of each action wherever it was done; NaN for one that never was.
std::vector<double> mean_gains(const std::vector<int>& actions_done, const std::vector<double>& gains, int actions);

}  // namespace worked

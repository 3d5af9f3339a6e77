#pragma once

#include "core/matrix.hpp"

namespace handbuilt::similarity {

/// A threshold with a promise. Of scores that come in an order that says nothing (exchangeable: independent draws, or
/// cards from a shuffled deck), the next one lies above the threshold with a probability of at most `rate`, whatever
/// their distribution and however few they are; and of at least rate - 1 / (scores + 1) when no two are equal. It is
/// the ceil((scores + 1) (1 - rate))-th smallest.
///
/// The promise is about the mean over calibrations: the rate of one calibrated detector scatters about it, with a
/// standard deviation near sqrt(rate (1 - rate) / scores). It is void where scores belong together (windows from one
/// home) or the world has changed since.
///
/// Throws ValueError unless 0 < rate < 1, for scores that are not finite, and, saying how many it takes, for fewer than
/// 1 / rate - 1 scores: they cannot promise so low a rate. Source: Vovk, Gammerman and Shafer (2005), "Algorithmic
/// learning in a random world"; Papadopoulos et al. (2002), "Inductive confidence machines for regression".
double conformal_threshold(const VectorD& scores, double rate);

/// How often a score from the same source is at least this high: (1 + calibration scores that are) / (scores + 1).
/// Under the same condition it is at most p with a probability of at most p.
double conformal_p_value(const VectorD& scores, double score);

}  // namespace handbuilt::similarity

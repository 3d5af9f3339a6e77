#pragma once

#include <span>

#include "core/tensor.hpp"

namespace handbuilt::nn {

/// Each row of `logits` [batch, classes] turned into probabilities: exp(logit) divided by the row's sum of them. Stable
/// for logits of any size. Throws ShapeError unless the rank is 2.
template <class Scalar>
BasicTensor<Scalar> softmax(const BasicTensor<Scalar>& logits);

/// Softmax cross-entropy: the mean over the batch of -log(probability of the right class), in nats.
///
/// logits    [batch, classes]
/// labels    batch numbers, each 0 ... classes - 1
/// d_logits  receives d loss / d logits = (softmax(logits) - one_hot(labels)) / batch
///
/// Throws ShapeError when the sizes do not fit or the batch is empty, ValueError for a label that names no class.
template <class Scalar>
double softmax_cross_entropy(const BasicTensor<Scalar>& logits, std::span<const int> labels,
                             BasicTensor<Scalar>& d_logits);

/// The loss alone.
template <class Scalar>
double softmax_cross_entropy(const BasicTensor<Scalar>& logits, std::span<const int> labels);

/// Squared loss: the mean over the batch of half the squared distance between prediction and target.
///
/// prediction, target  [batch, ...], of the same shape
/// d_prediction        receives d loss / d prediction = (prediction - target) / batch
///
/// Throws ShapeError when the shapes differ or the batch is empty.
template <class Scalar>
double squared_loss(const BasicTensor<Scalar>& prediction, const BasicTensor<Scalar>& target,
                    BasicTensor<Scalar>& d_prediction);

}  // namespace handbuilt::nn

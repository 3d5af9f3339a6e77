#pragma once

#include <vector>

#include "data/labelled_images.hpp"

/// The dumbest things that could read digits, to have something to beat. Each answers with a class for every one of
/// `images` [count, channels, height, width], having seen only `train`. All throw ValueError when `train` is empty.
namespace handbuilt::lessons::convnet {

/// The class that `train` has most of, whatever the image.
std::vector<int> commonest_class(const data::LabelledImages& train, const Tensor& images);

/// The class whose average picture is nearest (squared difference over all pixels).
std::vector<int> nearest_mean(const data::LabelledImages& train, const Tensor& images);

/// The label of the nearest picture of `train`.
std::vector<int> nearest_neighbour(const data::LabelledImages& train, const Tensor& images);

/// Every image moved right by `pixels`; what leaves on the right is lost, zeros come in on the left.
Tensor moved_right(const Tensor& images, int pixels);

/// The share of answers that equal the label, 0 ... 1. Throws ValueError when the two differ in number.
double share_right(const std::vector<int>& answers, const std::vector<int>& labels);

}  // namespace handbuilt::lessons::convnet

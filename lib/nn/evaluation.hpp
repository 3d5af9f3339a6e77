#pragma once

#include <vector>

#include "core/parallel.hpp"
#include "data/labelled_images.hpp"
#include "nn/sequential.hpp"

namespace handbuilt::nn {

/// How well a classifier does on labelled images.
struct Evaluation {
  double loss = 0;                          ///< mean softmax cross-entropy, nats
  double accuracy = 0;                      ///< share of images whose largest output is their label, 0 ... 1
  std::vector<int> predictions;             ///< [count] the class with the largest output, the lowest at a tie
  std::vector<std::vector<int>> confusion;  ///< [label][prediction] number of images
};

/// Runs `network`, whose output is [batch, classes], over all images in batches. The images are shared out among
/// `workers`, each with its own copy of the network. Throws ValueError when there are no images or a label is not a
/// class of the network, ShapeError when an image does not fit it.
Evaluation evaluate(const Sequential<float>& network, const data::LabelledImages& samples, Workers& workers);

/// The same on this thread alone.
Evaluation evaluate(const Sequential<float>& network, const data::LabelledImages& samples);

/// The class of each row of `outputs` [batch, classes]: its largest entry, the first of them at a tie.
std::vector<int> most_likely(const Tensor& outputs);

/// Throws, naming what is wrong and where, unless there are images, one label for each, every pixel is finite, the
/// network takes them and every label is one of its classes. `name` is what messages call the samples.
void require_trainable(const Sequential<float>& network, const data::LabelledImages& samples, const std::string& name);

}  // namespace handbuilt::nn

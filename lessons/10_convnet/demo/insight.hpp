#pragma once

#include <string>
#include <vector>

#include "data/labelled_images.hpp"
#include "nn/sequential.hpp"

namespace handbuilt::lessons::convnet {

/// The layers of nn::lenet by their place in the network.
enum LenetLayer { kConv1, kRelu1, kPool1, kConv2, kRelu2, kPool2, kFlatten, kDense1, kRelu3, kDense2, kRelu4, kOutput };

/// What a network makes of one picture.
struct Answer {
  std::vector<Tensor> activations;    ///< the output of every layer, [1, ...]
  std::vector<double> probabilities;  ///< of the ten classes; they add up to 1
  int best = 0;                       ///< the likeliest class
};
/// Runs `network` (an nn::lenet) on `picture` [1, 1, 28, 28].
Answer answer(nn::Sequential<float>& network, const Tensor& picture);

/// The picture that each node of a layer answers to: the mean of the kAnsweredPictures pieces of real images that
/// excite it most, no two from one image. A node of a convolution sees a piece as large as its receptive field, a node
/// of a dense layer the whole image. (Following the gradient from noise finds what excites a node even more, but
/// nothing that anybody would draw.)
struct NodePictures {
  std::string layer;  ///< "convolution 2"
  Tensor pictures;    ///< [nodes, 1, side, side], 0 black ... 1 white
};
inline constexpr int kAnsweredPictures = 16;

struct Mistake {
  int image = 0;  ///< its number among the images
  int label = 0, answer = 0;
  double confidence = 0;  ///< the probability that the network gave its answer
};

/// What a network has in it and gets wrong, seen on labelled images.
struct Insight {
  std::vector<NodePictures> nodes;          ///< of both convolutions, both hidden dense layers and the outputs
  std::vector<Mistake> mistakes;            ///< the surest first
  std::vector<std::vector<int>> confusion;  ///< [label][answer] images
};
/// Runs `network` (an nn::lenet) over all `images` [count, 1, 28, 28].
Insight look_inside(nn::Sequential<float>& network, const data::LabelledImages& images);

}  // namespace handbuilt::lessons::convnet

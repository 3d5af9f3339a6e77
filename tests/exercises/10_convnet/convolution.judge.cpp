#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "grader/judge/judge.hpp"
#include "reference.hpp"

using convnet::Conv2dGradient;
using namespace handbuilt::grader;
using handbuilt::TensorD;

STUDENT(convnet, conv2d_forward, input, weights, bias);
STUDENT(convnet, conv2d_gradient_parameters, input, d_output);
STUDENT(convnet, conv2d_gradient_input, weights, d_output);

namespace {

// The usual wrong answers, computed from right ones on changed inputs.

Tensor flipped(const Tensor& weights) {
  const int kernel = weights.shape()[2];
  Tensor result(weights.shape());
  for (const auto [o, c, i, j] : weights.indices()) result(o, c, i, j) = weights(o, c, kernel - 1 - i, kernel - 1 - j);
  return result;
}

Tensor upside_down(const Tensor& weights) {
  const int kernel = weights.shape()[2];
  Tensor result(weights.shape());
  for (const auto [o, c, i, j] : weights.indices()) result(o, c, i, j) = weights(o, c, kernel - 1 - i, j);
  return result;
}

Tensor rows_for_columns(const Tensor& weights) {
  Tensor result(weights.shape());
  for (const auto [o, c, i, j] : weights.indices()) result(o, c, i, j) = weights(o, c, j, i);
  return result;
}

Tensor scaled(Tensor tensor, float factor) {
  for (float& value : tensor) value *= factor;
  return tensor;
}

/// Zero where the index along `dimension` is not `kept`.
Tensor only(const Tensor& tensor, int dimension, int kept) {
  Tensor result(tensor.shape());
  for (const auto [n, c, y, x] : tensor.indices())
    if ((dimension == 0 ? n : c) == kept) result(n, c, y, x) = tensor(n, c, y, x);
  return result;
}

/// Zero but for the weights whose (c, i, j) are `kept`.
template <class Kept>
Tensor only_weights(const Tensor& weights, Kept&& kept) {
  Tensor result(weights.shape());
  for (const auto [o, c, i, j] : weights.indices())
    if (kept(c, i, j)) result(o, c, i, j) = weights(o, c, i, j);
  return result;
}

/// Zero in all images but the first, which has what all of them have together.
Tensor all_in_the_first_image(const Tensor& images) {
  Tensor result(images.shape());
  for (const auto [n, c, y, x] : images.indices()) result(0, c, y, x) += images(n, c, y, x);
  return result;
}

/// The first image in every place of the batch.
Tensor first_image_everywhere(const Tensor& images) {
  Tensor result(images.shape());
  for (const auto [n, c, y, x] : images.indices()) result(n, c, y, x) = images(0, c, y, x);
  return result;
}

/// The first channel in every place of each image.
Tensor first_channel_everywhere(const Tensor& images) {
  Tensor result(images.shape());
  for (const auto [n, c, y, x] : images.indices()) result(n, c, y, x) = images(n, 0, y, x);
  return result;
}

/// The forward step with an int for its running sum, channels first and rows before columns.
Tensor with_whole_sums(const Tensor& input, const Tensor& weights, const Tensor& bias) {
  const int kernel = weights.shape()[2];
  Tensor output(reference::conv2d_forward(input, weights, bias).shape());
  for (const auto [n, o, y, x] : output.indices()) {
    int sum = static_cast<int>(bias(o));
    for (int c = 0; c < input.shape()[1]; ++c)
      for (int i = 0; i < kernel; ++i)
        for (int j = 0; j < kernel; ++j)
          sum = static_cast<int>(static_cast<float>(sum) + input(n, c, y + i, x + j) * weights(o, c, i, j));
    output(n, o, y, x) = static_cast<float>(sum);
  }
  return output;
}

/// What `conv2d_gradient_parameters` leaves when every contribution overwrites the one before it: the last.
Conv2dGradient last_contribution(const Tensor& input, const Tensor& d_output) {
  const auto [batch, out_channels, height, width] = d_output.shape();
  Tensor last(d_output.shape());
  for (int o = 0; o < out_channels; ++o)
    last(batch - 1, o, height - 1, width - 1) = d_output(batch - 1, o, height - 1, width - 1);
  return reference::conv2d_gradient_parameters(input, last);
}

/// d_weights when every weight is taken to have met the pixel at (y, x).
Tensor d_weights_of_the_corner(const Tensor& input, const Tensor& d_output) {
  Tensor d_weights(reference::conv2d_gradient_parameters(input, d_output).d_weights.shape());
  for (const auto [o, c, i, j] : d_weights.indices())
    for (const auto [n, channel, y, x] : d_output.indices())
      if (channel == o) d_weights(o, c, i, j) += input(n, c, y, x) * d_output(n, o, y, x);
  return d_weights;
}

/// What `conv2d_gradient_input` leaves when every contribution overwrites the one before it.
Tensor overwritten_d_input(const Tensor& weights, const Tensor& d_output) {
  const int kernel = weights.shape()[2];
  Tensor d_input(reference::conv2d_gradient_input(weights, d_output).shape());
  for (const auto [n, o, y, x] : d_output.indices())
    for (int c = 0; c < weights.shape()[1]; ++c)
      for (int i = 0; i < kernel; ++i)
        for (int j = 0; j < kernel; ++j) d_input(n, c, y + i, x + j) = weights(o, c, i, j) * d_output(n, o, y, x);
  return d_input;
}

/// Everything moved right by one pixel; zeros come in.
Tensor moved_right(const Tensor& images) {
  Tensor moved(images.shape());
  for (const auto [n, c, y, x] : images.indices())
    if (x > 0) moved(n, c, y, x) = images(n, c, y, x - 1);
  return moved;
}

double dot(const Tensor& a, const Tensor& b) {
  double sum = 0;
  for (std::ptrdiff_t k = 0; k < a.size(); ++k) sum += static_cast<double>(a[k]) * b[k];
  return sum;
}

double dot(const TensorD& a, const Tensor& b) {
  double sum = 0;
  for (std::ptrdiff_t k = 0; k < a.size(); ++k) sum += a[k] * b[k];
  return sum;
}

/// One convolution's sizes, chosen where loops slip.
struct Sizes {
  int batch, in_channels, height, width, out_channels, kernel;

  [[nodiscard]] Shape input() const { return {batch, in_channels, height, width}; }
  [[nodiscard]] Shape weights() const { return {out_channels, in_channels, kernel, kernel}; }
  [[nodiscard]] Shape output() const { return {batch, out_channels, height - kernel + 1, width - kernel + 1}; }
};
const std::vector<Sizes> kOddSizes{
    {1, 1, 1, 1, 1, 1},  // one pixel, one weight
    {1, 2, 3, 3, 3, 3},  // a kernel as large as the image
    {2, 1, 2, 7, 2, 2},  // a long strip
    {3, 4, 6, 2, 1, 1},  // a kernel of one pixel
    {1, 3, 7, 4, 5, 2},  // an even kernel
};

}  // namespace

// conv2d-forward

TEST(Conv2dForward, AddsUpNineProductsAtEveryPlace) {
  // The kernel of the lesson, which looks for ink with none on its left, over a stroke that begins in the second row.
  Tensor stroke({1, 1, 4, 5});
  for (int y = 1; y < 4; ++y) stroke(0, 0, y, 2) = 1;
  const Tensor kernel({1, 1, 3, 3}, {-1, 1, 0, -1, 1, 0, -1, 1, 0}), no_bias({1});
  EXPECT_ANSWER(student::conv2d_forward(stroke, kernel, no_bias), Tensor({1, 1, 2, 3}, {0, 2, -2, 0, 3, -3}))
      .mistake(reference::conv2d_forward(stroke, flipped(kernel), no_bias), "the kernel is flipped",
               "which kernel entry meets the pixel in the window's upper left corner?")
      .mistake(reference::conv2d_forward(stroke, rows_for_columns(kernel), no_bias),
               "the kernel's rows and columns are exchanged", "which of i and j goes with y?")
      .because(
          "each output is the sum of nine products, the pixel at (y + i, x + j) times the weight at (i, j), one output "
          "for every place where the kernel fits");
}

TEST(Conv2dForward, SumsOverAllChannelsOfEachImageForEachKernel) {
  const Tensor input = whole_numbers({2, 3, 6, 5}), weights = whole_numbers({4, 3, 3, 3});
  const Tensor bias({4}, {5, -6, 7, -8});  // float sums of small whole numbers are exact in any order
  const Tensor right = reference::conv2d_forward(input, weights, bias);
  const Tensor without_bias = reference::conv2d_forward(input, weights, zeros({4}));
  const auto with_weights = [&](auto kept) {
    return reference::conv2d_forward(input, only_weights(weights, kept), bias);
  };
  const auto last_product = only_weights(weights, [](int c, int i, int j) { return c == 2 && i == 2 && j == 2; });
  Tensor channel_means = right;
  for (std::ptrdiff_t k = 0; k < right.size(); ++k) channel_means[k] += without_bias[k] / 3 - without_bias[k];
  EXPECT_ANSWER(student::conv2d_forward(input, weights, bias), right)
      .mistake(reference::conv2d_forward(input, flipped(weights), bias), "the kernel is flipped",
               "deep learning's convolution does not flip: the pixel at (y + i, x + j) meets the weight at (i, j)")
      .mistake(reference::conv2d_forward(input, rows_for_columns(weights), bias),
               "the kernel's rows and columns are exchanged", "which of i and j goes with y?")
      .mistake(reference::conv2d_forward(input, upside_down(weights), bias), "the kernel is flipped from top to bottom",
               "which row of the kernel meets the row y of the image?")
      .mistake(zeros(right.shape()), "nothing was written into the output", "where does each sum go when it is done?")
      .mistake(reference::conv2d_forward(input, last_product, zeros({4})), "each product overwrites the sum",
               "= or +=? one output is a sum of many products")
      .mistake(with_weights([](int, int, int j) { return j < 2; }), "the kernel's last column is left out",
               "where does your loop over j end?")
      .mistake(with_weights([](int, int i, int) { return i < 2; }), "the kernel's last row is left out",
               "where does your loop over i end?")
      .mistake(without_bias, "the bias is missing", "with which value does a sum start?")
      .mistake(reference::conv2d_forward(input, weights, scaled(bias, 3)),
               "the bias is added once for every input channel", "how often does one output need it?")
      .mistake(reference::conv2d_forward(input, weights, scaled(bias, 27)), "the bias is added once for every weight",
               "how often does one output need it?")
      .mistake(reference::conv2d_forward(input, only(weights, 1, 0), bias), "only the first input channel is summed",
               "how deep is one kernel?")
      .mistake(reference::conv2d_forward(input, only(weights, 1, 2), bias), "only the last input channel is left",
               "does the sum start anew for every channel?")
      .mistake(reference::conv2d_forward(input, only(weights, 1, 2), zeros({4})), "only the last input channel is left",
               "does the sum start anew for every channel?")
      .mistake(channel_means, "this is the mean over the input channels",
               "a kernel is as deep as the image: what does it do with the products of all its channels?")
      .mistake(only(right, 0, 0), "only the first image was computed", "to where does your loop over n run?")
      .mistake(reference::conv2d_forward(input, weights, filled({4}, bias(0))), "every kernel got the first one's bias",
               "which of n, o, y and x does the bias depend on?")
      .mistake(reference::conv2d_forward(first_channel_everywhere(input), weights, bias),
               "every channel's weights meet the first channel's pixels", "where does c stand in your formula?")
      .mistake(reference::conv2d_forward(first_image_everywhere(input), weights, bias),
               "every image of the batch got the first one's answer", "where does n stand in your formula?");
}

TEST(Conv2dForward, AddsTheBiasOnceWhateverTheImageShows) {
  const Tensor bias = whole_numbers({3}, 1, 9);
  const Sizes sizes{2, 2, 4, 5, 3, 2};
  Tensor expected(sizes.output());
  for (const auto [n, o, y, x] : expected.indices()) expected(n, o, y, x) = bias(o);
  EXPECT_ANSWER(student::conv2d_forward(whole_numbers(sizes.input()), zeros(sizes.weights()), bias), expected)
      .mistake(zeros(sizes.output()), "the bias is missing")
      .because("when every weight is zero, only the bias is left");
}

TEST(Conv2dForward, MovesItsAnswerWhenThePictureMoves) {
  Tensor picture = whole_numbers({1, 1, 5, 7}, 1, 9);
  for (int y = 0; y < 5; ++y) picture(0, 0, y, 6) = 0;  // so that nothing is lost on the right
  const Tensor kernel = whole_numbers({1, 1, 3, 3}), bias({1}, {2});
  const Tensor answer = student::conv2d_forward(picture, kernel, bias);
  const Tensor answer_to_moved = student::conv2d_forward(moved_right(picture), kernel, bias);
  bool moved_along = answer.shape() == answer_to_moved.shape() && answer.rank() == 4;
  for (int y = 0; moved_along && y < answer.shape()[2]; ++y)
    for (int x = 1; x < answer.shape()[3]; ++x)
      moved_along = moved_along && answer_to_moved(0, 0, y, x) == answer(0, 0, y, x - 1);
  EXPECT_PROPERTY(moved_along, "when the picture moves right by one pixel, the answer moves right by one pixel")
      .shows("answer", answer)
      .shows("answer to the moved picture", answer_to_moved)
      .help("does anything but the window's corner depend on y and x?");
}

TEST(Conv2dForward, FitsOddSizes) {
  for (const Sizes& sizes : kOddSizes) {
    const Tensor input = whole_numbers(sizes.input()), weights = whole_numbers(sizes.weights());
    const Tensor bias = whole_numbers({sizes.out_channels});
    EXPECT_ANSWER(student::conv2d_forward(input, weights, bias), reference::conv2d_forward(input, weights, bias))
        .help("which extent does each of your loops run to: height or width, in_channels or out_channels?");
  }
}

TEST(Conv2dForward, KeepsFractions) {
  const Tensor input = gaussian({2, 3, 8, 8}), weights = gaussian({2, 3, 5, 5}), bias = gaussian({2});
  EXPECT_ANSWER(student::conv2d_forward(input, weights, bias), reference::conv2d_forward(input, weights, bias))
      .mistake(with_whole_sums(input, weights, bias), "the running sum is a whole number",
               "what type does your sum have?")
      .help("is there a whole-number type among your variables?");
}

// conv2d-gradient-parameters

TEST(Conv2dGradientParameters, GathersFromEveryPlaceTheWeightWasUsed) {
  // One kernel of 2 x 2 over 3 x 3 pixels: each weight was used at four places, each place has a d_output of 1.
  const Tensor input({1, 1, 3, 3}, {1, 2, 3, 4, 5, 6, 7, 8, 9}), d_output = ones({1, 1, 2, 2});
  EXPECT_ANSWER(student::conv2d_gradient_parameters(input, d_output),
                (Conv2dGradient{Tensor({1, 1, 2, 2}, {12, 16, 24, 28}), Tensor({1}, {4})}))
      .mistake(last_contribution(input, d_output), "each contribution overwrites the one before",
               "= or +=? the weight was used at four places")
      .mistake(Conv2dGradient{Tensor({1, 1, 2, 2}, {28, 24, 16, 12}), Tensor({1}, {4})}, "d_weights is reversed",
               "which pixel did weight (0, 0) meet when the window stood in the corner?")
      .because(
          "weight (0, 0) met the pixels 1, 2, 4 and 5, so it gathers 1 + 2 + 4 + 5; the bias went into all four "
          "outputs");
}

TEST(Conv2dGradientParameters, SumsOverImagesAndPlacesForEveryChannelPair) {
  const Tensor input = whole_numbers({2, 3, 6, 5}), d_output = whole_numbers({2, 4, 4, 3});
  const Conv2dGradient right = reference::conv2d_gradient_parameters(input, d_output);
  const auto with_bias = [&](const Tensor& d_bias) { return Conv2dGradient{right.d_weights, d_bias}; };
  const auto with_weights = [&](const Tensor& d_weights) { return Conv2dGradient{d_weights, right.d_bias}; };
  const Conv2dGradient last = last_contribution(input, d_output);
  EXPECT_ANSWER(student::conv2d_gradient_parameters(input, d_output), right)
      .mistake(with_weights(flipped(right.d_weights)), "d_weights is reversed",
               "which pixel did weight (0, 0) meet when the window stood in the corner?")
      .mistake(with_weights(rows_for_columns(right.d_weights)), "d_weights has rows and columns exchanged",
               "which of i and j goes with y?")
      .mistake((Conv2dGradient{scaled(right.d_weights, -1), scaled(right.d_bias, -1)}),
               "the gradient points the wrong way", "the step goes against the gradient; the gradient itself does not")
      .mistake((Conv2dGradient{scaled(right.d_weights, 0.5F), scaled(right.d_bias, 0.5F)}),
               "the gradient is divided by the batch size", "has the loss not done that already?")
      .mistake(last, "each contribution overwrites the one before", "= or +=? a weight is used at many places")
      .mistake(with_weights(last.d_weights), "each contribution overwrites the one before in d_weights",
               "= or +=? a weight is used at many places")
      .mistake(with_bias(last.d_bias), "each contribution overwrites the one before in d_bias",
               "= or +=? a bias moves many outputs")
      .mistake(with_bias(filled({4}, 24)), "d_bias counts the outputs",
               "raise the bias by a little: each output rises by as much; and the loss?")
      .mistake(with_bias(reference::conv2d_gradient_parameters(input, only(d_output, 0, 0)).d_bias),
               "d_bias counts the first image only", "whose outputs does the bias move?")
      .mistake(reference::conv2d_gradient_parameters(first_channel_everywhere(input), d_output),
               "all weights meet the pixels of the first channel", "where does c stand in your formula?")
      .mistake(with_weights(d_weights_of_the_corner(input, d_output)), "every weight meets the pixel at (y, x)",
               "which pixel did weight (i, j) meet when the window stood at (y, x)?")
      .mistake(with_weights(zeros(right.d_weights.shape())), "d_weights is left at zero", "who writes into d_weights?")
      .mistake((Conv2dGradient{zeros(right.d_weights.shape()), zeros({4})}), "nothing was written into the gradient",
               "who writes into d_weights and d_bias?")
      .mistake(with_bias(zeros({4})), "d_bias is left at zero", "by how much does an output move when its bias does?")
      .mistake(with_bias(scaled(right.d_bias, 3)), "d_bias is counted once for every input channel",
               "inside which loops does your line for the bias stand?")
      .mistake(with_bias(scaled(right.d_bias, 27)), "d_bias is counted once for every weight",
               "inside which loops does your line for the bias stand?")
      .mistake(with_bias(scaled(right.d_bias, 1.0F / 24)), "d_bias is a mean and should be a sum",
               "each of the outputs moves with the bias; what does the loss do in all?")
      .mistake(reference::conv2d_gradient_parameters(input, only(d_output, 0, 0)), "only the first image counts",
               "does the loss depend on the others too?")
      .mistake(reference::conv2d_gradient_parameters(input, only(d_output, 0, 1)), "only the last image is left",
               "does something start anew for every image?");
}

TEST(Conv2dGradientParameters, AgreesWithATinyNudgeOfEveryWeight) {
  const Tensor input = gaussian({2, 2, 5, 4}), d_output = gaussian({2, 3, 3, 2});
  const TensorD input_d = to_double(input), bias_d({3});
  // The loss whose derivative by the output is d_output everywhere.
  const auto loss = [&](const TensorD& weights) {
    return dot(handbuilt::nn::plain::conv2d_forward(input_d, weights, bias_d), d_output);
  };
  const TensorD nudged = numerical_gradient(loss, to_double(gaussian({3, 2, 3, 3})));
  EXPECT_ANSWER(student::conv2d_gradient_parameters(input, d_output).d_weights, to_float(nudged))
      .because("raise one weight by a hair: the loss changes by d_weights times the hair")
      .help("for one weight, list the outputs it had a hand in");
}

TEST(Conv2dGradientParameters, FitsOddSizes) {
  for (const Sizes& sizes : kOddSizes) {
    const Tensor input = whole_numbers(sizes.input()), d_output = whole_numbers(sizes.output());
    EXPECT_ANSWER(student::conv2d_gradient_parameters(input, d_output),
                  reference::conv2d_gradient_parameters(input, d_output))
        .help("the kernel's side is height - out_height + 1; which extent does each of your loops run to?");
  }
}

// conv2d-gradient-input

TEST(Conv2dGradientInput, HandsEveryPixelItsShare) {
  // One kernel of 2 x 2 over 3 x 3 pixels. Only two outputs matter to the loss: the upper left, the lower right twice.
  const Tensor weights({1, 1, 2, 2}, {1, 2, 3, 4}), d_output({1, 1, 2, 2}, {1, 0, 0, 2});
  EXPECT_ANSWER(student::conv2d_gradient_input(weights, d_output), Tensor({1, 1, 3, 3}, {1, 2, 0, 3, 6, 4, 0, 6, 8}))
      .mistake(reference::conv2d_gradient_input(flipped(weights), d_output), "the kernel is flipped",
               "with which weight did output (0, 0) read pixel (0, 0)?")
      .mistake(reference::conv2d_gradient_input(rows_for_columns(weights), d_output),
               "the kernel's rows and columns are exchanged", "which of i and j goes with y?")
      .mistake(overwritten_d_input(weights, d_output), "each contribution overwrites the one before",
               "= or +=? a pixel is read by several outputs")
      .mistake(zeros({1, 1, 3, 3}), "d_input is left at zero", "who writes into d_input?")
      .because("each output read four pixels, each with a weight of its own; both of these read the one in the middle");
}

TEST(Conv2dGradientInput, SumsOverAllOutputsThatReadThePixel) {
  const Tensor weights = whole_numbers({4, 3, 3, 3}), d_output = whole_numbers({2, 4, 4, 3});
  const Tensor right = reference::conv2d_gradient_input(weights, d_output);
  EXPECT_ANSWER(student::conv2d_gradient_input(weights, d_output), right)
      .mistake(reference::conv2d_gradient_input(flipped(weights), d_output), "the kernel is flipped",
               "handing out from the outputs' side, nothing needs to be flipped")
      .mistake(reference::conv2d_gradient_input(rows_for_columns(weights), d_output),
               "the kernel's rows and columns are exchanged", "which of i and j goes with y?")
      .mistake(overwritten_d_input(weights, d_output), "each contribution overwrites the one before",
               "= or +=? a pixel is read by several outputs")
      .mistake(reference::conv2d_gradient_input(weights, only(d_output, 1, 0)),
               "only the first output channel hands back", "how many kernels read each pixel?")
      .mistake(reference::conv2d_gradient_input(weights, only(d_output, 1, 3)), "only the last output channel is left",
               "does something start anew for every kernel?")
      .mistake(scaled(right, -1), "the gradient points the wrong way",
               "the step goes against the gradient; the gradient itself does not")
      .mistake(first_image_everywhere(right), "every image got the first one's gradient", "where does n stand?")
      .mistake(only(right, 0, 0), "only the first image gets a gradient", "to where does your loop over n run?")
      .mistake(only(right, 1, 0), "only the first input channel gets a gradient",
               "how many channels of a pixel does one kernel read?")
      .mistake(all_in_the_first_image(right), "all gradients go to the first image", "where does n stand?")
      .mistake(scaled(right, 0.25F), "this is the mean over the output channels",
               "each kernel read the pixel; what does the loss do in all?");
}

TEST(Conv2dGradientInput, WeighsPixelsAsTheForwardStepDid) {
  // For whatever input and d_output: d_output . forward(input) = d_input . input, when the bias is zero.
  const Tensor input = whole_numbers({2, 2, 5, 6}), weights = whole_numbers({3, 2, 2, 2});
  const Tensor d_output = whole_numbers({2, 3, 4, 5});
  const Tensor d_input = student::conv2d_gradient_input(weights, d_output);
  const double forward = dot(reference::conv2d_forward(input, weights, zeros({3})), d_output);
  const double backward = d_input.shape() == input.shape() ? dot(d_input, input) : 0;
  EXPECT_PROPERTY(d_input.shape() == input.shape() && forward == backward,
                  "what all outputs count for together is what all pixels count for together")
      .shows("shape of d_input", d_input.shape())
      .shows("outputs times d_output, added up", forward)
      .shows("pixels times d_input, added up", backward);
}

TEST(Conv2dGradientInput, AgreesWithATinyNudgeOfEveryPixel) {
  const Tensor weights = gaussian({3, 2, 3, 3}), d_output = gaussian({2, 3, 3, 2});
  const TensorD weights_d = to_double(weights), bias_d({3});
  const auto loss = [&](const TensorD& input) {
    return dot(handbuilt::nn::plain::conv2d_forward(input, weights_d, bias_d), d_output);
  };
  EXPECT_ANSWER(student::conv2d_gradient_input(weights, d_output),
                to_float(numerical_gradient(loss, gaussian_d({2, 2, 5, 4}))))
      .because("raise one pixel by a hair: the loss changes by d_input times the hair");
}

TEST(Conv2dGradientInput, FitsOddSizes) {
  for (const Sizes& sizes : kOddSizes) {
    const Tensor weights = whole_numbers(sizes.weights()), d_output = whole_numbers(sizes.output());
    EXPECT_ANSWER(student::conv2d_gradient_input(weights, d_output),
                  reference::conv2d_gradient_input(weights, d_output))
        .help("the input was out_height + kernel - 1 high; which extent does each of your loops run to?");
  }
}

// LeNet in double against PyTorch: tests/lib/nn/golden/make_lenet_golden.py wrote the results that are compared here.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "core/file.hpp"
#include "nn/lenet.hpp"
#include "nn/loss.hpp"

namespace handbuilt::nn {
namespace {

/// The formula of make_lenet_golden.py.
void fill_by_formula(TensorD& tensor, std::uint64_t phase, double scale) {
  constexpr std::uint64_t kMask = 0xffffffff;
  for (std::ptrdiff_t i = 0; i < tensor.size(); ++i) {
    std::uint64_t hashed = ((static_cast<std::uint64_t>(i) + 1) * 2654435761u + phase * 40503u) & kMask;
    hashed = ((hashed ^ (hashed >> 15)) * 2246822519u) & kMask;
    tensor[i] = scale * (static_cast<double>(hashed) / 4294967296.0 - 0.5);
  }
}

using Golden = std::map<std::string, std::vector<double>>;

/// "NAME COUNT\n", then COUNT little-endian doubles, again and again.
Golden read_golden() {
  const std::string content = read_file(HANDBUILT_SOURCE_DIR "/tests/lib/nn/golden/lenet.golden");
  Golden golden;
  for (std::size_t position = 0; position < content.size();) {
    const std::size_t end = content.find('\n', position);
    const std::string line = content.substr(position, end - position);
    const std::size_t space = line.rfind(' ');
    std::vector<double>& values = golden[line.substr(0, space)];
    values.resize(std::stoul(line.substr(space + 1)));
    std::memcpy(values.data(), content.data() + end + 1, values.size() * sizeof(double));
    position = end + 1 + values.size() * sizeof(double);
  }
  return golden;
}

/// The largest difference, as a share of the largest expected entry.
double off_by(const TensorD& got, const std::vector<double>& expected) {
  if (got.size() != static_cast<std::ptrdiff_t>(expected.size())) return INFINITY;
  double largest = 0, difference = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const double off = std::abs(got[static_cast<std::ptrdiff_t>(i)] - expected[i]);
    if (std::isnan(off)) return INFINITY;
    largest = std::max(largest, std::abs(expected[i]));
    difference = std::max(difference, off);
  }
  return difference / largest;
}

TEST(LeNet, HasTheOutputsTheLossAndEveryGradientThatPyTorchHas) {
  Random random(1);
  Sequential<double> network = lenet<double>(random);
  const std::array<double, 10> scales{0.5, 0.5, 0.25, 0.5, 0.15, 0.5, 0.25, 0.5, 0.5, 0.5};
  const std::vector<Parameter<double>*> parameters = network.parameters();
  ASSERT_EQ(parameters.size(), scales.size());
  for (std::size_t p = 0; p < scales.size(); ++p) fill_by_formula(parameters[p]->value, p, scales[p]);
  TensorD images({3, 1, 28, 28}), d_logits;
  fill_by_formula(images, 100, 1);
  for (double& pixel : images) pixel += 0.5;

  const TensorD logits = network.forward(images, Pass::training);
  const double loss = softmax_cross_entropy(logits, std::array{7, 0, 4}, d_logits);
  const TensorD d_images = network.backward(d_logits);

  const Golden golden = read_golden();
  EXPECT_LT(off_by(logits, golden.at("logits")), 1e-10);
  EXPECT_LT(off_by(TensorD({1}, {loss}), golden.at("loss")), 1e-10);
  for (std::size_t p = 0; p < parameters.size(); ++p)
    EXPECT_LT(off_by(parameters[p]->gradient, golden.at("gradient " + std::to_string(p))), 1e-10) << "parameter " << p;
  EXPECT_LT(off_by(d_images, golden.at("gradient images")), 1e-10);
}

}  // namespace
}  // namespace handbuilt::nn

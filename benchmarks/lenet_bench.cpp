// How fast LeNet of lesson 10 trains and answers, on the digits of datasets/mnist.
//
//   lenet_bench                                  all figures
//   lenet_bench --benchmark_filter=Train         one of them
//
// "items_per_second" are images a second, by the time the thread was on a processor, so that other work on the machine
// disturbs them little.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <vector>

#include "core/random.hpp"
#include "data/digits.hpp"
#include "nn/lenet.hpp"
#include "nn/loss.hpp"
#include "nn/optimizer.hpp"

namespace handbuilt {
namespace {

const data::LabelledImages& digits() {
  static const data::LabelledImages train = data::load_mnist_for_peers(HANDBUILT_SOURCE_DIR "/datasets/mnist").train;
  return train;
}

/// One whole step as a training loop does it: gather a shuffled batch, forward, loss, backward, momentum step.
void LeNetTrainStep(benchmark::State& state) {
  const int batch = static_cast<int>(state.range(0));
  Random random(0);
  nn::Sequential<float> network = nn::lenet<float>(random);
  network.wants_d_input(false);
  const auto optimizer = nn::make_optimizer<float>(nn::SgdOptions{.momentum = 0.9});
  const std::vector<nn::Parameter<float>*> parameters = network.parameters();
  const std::vector<int> order = random.permutation(digits().count());
  const std::ptrdiff_t pixels = digits().images.size() / digits().count();

  Tensor images({batch, 1, 28, 28}), d_logits;
  std::vector<int> labels(static_cast<std::size_t>(batch));
  std::size_t next = 0;
  for (auto _ : state) {
    for (std::size_t n = 0; n < labels.size(); ++n) {
      const int sample = order[next++ % order.size()];
      std::copy_n(digits().images.data() + sample * pixels, pixels,
                  images.data() + static_cast<std::ptrdiff_t>(n) * pixels);
      labels[n] = digits().labels[static_cast<std::size_t>(sample)];
    }
    network.zero_gradients();
    const Tensor& logits = network.forward(images, nn::Pass::training);
    benchmark::DoNotOptimize(nn::softmax_cross_entropy<float>(logits, labels, d_logits));
    network.backward(d_logits);
    optimizer->step(parameters, 0.01);
  }
  state.SetItemsProcessed(state.iterations() * batch);
}
BENCHMARK(LeNetTrainStep)->Arg(64);

void LeNetInference(benchmark::State& state) {
  const int batch = static_cast<int>(state.range(0));
  Random random(0);
  nn::Sequential<float> network = nn::lenet<float>(random);
  Tensor images({batch, 1, 28, 28});
  std::copy_n(digits().images.data(), images.size(), images.data());
  for (auto _ : state) benchmark::DoNotOptimize(network.forward(images, nn::Pass::inference).data());
  state.SetItemsProcessed(state.iterations() * batch);
}
BENCHMARK(LeNetInference)->Arg(1)->Arg(256);

}  // namespace
}  // namespace handbuilt

BENCHMARK_MAIN();

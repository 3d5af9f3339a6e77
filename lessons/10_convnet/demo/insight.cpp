#include "lessons/10_convnet/demo/insight.hpp"

#include <algorithm>
#include <array>

#include "nn/loss.hpp"

namespace handbuilt::lessons::convnet {
namespace {

constexpr int kSide = 28, kClasses = 10, kBatch = 100;

/// Which pixels a node at row y and column x of a layer's output sees: `side` rows and columns from
/// stride * (y or x) + offset on.
struct ReceptiveField {
  LenetLayer layer;
  const char* name;
  int side, stride, offset;
};
constexpr std::array kFields{
    ReceptiveField{kConv1, "convolution 1", 5, 1, -2}, ReceptiveField{kConv2, "convolution 2", 14, 2, -2},
    ReceptiveField{kDense1, "dense 120", kSide, 0, 0}, ReceptiveField{kDense2, "dense 84", kSide, 0, 0},
    ReceptiveField{kOutput, "outputs", kSide, 0, 0}};

/// One place in one image that excites a node.
struct Excitement {
  float value = 0;
  int image = 0, y = 0, x = 0;
};
bool stronger(const Excitement& a, const Excitement& b) { return a.value > b.value; }

/// The kAnsweredPictures strongest of those offered, as a heap with the weakest on top.
class Strongest {
 public:
  void offer(const Excitement& candidate) {
    if (heap_.size() == kAnsweredPictures) {
      if (candidate.value <= heap_.front().value) return;
      std::pop_heap(heap_.begin(), heap_.end(), stronger);
      heap_.pop_back();
    }
    heap_.push_back(candidate);
    std::push_heap(heap_.begin(), heap_.end(), stronger);
  }
  [[nodiscard]] const std::vector<Excitement>& all() const { return heap_; }

 private:
  std::vector<Excitement> heap_;
};

/// Where image `n` of a batch excites node `c` of a layer most; `output` is [batch, nodes] or [batch, nodes, h, w].
Excitement strongest_place(const Tensor& output, int n, int c) {
  const auto [batch, nodes, height, width] = output.shape();
  const float* map = output.data() + (n * nodes + c) * height * width;
  const auto place = static_cast<int>(std::max_element(map, map + height * width) - map);
  return {map[place], n, place / width, place % width};
}

/// The mean of the pieces of `images` at the given places; pixels outside an image are 0.
void write_mean(const Tensor& images, const std::vector<Excitement>& places, const ReceptiveField& field, int node,
                Tensor& pictures) {
  const float share = 1 / static_cast<float>(places.size());
  for (const Excitement& place : places)
    for (int i = 0; i < field.side; ++i)
      for (int j = 0; j < field.side; ++j) {
        const int y = field.stride * place.y + field.offset + i, x = field.stride * place.x + field.offset + j;
        if (y >= 0 && y < kSide && x >= 0 && x < kSide) pictures(node, 0, i, j) += share * images(place.image, 0, y, x);
      }
}

int best_class(const Tensor& rows, int row) {
  const float* first = rows.data() + row * kClasses;
  return static_cast<int>(std::max_element(first, first + kClasses) - first);
}

void judge(const Tensor& logits, const data::LabelledImages& batch, int first_image, Insight& insight) {
  const Tensor probabilities = nn::softmax(logits);
  for (int n = 0; n < batch.count(); ++n) {
    const int label = batch.labels[static_cast<std::size_t>(n)], best = best_class(probabilities, n);
    ++insight.confusion[static_cast<std::size_t>(label)][static_cast<std::size_t>(best)];
    if (best != label) insight.mistakes.push_back({first_image + n, label, best, probabilities(n, best)});
  }
}

}  // namespace

Answer answer(nn::Sequential<float>& network, const Tensor& picture) {
  Answer result;
  const Tensor probabilities = nn::softmax(network.forward(picture, nn::Pass::inference));
  result.probabilities.assign(probabilities.begin(), probabilities.end());
  result.best = best_class(probabilities, 0);
  for (int layer = 0; layer < network.size(); ++layer) result.activations.push_back(network.output_of(layer));
  return result;
}

Insight look_inside(nn::Sequential<float>& network, const data::LabelledImages& images) {
  Insight insight;
  insight.confusion.assign(kClasses, std::vector<int>(kClasses, 0));
  std::array<std::vector<Strongest>, kFields.size()> strongest;

  for (int first = 0; first < images.count(); first += kBatch) {
    const data::LabelledImages batch = data::slice(images, first, std::min(first + kBatch, images.count()));
    judge(network.forward(batch.images, nn::Pass::inference), batch, first, insight);
    for (std::size_t f = 0; f < kFields.size(); ++f) {
      const Tensor& output = network.output_of(kFields[f].layer);
      strongest[f].resize(static_cast<std::size_t>(output.shape()[1]));
      for (int node = 0; node < output.shape()[1]; ++node)
        for (int n = 0; n < batch.count(); ++n) {
          Excitement found = strongest_place(output, n, node);
          found.image += first;
          strongest[f][static_cast<std::size_t>(node)].offer(found);
        }
    }
  }

  for (std::size_t f = 0; f < kFields.size(); ++f) {
    const ReceptiveField& field = kFields[f];
    Tensor pictures({static_cast<int>(strongest[f].size()), 1, field.side, field.side});
    for (std::size_t node = 0; node < strongest[f].size(); ++node)
      write_mean(images.images, strongest[f][node].all(), field, static_cast<int>(node), pictures);
    insight.nodes.push_back({field.name, std::move(pictures)});
  }
  std::sort(insight.mistakes.begin(), insight.mistakes.end(),
            [](const Mistake& a, const Mistake& b) { return a.confidence > b.confidence; });
  return insight;
}

}  // namespace handbuilt::lessons::convnet

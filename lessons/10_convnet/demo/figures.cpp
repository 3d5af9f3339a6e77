#include "lessons/10_convnet/demo/figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "lessons/10_convnet/demo/view.hpp"
#include "lessons/demo.hpp"
#include "plot/figure.hpp"

namespace handbuilt::lessons::convnet {
namespace {

using plot::ColourMap;
using plot::Figure;

/// Plane `index` of [.., .., rows, columns], counted in memory order.
plot::Grid plane(const Tensor& tensor, int index) {
  const auto [n, c, rows, columns] = tensor.shape();
  const float* first = tensor.data() + index * rows * columns;
  return {rows, columns, std::vector<double>(first, first + rows * columns)};
}

std::vector<plot::Picture> planes(const Tensor& tensor) {
  const auto [n, c, rows, columns] = tensor.shape();
  std::vector<plot::Picture> pictures;
  for (int i = 0; i < n * c; ++i) pictures.push_back({plane(tensor, i)});
  return pictures;
}

/// The nodes of a dense layer as one picture of `columns` columns.
Tensor as_picture(const Tensor& nodes, int columns) {
  return nodes.reshaped({1, 1, static_cast<int>(nodes.size()) / columns, columns});
}

/// The weights of the first convolution, [8, 1, 5, 5].
Tensor filters_of(nn::Sequential<float> network) { return network.layer(kConv1).parameters().front()->value; }

plot::DisplayList filters(const Scene& scene, const nn::Sequential<float>& untrained) {
  const Tensor before = filters_of(untrained), after = filters_of(scene.snapshot().network);
  double reach = 0;
  for (const Tensor* weights : {&before, &after})
    for (const float weight : *weights) reach = std::max<double>(reach, std::abs(weight));
  const auto figure = [&](const char* title, const Tensor& weights) {
    return Figure(title).size(720, 150).images(
        planes(weights), {.map = ColourMap::diverging, .columns = 8, .range = plot::Range{-reach, reach}});
  };
  plot::DisplayList list = plot::page("The eight filters of the first convolution",
                                      {figure("Before training (red: above 0, blue: below 0, white: 0)", before),
                                       figure("After training, the same eight in the same colours", after)},
                                      1);
  list.description =
      "Eight filters of five by five weights, before training and after: red above zero, blue below. Patches of noise "
      "have become strokes and edges.";
  return list;
}

plot::DisplayList activations(const Scene& scene) {
  struct Layer {
    const char* title;
    Tensor maps;
    int columns;
  };
  const std::vector<Tensor>& all = scene.answer().activations;
  const std::vector<Layer> layers{{"Convolution 1 and ReLU: 8 of 28 x 28", all[kRelu1], 8},
                                  {"Pooling 1: 8 of 14 x 14", all[kPool1], 8},
                                  {"Convolution 2 and ReLU: 16 of 10 x 10", all[kRelu2], 8},
                                  {"Pooling 2: 16 of 5 x 5", all[kPool2], 8},
                                  {"Dense 120, in rows of 20", as_picture(all[kRelu3], 20), 1},
                                  {"Dense 84, in rows of 21", as_picture(all[kRelu4], 21), 1}};
  std::vector<Figure> figures;
  for (const Layer& layer : layers) {
    const double most = std::max(1e-6F, *std::max_element(layer.maps.begin(), layer.maps.end()));
    figures.push_back(
        Figure(layer.title)
            .size(460, 240)
            .images(planes(layer.maps),
                    {.map = ColourMap::sequential, .columns = layer.columns, .range = plot::Range{0, most}}));
  }
  return plot::page("What every layer makes of one digit", figures, 2);
}

plot::DisplayList hidden_nodes(const Scene& scene) {
  std::vector<Figure> figures;
  for (const NodePictures& layer : scene.snapshot().insight->nodes) {
    const int nodes = layer.pictures.shape()[0];
    const int columns = nodes <= 10 ? nodes : nodes <= 16 ? 16 : nodes == 84 ? 21 : 20;
    figures.push_back(
        Figure(fmt::format("{}: {} nodes", layer.layer, nodes))
            .size(900, nodes <= 16 ? 170 : 340)
            .images(planes(layer.pictures), {.map = ColourMap::ink, .columns = columns, .range = plot::Range{0, 1}}));
  }
  return plot::page("The picture that each node answers to", figures, 1);
}

plot::DisplayList mistakes(const Scene& scene) {
  constexpr std::size_t kMost = 24;
  const std::vector<Mistake>& all = scene.snapshot().insight->mistakes;
  std::vector<plot::Picture> pictures;
  for (std::size_t i = 0; i < std::min(all.size(), kMost); ++i)
    pictures.push_back({plane(scene.digits().images, all[i].image),
                        fmt::format("{}, not {}: {:.0f} %", all[i].answer, all[i].label, 100 * all[i].confidence)});
  Figure figure(
      fmt::format("Wrong on {} of {} validation digits, the surest first", all.size(), scene.digits().count()));
  figure.size(980, 420);
  if (!pictures.empty()) figure.images(std::move(pictures), {.map = ColourMap::ink, .columns = 8, .range = {}});
  return figure.draw();
}

plot::DisplayList drawing(const Scene& scene) {
  std::vector<std::string> classes;
  for (int c = 0; c < 10; ++c) classes.push_back(std::to_string(c));
  const std::vector<Figure> figures{
      Figure("What the network gets").size(300, 320).images({{plane(scene.picture(), 0)}}, {.map = ColourMap::ink}),
      Figure("What it says")
          .size(480, 320)
          .axes("digit", "probability")
          .categories(classes)
          .bars(scene.answer().probabilities, "")};
  return plot::page("A digit drawn on the pad", figures, 2);
}

plot::DisplayList confusion(const nn::Evaluation& test) {
  std::vector<std::string> classes;
  std::vector<double> counts;
  for (const std::vector<int>& row : test.confusion) {
    classes.push_back(std::to_string(classes.size()));
    counts.insert(counts.end(), row.begin(), row.end());
  }
  const int size = static_cast<int>(classes.size());
  return Figure("Which digit it takes for which, on the test digits")
      .size(620, 580)
      .confusion({size, size, counts}, classes)
      .draw();
}

}  // namespace

void save_figures(const std::filesystem::path& folder, const Scene& scene, const nn::Sequential<float>& untrained,
                  const nn::Evaluation& test) {
  save_figure(folder, "training_curves",
              plot::page("Training", {loss_figure(scene.snapshot()), accuracy_figure(scene.snapshot())}, 2));
  save_figure(folder, "filters", filters(scene, untrained));
  save_figure(folder, "hidden_nodes", hidden_nodes(scene));
  save_figure(folder, "mistakes", mistakes(scene));
  save_figure(folder, "confusion", confusion(test));

  Scene digit(scene.digits(), std::make_shared<const Snapshot>(scene.snapshot()));
  digit.show_next_of_class(5);
  save_figure(folder, "activations", activations(digit));
  digit.draw(scripted_three());
  save_figure(folder, "drawing", drawing(digit));
}

}  // namespace handbuilt::lessons::convnet

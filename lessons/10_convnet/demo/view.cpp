#include "lessons/10_convnet/demo/view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "lessons/page.hpp"
#include "nn/conv2d.hpp"
#include "nn/progress_line.hpp"
#include "plot/colour_map.hpp"
#include "plot/text_width.hpp"

namespace handbuilt::lessons::convnet {
namespace {

using plot::Colour;
using plot::ColourMap;
using plot::DisplayList;
using Anchor = plot::Text::Anchor;

const Colour kBlue = Colour::of_series(0);
const Colour kOrange = Colour::of_series(1);

float largest(const Tensor& tensor) { return *std::max_element(tensor.begin(), tensor.end()); }

std::string percent(double share) { return fmt::format("{:.0f} %", 100 * share); }

std::string thousands(int number) {
  return number < 1000 ? fmt::format("{}", number) : fmt::format("{},{:03}", number / 1000, number % 1000);
}

void draw_header(Page& page, const Layout& layout, const Scene& scene) {
  const Snapshot& snapshot = scene.snapshot();
  page.text({layout.header.x, layout.header.y + 19}, "A network learns to read digits", kTitleSize, kText,
            Anchor::start, true);
  std::string status = "about to begin";
  if (snapshot.done)
    status = "trained; these are the weights of its best epoch";
  else if (snapshot.progress.step > 0)
    status = nn::describe(snapshot.progress);
  if (scene.paused && !snapshot.done) status = "paused at " + status;
  page.text({layout.header.x, layout.header.y + 38}, status, kCaptionSize, kFaint);
  page.text({layout.help.x, layout.help.y + 15},
            "space: pause    n, p: next, previous digit    0-9: one of that class    up, down: mistakes    "
            "c: clear    m: framing    esc: close",
            kCaptionSize, kFaint);
}

void draw_mistakes(Page& page, const Layout& layout, const Scene& scene) {
  const std::vector<Mistake>& mistakes = scene.snapshot().insight->mistakes;
  const std::string count =
      fmt::format("Wrong on {} of {}", thousands(static_cast<int>(mistakes.size())), thousands(scene.digits().count()));
  page.heading(layout.mistakes, {count + ", the surest first", count});
  const Tiles tiles = mistake_tiles(layout);
  for (int i = 0; i < std::min(tiles.count(), static_cast<int>(mistakes.size())); ++i) {
    const Mistake& mistake = mistakes[static_cast<std::size_t>(i)];
    const Area square = tiles.square(i);
    page.picture(square, scene.digits().images, mistake.image, ColourMap::ink, 0, 1);
    const bool is_shown = !scene.shows_drawing() && mistake.image == scene.digit();
    page.frame(square, is_shown ? kOrange : kGrid, is_shown ? 2 : 1);
    const double middle = square.x + square.width / 2, below = square.y + square.height;
    page.text({middle, below + 12}, fmt::format("{}, not {}", mistake.answer, mistake.label), kCaptionSize, kText,
              Anchor::middle);
    page.text({middle, below + 24}, percent(mistake.confidence), kCaptionSize - 1, kFaint, Anchor::middle);
  }
}

/// One row of the column that shows the network, from its input to its last hidden layer.
struct NetworkRow {
  std::vector<std::string> captions;  ///< the second where the first is too wide
  double weight;                      ///< of the height that the captions leave
};

/// A row of maps: every channel of an activation, the more the brighter.
void draw_maps(Page& page, const Area& area, const Tensor& maps) {
  const int count = maps.shape()[1];
  const Tiles tiles(area, count);
  for (int i = 0; i < count; ++i) page.picture(tiles.square(i), maps, i, ColourMap::sequential, 0, largest(maps));
}

void draw_filters(Page& page, const Area& area, const Scene& scene) {
  nn::Sequential<float> network = scene.snapshot().network;
  const Tensor& filters = network.layer(kConv1).parameters().front()->value;
  float reach = 0;
  for (const float weight : filters) reach = std::max(reach, std::abs(weight));
  const int count = filters.shape()[0];
  const Tiles tiles(area, count + 1, 0, 8);
  page.picture(tiles.square(0), scene.picture(), 0, ColourMap::ink, 0, 1);
  page.frame(tiles.square(0), kFaint);
  for (int i = 0; i < count; ++i) {
    page.picture(tiles.square(i + 1), filters, i, ColourMap::diverging, -reach, reach);
    page.frame(tiles.square(i + 1), kGrid);
  }
}

/// What each node of a layer answers to; the more it answers now, the stronger its frame.
void draw_nodes(Page& page, const Area& area, const NodePictures& nodes, const Tensor& activation) {
  const int count = nodes.pictures.shape()[0];
  const Tiles tiles(area, count, 0, 3);
  const float most = std::max(largest(activation), 1e-6F);
  const auto per_node = activation.size() / count;
  for (int i = 0; i < count; ++i) {
    page.picture(tiles.square(i), nodes.pictures, i, ColourMap::ink, 0, 1);
    const float* values = activation.data() + i * per_node;
    const float excitement = *std::max_element(values, values + per_node) / most;
    page.frame(tiles.square(i), excitement > 0.05F ? kOrange.faded(excitement) : kGrid, excitement > 0.05F ? 2 : 1);
  }
}

void draw_network(Page& page, const Layout& layout, const Scene& scene) {
  const std::vector<NodePictures>& nodes = scene.snapshot().insight->nodes;
  const std::vector<Tensor>& activations = scene.answer().activations;
  const std::vector<NetworkRow> rows{{{"The picture, and the 8 filters of convolution 1 (red: more than 0, blue: less)",
                                       "The picture, and the filters of convolution 1"},
                                      1.5},
                                     {{"Convolution 1 and ReLU: 8 maps of 28 x 28"}, 1.6},
                                     {{"Pooling 1: 8 of 14 x 14"}, 1.1},
                                     {{"Convolution 2 and ReLU: 16 maps of 10 x 10"}, 1.1},
                                     {{"Pooling 2: 16 of 5 x 5"}, 0.8},
                                     {{"What each of the 16 nodes of convolution 2 answers to (framed: answers now)",
                                       "Convolution 2: what each node answers to"},
                                      1.2},
                                     {{"Dense 120: what each node answers to"}, 4.7},
                                     {{"Dense 84: what each node answers to"}, 3.3}};
  constexpr double kCaption = 17;
  double weights = 0;
  for (const NetworkRow& row : rows) weights += row.weight;
  const double unit = (layout.network.height - kCaption * static_cast<double>(rows.size())) / weights;

  double y = layout.network.y;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    page.text_within(layout.network.width, {layout.network.x, y + 12}, rows[r].captions, kCaptionSize);
    const Area area{layout.network.x, y + kCaption, layout.network.width, unit * rows[r].weight - 3};
    switch (r) {
      case 0:
        draw_filters(page, area, scene);
        break;
      case 1:
        draw_maps(page, area, activations[kRelu1]);
        break;
      case 2:
        draw_maps(page, area, activations[kPool1]);
        break;
      case 3:
        draw_maps(page, area, activations[kRelu2]);
        break;
      case 4:
        draw_maps(page, area, activations[kPool2]);
        break;
      case 5:
        draw_nodes(page, area, nodes[1], activations[kRelu2]);
        break;
      case 6:
        draw_nodes(page, area, nodes[2], activations[kRelu3]);
        break;
      case 7:
        draw_nodes(page, area, nodes[3], activations[kRelu4]);
        break;
    }
    y += kCaption + unit * rows[r].weight;
  }
}

void draw_pad(Page& page, const Layout& layout, const Scene& scene) {
  page.text_within(layout.pad.width, {layout.pad.x, layout.pad.y - 7},
                   {"Draw a digit here with the mouse", "Draw a digit here"}, kHeadingSize, kText, true);
  page.fill(layout.pad, Colour::rgb(255, 255, 255));
  page.clip(layout.pad);
  for (const Stroke& stroke : scene.pad().strokes()) {
    std::vector<plot::Point> points;
    for (const plot::Point& point : stroke)
      points.push_back({layout.pad.x + point.x * layout.pad.width, layout.pad.y + point.y * layout.pad.height});
    if (points.size() == 1) points.push_back(points.front());
    page.line(std::move(points), Colour::rgb(0, 0, 0), 0.07 * layout.pad.width);
  }
  page.end_clip();
  page.frame(layout.pad, kFaint);
}

void draw_input(Page& page, const Layout& layout, const Scene& scene) {
  const Area square{layout.input.x, layout.input.y, layout.input.height, layout.input.height};
  page.picture(square, scene.picture(), 0, ColourMap::ink, 0, 1);
  page.frame(square, kFaint);
  const int label = scene.digits().labels[static_cast<std::size_t>(scene.digit())];
  const int best = scene.answer().best;
  const double x = square.x + square.width + 12, middle = square.y + square.height / 2;
  const double width = layout.input.x + layout.input.width - x;
  const std::vector<std::string> origin =
      scene.shows_drawing()
          ? std::vector<std::string>{"Your drawing, as the network gets it", "Your drawing"}
          : std::vector<std::string>{fmt::format("Validation digit {}: a {}", scene.digit() + 1, label),
                                     fmt::format("Digit {}: a {}", scene.digit() + 1, label)};
  page.text_within(width, {x, middle - 16}, origin, kCaptionSize + 1);
  page.text_within(width, {x, middle + 10},
                   {fmt::format("\"{}\", says the network", best), fmt::format("It says \"{}\"", best)},
                   kHeadingSize + 3, kText, true);
  page.text({x, middle + 29},
            fmt::format("{} sure", percent(scene.answer().probabilities[static_cast<std::size_t>(best)])),
            kCaptionSize + 1, kFaint);
}

void draw_probabilities(Page& page, const Layout& layout, const Scene& scene) {
  const Area area = page.heading(layout.probabilities, {"What each output answers to"});
  const NodePictures& outputs = scene.snapshot().insight->nodes.back();
  const double step = area.height / 10, side = std::min(step - 2, 28.0);
  const double label_x = area.x + side + 8, bar_x = label_x + 16, percent_width = 44;
  const double bar_width = std::max(area.x + area.width - percent_width - bar_x, 10.0);
  for (int c = 0; c < 10; ++c) {
    const double y = area.y + c * step, probability = scene.answer().probabilities[static_cast<std::size_t>(c)];
    const bool is_best = c == scene.answer().best;
    page.picture({area.x, y + (step - side) / 2, side, side}, outputs.pictures, c, ColourMap::ink, 0, 1);
    page.text({label_x, y + step / 2 + 5}, fmt::format("{}", c), kHeadingSize, kText, Anchor::start, is_best);
    const Area bar{bar_x, y + step / 2 - std::min(step, 18.0) * 0.35, bar_width, std::min(step, 18.0) * 0.7};
    page.fill(bar, kGrid);
    page.fill({bar.x, bar.y, bar.width * probability, bar.height}, is_best ? kOrange : kBlue);
    page.text({area.x + area.width, y + step / 2 + 4}, percent(probability), kCaptionSize, is_best ? kText : kFaint,
              Anchor::end);
  }
}

}  // namespace

plot::Figure loss_figure(const Snapshot& snapshot) {
  std::vector<double> epochs, validation;
  for (const nn::EpochRecord& record : snapshot.epochs) {
    epochs.push_back(record.epoch);
    validation.push_back(record.validation_loss);
  }
  plot::Figure figure("Loss");
  figure.axes("epoch", "nats").log_y().line(snapshot.loss_epochs, snapshot.losses, "training");
  figure.line(epochs, validation, "validation");
  return figure;
}

plot::Figure accuracy_figure(const Snapshot& snapshot) {
  std::vector<double> epochs, training, validation;
  for (const nn::EpochRecord& record : snapshot.epochs) {
    epochs.push_back(record.epoch);
    training.push_back(100 * record.accuracy);
    validation.push_back(100 * record.validation_accuracy);
  }
  plot::Figure figure("Accuracy");
  figure.axes("epoch", "%").line(epochs, training, "training").line(epochs, validation, "validation");
  return figure;
}

plot::DisplayList draw(const Scene& scene, double width, double height) {
  const Layout layout = layout_for(width, height);
  Page page(width, height);
  page.fill({0, 0, width, height}, {Colour::Role::background});
  draw_header(page, layout, scene);
  page.figure(layout.loss_curve, loss_figure(scene.snapshot()));
  page.figure(layout.accuracy_curve, accuracy_figure(scene.snapshot()));
  draw_mistakes(page, layout, scene);
  draw_network(page, layout, scene);
  draw_pad(page, layout, scene);
  draw_input(page, layout, scene);
  draw_probabilities(page, layout, scene);
  DisplayList list = page.take();
  list.title = "A network learns to read digits";
  list.description =
      "The demo's window: the curves of the training, its mistakes, every layer's answer to one digit, and a pad to "
      "draw on.";
  return list;
}

}  // namespace handbuilt::lessons::convnet

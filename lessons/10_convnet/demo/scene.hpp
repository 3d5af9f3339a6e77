#pragma once

#include <memory>
#include <vector>

#include "data/labelled_images.hpp"
#include "lessons/10_convnet/demo/layout.hpp"
#include "lessons/10_convnet/demo/model.hpp"
#include "lessons/10_convnet/demo/pad.hpp"
#include "window/window.hpp"

namespace handbuilt::lessons::convnet {

/// What the demo shows and its user can change: a moment of the training, and the picture (a digit of the validation
/// set or the user's drawing) that goes through the network.
class Scene {
 public:
  /// `digits` are the ones that the snapshots' insight is about; they must outlive the scene and not be empty.
  Scene(const data::LabelledImages& digits, std::shared_ptr<const Snapshot> snapshot);

  void show(std::shared_ptr<const Snapshot> snapshot);

  // What the user can do.
  void show_digit(int index);        ///< counted round the end
  void show_next_of_class(int c);    ///< the next digit whose label is c; stays when there is none
  void show_next_mistake(int step);  ///< so many mistakes on, round the end; stays when there is none
  void put_pen_down(plot::Point at);
  void move_pen(plot::Point to);
  void lift_pen();
  void clear_pad();
  void set_framing(Framing framing);
  /// Strokes from elsewhere, as if drawn on a clean pad.
  void draw(const std::vector<Stroke>& strokes);
  bool paused = false;

  /// Does what a key or the mouse asks for, wherever things stand on the page. Returns false when it asks for the end.
  bool handle(const window::Event& event, const Layout& layout);

  /// Whether something that is drawn has changed since the last call.
  bool take_change();

  // What there is to see.
  [[nodiscard]] const Snapshot& snapshot() const { return *snapshot_; }
  [[nodiscard]] const data::LabelledImages& digits() const { return digits_; }
  [[nodiscard]] int digit() const { return digit_; }
  [[nodiscard]] const Pad& pad() const { return pad_; }
  [[nodiscard]] Framing framing() const { return framing_; }
  [[nodiscard]] bool shows_drawing() const { return shows_drawing_; }
  [[nodiscard]] const Tensor& picture() const { return picture_; }  ///< what goes through the network
  [[nodiscard]] const Answer& answer() const { return answer_; }    ///< what comes out

 private:
  bool handle_key(const window::Event& event);
  void refresh();

  const data::LabelledImages& digits_;
  std::shared_ptr<const Snapshot> snapshot_;
  nn::Sequential<float> network_;  // the snapshot's, to be run
  int digit_ = 0;
  Pad pad_;
  Framing framing_ = Framing::as_mnist;
  bool shows_drawing_ = false;
  Tensor picture_;
  Answer answer_;
  bool changed_ = true;
};

}  // namespace handbuilt::lessons::convnet

#include "lessons/07_similarity/demo/scene.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace handbuilt::lessons::likeness {

using window::Event;
using window::Key;

void Scene::enter(int kind) {
  if (kind < 0 || kind >= std::ssize(demo_kinds())) return;
  model_.enter(kind);
  looked_.reset();
  changed_ = true;
}

void Scene::enter_next() {
  model_.enter_next();
  looked_.reset();
  changed_ = true;
}

void Scene::set_driving(bool driving) {
  driving_ = driving;
  changed_ = true;
}

void Scene::drive() {
  if (!model_.drive()) return;
  // What has just been driven is looked at, unless something remembered is.
  if (!looked_ || !looked_->is_remembered) looked_ = Looked{false, static_cast<int>(model_.scores().size()) - 1};
  changed_ = true;
}

void Scene::look_at(Looked looked) {
  looked_ = looked;
  changed_ = true;
}

void Scene::tick() {
  constexpr int kFramesAWindow = 15;
  if (driving_ && ++frames_ % kFramesAWindow == 0) drive();
}

bool Scene::handle(const Event& event, const Layout& layout) {
  if (event.kind == Event::Kind::mouse_down && event.left_held) {
    if (const std::optional<Looked> dot = nearest_dot(event.x, event.y, layout)) look_at(*dot);
    return true;
  }
  if (event.kind != Event::Kind::key) return true;
  if (event.key == Key::escape) return false;
  if (event.key == Key::right) drive();
  if (event.character >= '1' && event.character <= '9') enter(event.character - '1');
  if (event.character == 'n') enter_next();
  if (event.character == ' ') set_driving(!driving_);
  return true;
}

bool Scene::take_change() { return std::exchange(changed_, false); }

VectorD Scene::looked_row() const {
  const MatrixD rows = looked_->is_remembered ? model_.map().windows() : model_.driven();
  return rows.row(looked_->row).transpose();
}

std::vector<int> Scene::neighbours() const {
  if (!looked_) return {};
  std::vector<int> nearest = model_.map().nearest(looked_row(), kNeighbours + 1);
  if (looked_->is_remembered) std::erase(nearest, looked_->row);
  nearest.resize(kNeighbours);
  return nearest;
}

MapFrame Scene::frame(const Layout& layout) const {
  const MatrixD &remembered = model_.map().places(), driven = model_.driven_places();
  Eigen::RowVector2d low = remembered.colwise().minCoeff(), high = remembered.colwise().maxCoeff();
  if (driven.rows() > 0) {
    low = low.cwiseMin(driven.colwise().minCoeff());
    high = high.cwiseMax(driven.colwise().maxCoeff());
  }
  const Eigen::RowVector2d edge = 0.05 * (high - low).cwiseMax(1e-9);
  const Area& area = layout.map;
  return {{area.x, area.y + kHeadingHeight, area.width, area.height - kHeadingHeight},
          low[0] - edge[0],
          high[0] + edge[0],
          low[1] - edge[1],
          high[1] + edge[1]};
}

std::optional<Looked> Scene::nearest_dot(double x, double y, const Layout& layout) const {
  const MapFrame shown = frame(layout);
  if (!shown.area.contains(x, y)) return std::nullopt;
  std::optional<Looked> best;
  double least = 1e300;
  const auto offer = [&](const MatrixD& places, bool is_remembered) {
    for (Eigen::Index row = 0; row < places.rows(); ++row) {
      const plot::Point dot = shown.at(places(row, 0), places(row, 1));
      const double distance = std::hypot(dot.x - x, dot.y - y);
      if (distance < least) {
        least = distance;
        best = Looked{is_remembered, static_cast<int>(row)};
      }
    }
  };
  offer(model_.driven_places(), false);  // drawn on top, so the first of equals
  offer(model_.map().places(), true);
  return best;
}

}  // namespace handbuilt::lessons::likeness

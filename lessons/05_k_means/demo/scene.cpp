#include "lessons/05_k_means/demo/scene.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "clustering/choose_clusters.hpp"
#include "clustering/silhouette.hpp"
#include "lessons/05_k_means/groups.hpp"

namespace handbuilt::lessons::k_means {

using window::Event;
using window::Key;

Area field_of(const Layout& layout) {
  const Area& all = layout.space;
  return {all.x, all.y + kHeadingHeight, all.width, all.height - kHeadingHeight};
}

plot::Point on_page(const Layout& layout, double x, double y) {
  const Area field = field_of(layout);
  return {field.x + x / 100 * field.width, field.y + (1 - y / 100) * field.height};
}

VectorD from_page(const Layout& layout, double x, double y) {
  const Area field = field_of(layout);
  return VectorD{{std::clamp(100 * (x - field.x) / field.width, 0.0, 100.0),
                  std::clamp(100 * (1 - (y - field.y) / field.height), 0.0, 100.0)}};
}

Scene::Scene(std::uint64_t seed) : random_(seed, "scene"), points_(seed), colours_(seed) {
  points_.set_clusters(5);
  colours_.set_clusters(8);
  new_piles();
}

void Scene::show(Subject subject) {
  if (subject == subject_) return;
  subject_ = subject;
  running_ = false;
  original_ = false;
  if (subject != Subject::kPoints) {
    photograph_ = load_photograph(subject == Subject::kChina ? "china" : "flower");
    colours_.set_rows(photograph_.colours);
  }
  changed_ = true;
}

void Scene::half_step() {
  play().half_step();
  changed_ = true;
}

void Scene::run(bool running) {
  running_ = running;
  waited_ = 0;
  changed_ = true;
}

void Scene::start(StartKind kind) {
  play().start(kind);
  changed_ = true;
}

void Scene::set_clusters(int clusters) {
  clusters = std::clamp(clusters, 1, kMostClusters);
  if (clusters == play().wanted()) return;
  play().set_clusters(clusters);
  changed_ = true;
}

void Scene::new_piles() {
  constexpr int kPiles = 5, kPile = 30;
  MatrixD rows = plant(kPiles, kPile, 2, 6, random_).rows;
  for (Eigen::Index j = 0; j < 2; ++j) {
    const double low = rows.col(j).minCoeff(), high = rows.col(j).maxCoeff();
    rows.col(j) = 5 + 90 * (rows.col(j).array() - low) / (high - low);
  }
  points_.set_rows(rows);
  how_many_ = {};
  changed_ = true;
}

void Scene::clear() {
  points_.set_rows(MatrixD(0, 2));
  how_many_ = {};
  changed_ = true;
}

void Scene::ask_how_many() {
  constexpr int kMostTried = 8, kFewest = 20;
  how_many_ = {};
  changed_ = true;
  const MatrixD& rows = points_.rows();
  if (subject_ != Subject::kPoints || rows.rows() < kFewest) return;
  std::vector<int> tried;
  for (int k = 2; k <= kMostTried; ++k) tried.push_back(k);
  const clustering::Stability stability = clustering::stability(rows, tried, {}, random_);
  for (std::size_t k = 0; k < tried.size(); ++k) {
    const auto fit = clustering::fit_k_means(rows, {.clusters = tried[k]}, random_);
    if (std::count(fit.cluster_weights.begin(), fit.cluster_weights.end(), 0) > tried[k] - 2) continue;
    how_many_.clusters.push_back(tried[k]);
    how_many_.stability.push_back(stability.agreement[k].mean);
    how_many_.silhouette.push_back(clustering::mean_silhouette(rows, fit.labels));
  }
  how_many_.chosen = stability.chosen;
}

void Scene::show_original(bool original) {
  original_ = original;
  changed_ = true;
}

void Scene::pass(double seconds) {
  constexpr double kBetween = 0.5;
  if (!running_) return;
  waited_ += seconds;
  if (waited_ < kBetween) return;
  waited_ = 0;
  half_step();
  if (play().is_settled()) running_ = false;
}

bool Scene::handle(const Event& event, const Layout& layout) {
  if (event.kind == Event::Kind::key) return handle_key(event);
  handle_mouse(event, layout);
  return true;
}

void Scene::handle_mouse(const Event& event, const Layout& layout) {
  constexpr double kReach = 12;
  const bool is_down = event.kind == Event::Kind::mouse_down && event.left_held;
  if (event.kind == Event::Kind::mouse_up || (event.kind == Event::Kind::mouse_move && !event.left_held)) {
    dragged_ = -1;
    turning_ = false;
    return;
  }
  if (is_down && !field_of(layout).contains(event.x, event.y)) return;
  if (subject_ != Subject::kPoints) {
    if (is_down) turning_ = true;
    if (!is_down && turning_) {
      turn_ += (event.x - mouse_x_) / 120;
      changed_ = true;
    }
    mouse_x_ = event.x;
    return;
  }
  if (is_down) {
    double least = kReach;
    for (int c = 0; c < points_.centroids().rows(); ++c) {
      const plot::Point place = on_page(layout, points_.centroids()(c, 0), points_.centroids()(c, 1));
      const double away = std::hypot(place.x - event.x, place.y - event.y);
      if (away > least) continue;
      least = away;
      dragged_ = c;
    }
    if (dragged_ < 0 && points_.rows().rows() < kMostPoints) {
      points_.add_row(from_page(layout, event.x, event.y));
      how_many_ = {};
      changed_ = true;
    }
  } else if (dragged_ >= 0) {
    points_.drag(dragged_, from_page(layout, event.x, event.y));
    changed_ = true;
  }
}

bool Scene::handle_key(const Event& event) {
  if (event.key == Key::escape) return false;
  if (event.key == Key::backspace && subject_ == Subject::kPoints) {
    points_.take_last_row();
    how_many_ = {};
    changed_ = true;
  }
  switch (event.character) {
    case ' ':
      half_step();
      break;
    case 'r':
      run(!running_);
      break;
    case 'p':
      start(StartKind::kPlusPlus);
      break;
    case 'a':
      start(StartKind::kAnyRows);
      break;
    case 'z':
      start(StartKind::kOneCorner);
      break;
    case '+':
    case '=':
      set_clusters(play().wanted() + 1);
      break;
    case '-':
      set_clusters(play().wanted() - 1);
      break;
    case 'n':
      new_piles();
      break;
    case 'c':
      clear();
      break;
    case 'h':
      ask_how_many();
      break;
    case 'o':
      show_original(!original_);
      break;
    case 'm':
      show(static_cast<Subject>((static_cast<int>(subject_) + 1) % 3));
      break;
    default:
      break;
  }
  return true;
}

bool Scene::take_change() { return std::exchange(changed_, false); }

}  // namespace handbuilt::lessons::k_means

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lessons/05_k_means/demo/layout.hpp"
#include "lessons/05_k_means/demo/play.hpp"
#include "lessons/05_k_means/photograph.hpp"
#include "window/window.hpp"

namespace handbuilt::lessons::k_means {

inline constexpr int kMostClusters = 16;
inline constexpr int kMostPoints = 600;

/// What stability and silhouette say of the points, for 2 ... 8 groups.
struct HowMany {
  std::vector<double> clusters, stability, silhouette;
  int chosen = 0;
};

/// What the demo shows and its user can change.
class Scene {
 public:
  enum class Subject { kPoints, kChina, kFlower };

  explicit Scene(std::uint64_t seed);

  void show(Subject subject);
  void half_step();
  void run(bool running);
  void start(StartKind kind);
  void set_clusters(int clusters);
  void new_piles();
  void clear();
  void ask_how_many();
  void show_original(bool original);
  /// Time has passed: while running, a half step every half second, until nothing moves.
  void pass(double seconds);

  /// Does what a key or the mouse asks for, wherever things stand on the page. Returns false when it asks for the end.
  bool handle(const window::Event& event, const Layout& layout);

  /// Whether something that is drawn has changed since the last call.
  bool take_change();

  [[nodiscard]] Subject subject() const { return subject_; }
  [[nodiscard]] const Play& play() const { return subject_ == Subject::kPoints ? points_ : colours_; }
  [[nodiscard]] Play& play() { return subject_ == Subject::kPoints ? points_ : colours_; }
  [[nodiscard]] const Photograph& photograph() const { return photograph_; }
  [[nodiscard]] bool is_running() const { return running_; }
  [[nodiscard]] bool is_original() const { return original_; }
  [[nodiscard]] double turn() const { return turn_; }
  [[nodiscard]] const HowMany& how_many() const { return how_many_; }

 private:
  bool handle_key(const window::Event& event);
  void handle_mouse(const window::Event& event, const Layout& layout);

  Random random_;
  Play points_, colours_;
  Photograph photograph_;
  Subject subject_ = Subject::kPoints;
  bool running_ = false, original_ = false, changed_ = true, turning_ = false;
  double waited_ = 0, turn_ = 0.6, mouse_x_ = 0;
  int dragged_ = -1;
  HowMany how_many_;
};

/// Points live in 0 ... 100 along both columns; y upwards.
plot::Point on_page(const Layout& layout, double x, double y);
VectorD from_page(const Layout& layout, double x, double y);
/// The field of points within layout.space.
Area field_of(const Layout& layout);

}  // namespace handbuilt::lessons::k_means

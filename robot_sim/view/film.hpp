#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

#include "plot/animated_png.hpp"
#include "robot_sim/view/scene.hpp"

namespace handbuilt::robot_sim {

/// What a film of a run is to be.
struct FilmOptions {
  std::filesystem::path folder;     ///< for frame_00000.png, frame_00001.png ...; empty: no such series
  std::filesystem::path animation;  ///< an animated PNG; empty: none
  double every_s = 10;              ///< simulated time between pictures, a whole number of ticks
  int width = 640;                  ///< of the pictures, pixels; they are at most as high

  [[nodiscard]] bool is_wanted() const { return !folder.empty() || !animation.empty(); }
};

/// Pictures of a run, from above, at its start and every so many seconds, and as its last tick left it.
class Film {
 public:
  static constexpr std::uint32_t kMostPictures = 5000;
  static constexpr int kPicture_ms = 100, kLastPicture_ms = 2000;

  /// Throws ValueError for a time between pictures that is below a tick or makes more than kMostPictures of `ticks`,
  /// and for a width outside 100 ... 2,000; DataError when the folder cannot be made or holds something already.
  Film(std::shared_ptr<const Home> home, const Simulator& at_start, std::uint32_t ticks, FilmOptions options);

  /// To be called after each step with the command it took and the patch it gave. Throws DataError when a picture
  /// cannot be written.
  void observe(const CommandFrame& command, const std::optional<CameraPatch>& patch, const Simulator& after);
  /// The last picture, and the animation's file.
  void finish(const Simulator& at_end);

  [[nodiscard]] std::uint32_t pictures() const { return pictures_; }

 private:
  void take(const Simulator& now);

  FilmOptions options_;
  Scene scene_;
  Observer observer_;
  std::uint32_t every_ticks_, ticks_ = 0, taken_at_ = 0, pictures_ = 0;
  std::optional<plot::AnimatedPng> animation_;
};

}  // namespace handbuilt::robot_sim

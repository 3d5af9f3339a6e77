#include "robot_sim/view/film.hpp"

#include <fmt/format.h>

#include <cmath>
#include <system_error>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/file.hpp"
#include "data/image.hpp"
#include "window/canvas.hpp"

namespace handbuilt::robot_sim {

namespace {

namespace fs = std::filesystem;

std::uint32_t checked_ticks(const FilmOptions& options, std::uint32_t ticks) {
  if (options.width < 100 || options.width > 2000)
    throw ValueError(fmt::format("--width: expected pictures of 100 to 2000 pixels, got {}", options.width));
  if (!(options.every_s >= 0.02))
    throw ValueError(fmt::format("--every: expected 0.02 s or more between pictures, got {:g}", options.every_s));
  const std::uint32_t every = ticks_of(options.every_s);
  if (ticks / every > Film::kMostPictures)
    throw ValueError(fmt::format("--every: {:g} s would make {} pictures of this run; expected {:g} s or more",
                                 options.every_s, ticks / every + 1, std::ceil(ticks * 0.02 / Film::kMostPictures)));
  return every;
}

void make_empty_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw DataError(folder.string() + ": cannot make the folder: " + error.message());
  if (!fs::is_empty(folder, error) || error)
    throw DataError(folder.string() + ": expected a new or an empty folder for the pictures");
}

}  // namespace

Film::Film(std::shared_ptr<const Home> home, const Simulator& at_start, std::uint32_t ticks, FilmOptions options)
    : options_(std::move(options)),
      scene_(std::move(home), options_.width, options_.width),
      observer_(at_start),
      every_ticks_(checked_ticks(options_, ticks)) {
  if (!options_.folder.empty()) make_empty_folder(options_.folder);
  scene_.leap(at_start);
  take(at_start);
}

void Film::observe(const CommandFrame& command, const std::optional<CameraPatch>& patch, const Simulator& after) {
  observer_.observe(command, patch, after);
  ++ticks_;
  if (ticks_ % every_ticks_ == 0) take(after);
}

void Film::finish(const Simulator& at_end) {
  if (taken_at_ != ticks_) take(at_end);
  if (!animation_) return;
  animation_->hold(kLastPicture_ms);
  write_file(options_.animation, animation_->bytes());
}

void Film::take(const Simulator& now) {
  scene_.update(now, (ticks_ - taken_at_) * 0.02);
  taken_at_ = ticks_;
  const plot::DisplayList page = scene_.draw(now, observer_);
  window::Canvas canvas(static_cast<int>(std::ceil(page.width)), static_cast<int>(std::ceil(page.height)),
                        plot::Theme::light);
  canvas.paint(page, 0, 0, 1);
  const data::ByteTensor pixels = canvas.pixels();
  if (!options_.folder.empty()) data::write_png(options_.folder / fmt::format("frame_{:05}.png", pictures_), pixels);
  if (!options_.animation.empty()) {
    if (!animation_) animation_.emplace(canvas.width(), canvas.height(), kPicture_ms);
    animation_->add(std::vector<std::uint8_t>(pixels.data(), pixels.data() + pixels.size()));
  }
  ++pictures_;
}

}  // namespace handbuilt::robot_sim

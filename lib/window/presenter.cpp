#include "window/presenter.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "plot/text_width.hpp"

namespace handbuilt::window {

const ScriptStep* Presenter::next_step() {
  if (unclaimed_ != nullptr)
    throw DataError(script_.string() + ":" + std::to_string(unclaimed_->line) + ": the demo shows no control \"" +
                    unclaimed_->words + "\" now");
  if (next_ == steps_.size() || Clock::now() < due_) return nullptr;
  const ScriptStep& step = steps_[next_++];
  if (step.kind == ScriptStep::Kind::wait)
    due_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(step.seconds));
  if (step.kind == ScriptStep::Kind::press || step.kind == ScriptStep::Kind::set) unclaimed_ = &step;
  if (step.kind == ScriptStep::Kind::caption) {
    caption_ = step.words;
    picture_.reset();
  }
  return &step;
}

bool Presenter::takes_press(const std::string& label) {
  if (unclaimed_ == nullptr || unclaimed_->kind != ScriptStep::Kind::press || unclaimed_->words != label) return false;
  unclaimed_ = nullptr;
  return true;
}

std::optional<double> Presenter::takes_value(const std::string& label) {
  if (unclaimed_ == nullptr || unclaimed_->kind != ScriptStep::Kind::set || unclaimed_->words != label)
    return std::nullopt;
  const double value = unclaimed_->value;
  unclaimed_ = nullptr;
  return value;
}

SDL_Texture* Presenter::caption(SDL_Renderer* renderer, int width, int height, double scale, plot::Theme theme) {
  if (caption_.empty()) return nullptr;
  if (picture_ != nullptr && picture_width_ == width && picture_height_ == height) return picture_.get();
  // White words on a dark band, as large as fits into one line.
  const double page_width = width / scale, page_height = height / scale;
  const double wanted = 0.5 * page_height;
  const double size = std::min(wanted, wanted * 0.95 * page_width / plot::text_width(caption_, wanted));
  Canvas canvas(width, height, theme);
  plot::DisplayList band{page_width, page_height, "", "", {}};
  band.items.emplace_back(plot::Rectangle{0, 0, page_width, page_height, plot::Colour::rgb(20, 24, 30)});
  band.items.emplace_back(plot::Text{{page_width / 2, page_height / 2 + 0.35 * size},
                                     caption_,
                                     size,
                                     plot::Text::Anchor::middle,
                                     true,
                                     false,
                                     plot::Colour::rgb(255, 255, 255)});
  canvas.paint(band, 0, 0, scale);
  picture_.reset(SDL_CreateTexture(renderer, SDL_PIXELFORMAT_RGB888, SDL_TEXTUREACCESS_STATIC, width, height));
  require_sdl(picture_ != nullptr, "a caption's picture");
  SDL_UpdateTexture(picture_.get(), nullptr, canvas.words(), canvas.stride_bytes());
  picture_width_ = width, picture_height_ = height;
  return picture_.get();
}

}  // namespace handbuilt::window

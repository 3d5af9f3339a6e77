#include "window/canvas.hpp"

#include <cairo.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <string>
#include <utility>

#include "core/error.hpp"
#include "data/image.hpp"
#include "plot/palette.hpp"

namespace handbuilt::window {
namespace {

constexpr int kLargestSide = 16384;
constexpr double kPi = 3.14159265358979323846;

struct SurfaceDeleter {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct ContextDeleter {
  void operator()(cairo_t* context) const { cairo_destroy(context); }
};
using Surface = std::unique_ptr<cairo_surface_t, SurfaceDeleter>;
using Context = std::unique_ptr<cairo_t, ContextDeleter>;

bool is_finite(const plot::Point& point) { return std::isfinite(point.x) && std::isfinite(point.y); }

/// Cairo's coordinates are 24.8 fixed point; what lies further out is never seen.
double in_reach(double coordinate) { return std::clamp(coordinate, -1e5, 1e5); }

/// Paints one item of a display list after another; the context's transformation is the page's.
class Painter {
 public:
  Painter(cairo_t* context, plot::Theme theme) : context_(context), theme_(theme) {}

  void operator()(const plot::Polyline& line) const {
    bool drawing = false;
    for (const plot::Point& point : line.points) {
      if (is_finite(point)) {
        const auto step = drawing ? cairo_line_to : cairo_move_to;
        step(context_, in_reach(point.x), in_reach(point.y));
      }
      drawing = is_finite(point);
    }
    const std::array<double, 2> dashes{3 * line.width + 1, 2 * line.width + 2};
    cairo_set_dash(context_, dashes.data(), line.dashed ? 2 : 0, 0);
    stroke(line.width, line.colour);
    cairo_set_dash(context_, nullptr, 0, 0);
  }

  void operator()(const plot::Polygon& polygon) const { fill(polygon.points, polygon.colour); }

  void operator()(const plot::Rectangle& rectangle) const {
    cairo_rectangle(context_, rectangle.x, rectangle.y, rectangle.width, rectangle.height);
    fill_path(rectangle.colour);
  }

  void operator()(const plot::Marker& marker) const {
    if (!is_finite(marker.centre)) return;
    const auto [x, y] = marker.centre;
    if (marker.kind == plot::Marker::Kind::circle) {
      cairo_arc(context_, in_reach(x), in_reach(y), marker.radius, 0, 2 * kPi);
      fill_path(marker.colour);
    } else if (marker.kind == plot::Marker::Kind::cross) {
      const double arm = 0.85 * marker.radius, width = 0.6 * marker.radius;
      (*this)(plot::Polyline{{{x - arm, y - arm}, {x + arm, y + arm}}, marker.colour, width, false});
      (*this)(plot::Polyline{{{x - arm, y + arm}, {x + arm, y - arm}}, marker.colour, width, false});
    } else {
      fill(plot::marker_corners(marker), marker.colour);
    }
  }

  void operator()(const plot::Text& text) const {
    const auto weight = text.bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL;
    cairo_select_font_face(context_, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, weight);
    cairo_set_font_size(context_, text.size);
    cairo_text_extents_t extents;
    cairo_text_extents(context_, text.text.c_str(), &extents);
    const double before = text.anchor == plot::Text::Anchor::start    ? 0
                          : text.anchor == plot::Text::Anchor::middle ? extents.x_advance / 2
                                                                      : extents.x_advance;
    cairo_save(context_);
    set_source(text.colour);
    cairo_translate(context_, in_reach(text.baseline.x), in_reach(text.baseline.y));
    if (text.upwards) cairo_rotate(context_, -kPi / 2);
    cairo_move_to(context_, -before, 0);
    cairo_show_text(context_, text.text.c_str());
    cairo_restore(context_);
    cairo_new_path(context_);
  }

  void operator()(const plot::Image& image) const {
    const auto columns = static_cast<std::size_t>(std::max(image.columns, 0));
    const auto rows = static_cast<std::size_t>(std::max(image.rows, 0));
    if (image.rgb.size() != 3 * columns * rows)
      throw ShapeError("image of a display list: expected " + std::to_string(3 * columns * rows) + " bytes for " +
                       std::to_string(image.columns) + " x " + std::to_string(image.rows) + " pixels, got " +
                       std::to_string(image.rgb.size()));
    if (columns == 0 || rows == 0 || image.width <= 0 || image.height <= 0) return;

    // Copy the bytes into a surface of their own.
    const Surface source(cairo_image_surface_create(CAIRO_FORMAT_RGB24, image.columns, image.rows));
    unsigned char* words = cairo_image_surface_get_data(source.get());
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(source.get()));
    for (std::size_t row = 0; row < rows; ++row)
      for (std::size_t column = 0; column < columns; ++column) {
        const std::uint8_t* rgb = &image.rgb[3 * (row * columns + column)];
        const auto word = static_cast<std::uint32_t>(rgb[0] << 16 | rgb[1] << 8 | rgb[2]);
        std::memcpy(words + row * stride + 4 * column, &word, sizeof word);
      }
    cairo_surface_mark_dirty(source.get());

    // Paint it without smoothing.
    cairo_save(context_);
    cairo_rectangle(context_, image.x, image.y, image.width, image.height);
    cairo_clip(context_);
    cairo_translate(context_, image.x, image.y);
    cairo_scale(context_, image.width / image.columns, image.height / image.rows);
    cairo_set_source_surface(context_, source.get(), 0, 0);
    cairo_pattern_set_filter(cairo_get_source(context_), CAIRO_FILTER_NEAREST);
    cairo_pattern_set_extend(cairo_get_source(context_), CAIRO_EXTEND_PAD);
    cairo_paint(context_);
    cairo_restore(context_);
  }

  void operator()(const plot::Clip& clip) const {
    cairo_reset_clip(context_);
    if (clip.width <= 0) return;
    cairo_rectangle(context_, clip.x, clip.y, clip.width, clip.height);
    cairo_clip(context_);
  }

 private:
  void set_source(const plot::Colour& colour) const {
    const plot::Rgb rgb = plot::rgb_of(colour, theme_);
    cairo_set_source_rgba(context_, rgb.red / 255.0, rgb.green / 255.0, rgb.blue / 255.0, colour.opacity);
  }
  void fill_path(const plot::Colour& colour) const {
    set_source(colour);
    cairo_fill(context_);
  }
  void fill(const std::vector<plot::Point>& corners, const plot::Colour& colour) const {
    for (const plot::Point& corner : corners)
      if (is_finite(corner)) cairo_line_to(context_, in_reach(corner.x), in_reach(corner.y));
    fill_path(colour);
  }
  void stroke(double width, const plot::Colour& colour) const {
    set_source(colour);
    cairo_set_line_width(context_, width);
    cairo_stroke(context_);
  }

  cairo_t* context_;
  plot::Theme theme_;
};

}  // namespace

struct Canvas::State {
  plot::Theme theme;
  Surface surface;
  Context context;
};

Canvas::Canvas(int width, int height, plot::Theme theme) {
  if (width < 1 || height < 1 || width > kLargestSide || height > kLargestSide)
    throw ValueError("canvas: expected sides of 1 to " + std::to_string(kLargestSide) + " pixels, got " +
                     std::to_string(width) + " x " + std::to_string(height));
  Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height));
  Context context(cairo_create(surface.get()));
  if (const cairo_status_t status = cairo_status(context.get()); status != CAIRO_STATUS_SUCCESS)
    throw Error(std::string("canvas: ") + cairo_status_to_string(status));
  cairo_set_line_cap(context.get(), CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(context.get(), CAIRO_LINE_JOIN_ROUND);
  state_ = std::make_unique<State>(State{theme, std::move(surface), std::move(context)});
  clear();
}
Canvas::~Canvas() = default;
Canvas::Canvas(Canvas&&) noexcept = default;
Canvas& Canvas::operator=(Canvas&&) noexcept = default;

int Canvas::width() const { return cairo_image_surface_get_width(state_->surface.get()); }
int Canvas::height() const { return cairo_image_surface_get_height(state_->surface.get()); }

void Canvas::clear() {
  const plot::Rgb background = plot::rgb_of({plot::Colour::Role::background}, state_->theme);
  cairo_set_source_rgb(state_->context.get(), background.red / 255.0, background.green / 255.0,
                       background.blue / 255.0);
  cairo_paint(state_->context.get());
}

void Canvas::paint(const plot::DisplayList& list, double x, double y, double scale) {
  cairo_t* context = state_->context.get();
  cairo_save(context);
  cairo_translate(context, x, y);
  cairo_scale(context, scale, scale);
  const Painter painter(context, state_->theme);
  try {
    for (const plot::DisplayList::Item& item : list.items) std::visit(painter, item);
  } catch (...) {
    cairo_restore(context);
    throw;
  }
  cairo_restore(context);
  if (const cairo_status_t status = cairo_status(context); status != CAIRO_STATUS_SUCCESS)
    throw Error("picture \"" + list.title + "\" could not be painted: " + cairo_status_to_string(status));
}

void Canvas::paint(const plot::DisplayList& list, const Area& area) {
  if (list.width <= 0 || list.height <= 0 || area.width <= 0 || area.height <= 0) return;
  const double scale = std::min(area.width / list.width, area.height / list.height);
  paint(list, area.x + (area.width - scale * list.width) / 2, area.y + (area.height - scale * list.height) / 2, scale);
}

const unsigned char* Canvas::words() const {
  cairo_surface_flush(state_->surface.get());
  return cairo_image_surface_get_data(state_->surface.get());
}
int Canvas::stride_bytes() const { return cairo_image_surface_get_stride(state_->surface.get()); }

data::ByteTensor Canvas::pixels() const {
  data::ByteTensor pixels(Shape{height(), width(), 3});
  std::uint8_t* next = pixels.data();
  const unsigned char* row = words();
  for (int y = 0; y < height(); ++y, row += stride_bytes())
    for (int x = 0; x < width(); ++x) {
      std::uint32_t word = 0;
      std::memcpy(&word, row + 4 * x, sizeof word);
      for (const int shift : {16, 8, 0}) *next++ = static_cast<std::uint8_t>(word >> shift & 0xff);
    }
  return pixels;
}

void render_png(const plot::DisplayList& list, const std::filesystem::path& path, double scale, plot::Theme theme) {
  if (!(list.width > 0 && list.height > 0 && scale > 0))
    throw ValueError("render_png: expected a page with an extent and a scale above 0, got " +
                     std::to_string(list.width) + " x " + std::to_string(list.height) + " at scale " +
                     std::to_string(scale));
  const auto pixels = [scale](double length) {
    return static_cast<int>(std::min(std::ceil(length * scale), kLargestSide + 1.0));
  };
  Canvas canvas(pixels(list.width), pixels(list.height), theme);
  canvas.paint(list, 0, 0, scale);
  data::write_png(path, canvas.pixels());
}

}  // namespace handbuilt::window

#include "plot/svg.hpp"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <string_view>

#include "plot/palette.hpp"
#include "plot/png.hpp"

namespace handbuilt::plot {
namespace {

/// A number as short as a hundredth of a pixel allows, whatever the locale.
std::string number(double value) {
  if (!std::isfinite(value)) return "0";
  char text[352];
  const auto [end, error] = std::to_chars(text, text + sizeof text, value, std::chars_format::fixed, 2);
  std::string_view digits(text, static_cast<std::size_t>(end - text));
  while (digits.back() == '0') digits.remove_suffix(1);
  if (digits.back() == '.') digits.remove_suffix(1);
  return digits == "-0" ? "0" : std::string(digits);
}

std::string attribute(std::string_view name, double value) {
  return " " + std::string(name) + "=\"" + number(value) + "\"";
}

struct Decoded {
  char32_t code = 0xFFFD;
  std::size_t bytes = 1;
};

/// The first character of UTF-8 text; a malformed, overlong or surrogate sequence is one replacement character a byte.
Decoded decode_first(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {};
  char32_t code = lead & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    code = code << 6 | (byte(i) & 0x3Fu);
  }
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < kSmallest[length] || surrogate || code > 0x10FFFF) return {};
  return {code, length};
}

/// XML 1.0, production 2: the characters that a document may contain.
bool allowed_in_xml(char32_t code) {
  return code == '\t' || code == '\n' || code == '\r' || (code >= 0x20 && code != 0xFFFE && code != 0xFFFF);
}

std::string escape(std::string_view text) {
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  std::string safe;
  while (!text.empty()) {
    const auto [code, bytes] = decode_first(text);
    if (code == '&')
      safe += "&amp;";
    else if (code == '<')
      safe += "&lt;";
    else if (code == '>')
      safe += "&gt;";
    else if (code == '"')
      safe += "&quot;";
    else if (code == '\'')
      safe += "&#39;";
    else if (code == 0xFFFD || !allowed_in_xml(code))
      safe += kReplacement;
    else
      safe += text.substr(0, bytes);
    text.remove_prefix(bytes);
  }
  return safe;
}

std::string hexadecimal(Rgb colour) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text = "#";
  for (const std::uint8_t channel : {colour.red, colour.green, colour.blue}) {
    text += kDigits[channel >> 4];
    text += kDigits[channel & 15];
  }
  return text;
}

std::string class_name(const Colour& colour) {
  switch (colour.role) {
    case Colour::Role::background:
      return "b";
    case Colour::Role::text:
      return "t";
    case Colour::Role::faint:
      return "f";
    case Colour::Role::grid:
      return "g";
    case Colour::Role::series:
      return "s" + std::to_string((colour.series < 0 ? 0 : colour.series) % kSeriesColours);
    case Colour::Role::fixed:
      break;
  }
  return "";
}

/// Roles become classes whose colour the theme decides; a fixed colour is written out.
std::string paint(const Colour& colour) {
  const std::string name = class_name(colour);
  std::string text =
      name.empty() ? " color=\"" + hexadecimal(rgb_of(colour, Theme::light)) + "\"" : " class=\"" + name + "\"";
  if (colour.opacity < 1) text += attribute("opacity", colour.opacity);
  return text;
}

std::string colour_rules(Theme theme) {
  std::string rules;
  const auto add = [&](const Colour& colour) {
    rules += ".hb ." + class_name(colour) + "{color:" + hexadecimal(rgb_of(colour, theme)) + "}";
  };
  for (const auto role : {Colour::Role::background, Colour::Role::text, Colour::Role::faint, Colour::Role::grid})
    add({role});
  for (int series = 0; series < kSeriesColours; ++series) add(Colour::of_series(series));
  return rules;
}

std::string style_sheet() {
  return "<style>.hb *{fill:currentColor}"
         ".hb polyline,.hb .o{fill:none;stroke:currentColor;stroke-linejoin:round;stroke-linecap:round}"
         ".hb text{font-family:system-ui,-apple-system,\"Segoe UI\",Roboto,\"DejaVu Sans\",sans-serif}"
         ".hb image{image-rendering:pixelated}" +
         colour_rules(Theme::light) + "@media(prefers-color-scheme:dark){" + colour_rules(Theme::dark) + "}</style>\n";
}

std::string coordinates(const std::vector<Point>& points) {
  std::string text = " points=\"";
  for (std::size_t i = 0; i < points.size(); ++i)
    text += (i == 0 ? "" : " ") + number(points[i].x) + "," + number(points[i].y);
  return text + "\"";
}

std::string base64(std::string_view bytes) {
  constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t start = 0; start < bytes.size(); start += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - start);
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 3; ++i)
      group = group << 8 | (i < count ? static_cast<unsigned char>(bytes[start + i]) : 0u);
    for (std::size_t i = 0; i < 4; ++i) text += i <= count ? kAlphabet[group >> (18 - 6 * i) & 63] : '=';
  }
  return text;
}

/// Writes one item after another.
class Writer {
 public:
  void operator()(const Polyline& line) {
    text_ += "<polyline" + paint(line.colour) + attribute("stroke-width", line.width);
    if (line.dashed)
      text_ += " stroke-dasharray=\"" + number(3 * line.width + 1) + " " + number(2 * line.width + 2) + "\"";
    text_ += coordinates(line.points) + "/>\n";
  }
  void operator()(const Polygon& polygon) {
    text_ += "<polygon" + paint(polygon.colour) + coordinates(polygon.points) + "/>\n";
  }
  void operator()(const Rectangle& box) { text_ += "<rect" + paint(box.colour) + placed(box) + "/>\n"; }
  void operator()(const Marker& marker) {
    if (marker.kind == Marker::Kind::circle) {
      text_ += "<circle" + paint(marker.colour) + attribute("cx", marker.centre.x) + attribute("cy", marker.centre.y) +
               attribute("r", marker.radius) + "/>\n";
      return;
    }
    if (marker.kind == Marker::Kind::cross) {
      const auto [x, y] = marker.centre;
      const double arm = 0.85 * marker.radius;
      text_ += "<path" + with_outline(paint(marker.colour)) + attribute("stroke-width", 0.6 * marker.radius) +
               " d=\"M" + number(x - arm) + " " + number(y - arm) + "L" + number(x + arm) + " " + number(y + arm) +
               "M" + number(x - arm) + " " + number(y + arm) + "L" + number(x + arm) + " " + number(y - arm) + "\"/>\n";
      return;
    }
    (*this)(Polygon{marker_corners(marker), marker.colour});
  }
  void operator()(const Text& text) {
    text_ += "<text" + paint(text.colour) + attribute("x", text.baseline.x) + attribute("y", text.baseline.y) +
             attribute("font-size", text.size);
    if (text.anchor == Text::Anchor::middle) text_ += " text-anchor=\"middle\"";
    if (text.anchor == Text::Anchor::end) text_ += " text-anchor=\"end\"";
    if (text.bold) text_ += " font-weight=\"600\"";
    if (text.upwards)
      text_ += " transform=\"rotate(-90 " + number(text.baseline.x) + " " + number(text.baseline.y) + ")\"";
    text_ += ">" + escape(text.text) + "</text>\n";
  }
  void operator()(const Image& image) {
    text_ += "<image preserveAspectRatio=\"none\"" + placed(image) + " href=\"data:image/png;base64," +
             base64(encode_png(image.columns, image.rows, image.rgb)) + "\"/>\n";
  }
  /// A nested document cuts off what lies outside it, and needs no name that could clash with another picture's.
  void operator()(const Clip& clip) {
    end_clip();
    if (clip.width <= 0) return;
    text_ += "<svg" + placed(clip) + " viewBox=\"" + number(clip.x) + " " + number(clip.y) + " " + number(clip.width) +
             " " + number(clip.height) + "\">\n";
    clipping_ = true;
  }
  std::string finish() && {
    end_clip();
    return std::move(text_);
  }

 private:
  template <class Box>
  static std::string placed(const Box& box) {
    return attribute("x", box.x) + attribute("y", box.y) + attribute("width", box.width) +
           attribute("height", box.height);
  }
  /// Adds the class `o`, drawn as an outline, to what `paint` wrote.
  static std::string with_outline(std::string painted) {
    const std::string_view start = " class=\"";
    if (painted.starts_with(start)) return painted.insert(start.size(), "o ");
    return " class=\"o\"" + painted;
  }
  void end_clip() {
    if (clipping_) text_ += "</svg>\n";
    clipping_ = false;
  }

  std::string text_;
  bool clipping_ = false;
};

}  // namespace

std::string to_svg(const DisplayList& list) {
  const std::string width = number(list.width), height = number(list.height);
  std::string text = "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"hb\" role=\"img\" width=\"" + width +
                     "\" height=\"" + height + "\" viewBox=\"0 0 " + width + " " + height + "\">\n";
  text += "<title>" + escape(list.title) + "</title>\n<desc>" + escape(list.description) + "</desc>\n";
  text += style_sheet();
  Writer writer;
  writer(Rectangle{0, 0, list.width, list.height, {Colour::Role::background}});
  for (const DisplayList::Item& item : list.items) std::visit(writer, item);
  return text + std::move(writer).finish() + "</svg>\n";
}

}  // namespace handbuilt::plot

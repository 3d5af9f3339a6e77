#include "data/pgm.hpp"

#include <cctype>
#include <cstdint>

#include "core/error.hpp"
#include "data/image.hpp"

namespace handbuilt::data {

namespace {

/// Goes through the words of a header or of a P2's body.
class Words {
 public:
  Words(std::string_view content, const std::string& name, std::size_t at) : content_(content), name_(name), at_(at) {}

  [[noreturn]] void fail(const std::string& what) const { throw DataError(name_ + ": " + what); }

  /// The next number, 0 ... 9,999,999.
  int number(const char* of_what) {
    skip_spaces_and_comments();
    const std::size_t begin = at_;
    int value = 0;
    for (; at_ < content_.size() && std::isdigit(static_cast<unsigned char>(content_[at_])) != 0; ++at_) {
      value = 10 * value + (content_[at_] - '0');
      if (at_ - begin > 6) fail("byte " + std::to_string(begin) + ": the " + of_what + " is too large");
    }
    if (at_ == begin)
      fail(at_ >= content_.size() ? std::string("ends before its ") + of_what
                                  : "byte " + std::to_string(at_) + ": expected the " + of_what + ", a whole number");
    return value;
  }

  [[nodiscard]] std::size_t at() const { return at_; }

 private:
  void skip_spaces_and_comments() {
    while (at_ < content_.size()) {
      const char c = content_[at_];
      if (c == '#')
        while (at_ < content_.size() && content_[at_] != '\n') ++at_;
      else if (std::isspace(static_cast<unsigned char>(c)) != 0)
        ++at_;
      else
        return;
    }
  }

  std::string_view content_;
  const std::string& name_;
  std::size_t at_;
};

}  // namespace

bool is_pgm(std::string_view content) { return content.starts_with("P2") || content.starts_with("P5"); }

Tensor parse_pgm(std::string_view content, const std::string& name) {
  constexpr std::size_t kMagic = 2;
  Words words(content, name, kMagic);
  if (!is_pgm(content)) words.fail("expected a PGM picture, P2 or P5");
  const int width = words.number("width"), height = words.number("height");
  if (width < 1 || height < 1 || std::int64_t{width} * height > kMostImagePixels)
    words.fail("expected a picture of 1 to " + std::to_string(kMostImagePixels) + " pixels, got " +
               std::to_string(width) + " x " + std::to_string(height));
  const int most = words.number("maximum");
  if (most < 1 || most > 65535) words.fail("expected a maximum of 1 to 65535, got " + std::to_string(most));

  const bool as_text = content[1] == '2';
  const std::size_t pixels = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  const std::size_t bytes_per_pixel = most > 255 ? 2 : 1;
  const std::size_t body = words.at() + 1;  // one space character ends the header
  const std::size_t needed = as_text ? 2 * pixels - 1 : bytes_per_pixel * pixels;
  if (content.size() < body || content.size() - body < needed)
    words.fail("expected at least " + std::to_string(needed) + " bytes of pixels, got " +
               std::to_string(content.size() < body ? 0 : content.size() - body));

  Tensor image({1, 1, height, width});
  for (std::size_t i = 0; i < pixels; ++i) {
    int value = 0;
    if (as_text) {
      value = words.number("next pixel");
    } else {
      const std::size_t at = body + i * bytes_per_pixel;
      value = static_cast<unsigned char>(content[at]);
      if (bytes_per_pixel == 2) value = 256 * value + static_cast<unsigned char>(content[at + 1]);
    }
    if (value > most)
      words.fail("pixel " + std::to_string(i) + ": expected at most " + std::to_string(most) + ", got " +
                 std::to_string(value));
    image[static_cast<std::ptrdiff_t>(i)] = static_cast<float>(value) / static_cast<float>(most);
  }
  return image;
}

}  // namespace handbuilt::data

#include "plot/text_width.hpp"

#include <array>

namespace handbuilt::plot {
namespace {

// Thousandths of the font size, for the characters from space to tilde (hmtx table of DejaVuSans.ttf 2.37).
constexpr std::array<int, 95> kAdvance{318,  401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337,
                                       636,  636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531,
                                       1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,
                                       603,  787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500,
                                       500,  613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,
                                       635,  635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838};
constexpr int kOtherLetter = 650;
constexpr int kWideCharacter = 1000;  // Chinese, Japanese, Korean, emoji: three or four bytes
constexpr double kBold = 1.1;

int advance(unsigned char first_byte) {
  if (first_byte >= 0x80 && first_byte < 0xC0) return 0;  // goes on with the character before
  if (first_byte >= 0xE3) return kWideCharacter;
  if (first_byte < 0x20 || first_byte >= 0x7F) return kOtherLetter;
  return kAdvance[first_byte - 0x20u];
}

}  // namespace

double text_width(std::string_view text, double size, bool bold) {
  int thousandths = 0;
  for (const char character : text) thousandths += advance(static_cast<unsigned char>(character));
  return thousandths * size / 1000 * (bold ? kBold : 1);
}

std::vector<std::string> wrapped(std::string_view text, double size, double width, bool bold) {
  std::vector<std::string> lines(1);
  while (!text.empty()) {
    const std::size_t space = text.find(' ');
    const std::string word(text.substr(0, space));
    text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
    const std::string longer = lines.back().empty() ? word : lines.back() + " " + word;
    if (lines.back().empty() || text_width(longer, size, bold) <= width)
      lines.back() = longer;
    else
      lines.push_back(word);
  }
  return lines;
}

}  // namespace handbuilt::plot

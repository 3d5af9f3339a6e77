#include "grader/text/lines.hpp"

#include <algorithm>

namespace handbuilt::grader {

namespace {

constexpr std::string_view kWhiteSpace = " \t\r\n";

}  // namespace

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.emplace_back(line);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::string join_lines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kWhiteSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kWhiteSpace) - first + 1);
}

std::string_view indent_of(std::string_view line) {
  return line.substr(0, std::min(line.size(), line.find_first_not_of(kWhiteSpace)));
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t first = text.find_first_not_of(kWhiteSpace); first != std::string_view::npos;) {
    const std::size_t end = std::min(text.size(), text.find_first_of(kWhiteSpace, first));
    words.emplace_back(text.substr(first, end - first));
    first = text.find_first_not_of(kWhiteSpace, end);
  }
  return words;
}

}  // namespace handbuilt::grader

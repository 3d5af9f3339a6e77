#include "grader/protocol/parts.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

namespace handbuilt::grader {

namespace detail {

std::string next_name(std::string_view& names) {
  const std::size_t comma = std::min(names.find(','), names.size());
  std::string_view name = names.substr(0, comma);
  names.remove_prefix(std::min(comma + 1, names.size()));
  while (!name.empty() && name.front() == ' ') name.remove_prefix(1);
  while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
  return std::string(name);
}

std::string joined(const std::string& path, const std::string& member) {
  return path.empty() ? member : path + "." + member;
}

}  // namespace detail

namespace {

std::string shortened(const std::string& text, std::size_t most) {
  return text.size() <= most ? text : text.substr(0, most) + "... (" + std::to_string(text.size()) + " bytes)";
}

constexpr int kDigits = 6, kAllDigits = std::numeric_limits<double>::max_digits10;

std::string with_digits(double value, int digits) {
  if (std::isnan(value)) return "nan";
  char text[32];
  std::snprintf(text, sizeof text, "%.*g", digits, value);
  return text;
}

}  // namespace

std::string show_number(double value) { return with_digits(value, kDigits); }

std::pair<std::string, std::string> show_apart(double one, double other) {
  int digits = kDigits;
  while (digits < kAllDigits && with_digits(one, digits) == with_digits(other, digits)) ++digits;
  return {with_digits(one, digits), with_digits(other, digits)};
}

std::string show_index(const Shape& shape, std::ptrdiff_t position) {
  std::string text;
  for (int d = shape.rank() - 1; d >= 0; --d) {
    const std::ptrdiff_t extent = std::max(1, shape[d]);
    text = std::to_string(position % extent) + (text.empty() ? "" : ", ") + text;
    position /= extent;
  }
  text.insert(text.begin(), '(');
  text.push_back(')');
  return text;
}

std::string show_part(const Part& part, std::size_t most) {
  constexpr std::size_t kLongestText = 200, kFewNumbers = 6;
  if (part.kind == Part::Kind::text) return "\"" + shortened(part.text, kLongestText) + "\"";
  // A whole number is shown whole: a seed that is shown is one that can be tried.
  const bool is_whole = part.precision == 0;
  const auto show = [&](double value) { return with_digits(value, is_whole ? kAllDigits : kDigits); };
  if (part.kind == Part::Kind::number) return show(part.numbers.at(0));

  // Rows are separated by semicolons, so that the picture of a small matrix survives on one line.
  std::string text = part.shape.to_string() + " {";
  const auto row = static_cast<std::size_t>(std::max(1, part.shape[part.shape.rank() - 1]));
  const std::size_t shown = part.numbers.size() <= most ? part.numbers.size() : std::min(most, kFewNumbers);
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text += i % row == 0 ? "; " : ", ";
    text += show(part.numbers[i]);
  }
  return text + (shown < part.numbers.size() ? ", ...}" : "}");
}

std::string show_parts(const Parts& parts, std::size_t most) {
  std::string text;
  for (const Part& part : parts)
    text += "  " + (part.name.empty() ? "" : part.name + " = ") + show_part(part, most) + "\n";
  return text;
}

}  // namespace handbuilt::grader

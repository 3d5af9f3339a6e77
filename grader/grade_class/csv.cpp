#include "grader/grade_class/csv.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "grader/text/printable.hpp"

namespace handbuilt::grader {

namespace {

bool is_whole_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; });
}

std::string field(const std::string& value) {
  // Spreadsheets look past leading blanks, so the first other character decides.
  std::string text = printable(value);
  const std::size_t first = text.find_first_not_of(' ');
  constexpr std::string_view kFormulaStarts = "=+-@";
  if (first != std::string::npos && kFormulaStarts.find(text[first]) != std::string_view::npos &&
      !is_whole_number(text))
    text.insert(0, "'");
  if (text.find_first_of("\",\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

}  // namespace

std::string csv_line(const std::vector<std::string>& fields) {
  std::string line;
  for (std::size_t i = 0; i < fields.size(); ++i) line += (i > 0 ? "," : "") + field(fields[i]);
  return line + "\r\n";
}

}  // namespace handbuilt::grader

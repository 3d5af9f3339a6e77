#include "grader/text/lesson_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>

#include "core/error.hpp"
#include "grader/text/lines.hpp"

namespace handbuilt::grader {

namespace {

constexpr std::string_view kCommentOpen = "<!--";
constexpr std::string_view kCommentClose = "-->";
constexpr std::string_view kNumberEnd = "<!-- /number -->";

[[noreturn]] void fail(const std::string& path, int line, const std::string& what) {
  throw DataError(fmt::format("{}:{}: {}", path, line, what));
}

/// "forward" for the line `// #region forward` and the mark "#region"; empty for any other line.
std::string marked_name(std::string_view line, std::string_view mark) {
  line = trimmed(line);
  if (line.starts_with("//"))
    line.remove_prefix(2);
  else if (line.starts_with("# "))
    line.remove_prefix(1);
  else
    return {};
  const std::vector<std::string> words = words_of(line);
  return words.size() == 2 && words[0] == mark ? words[1] : "";
}

/// Marks are for tools; a reader of the lesson does not see them.
bool is_mark(std::string_view line) {
  const std::string_view code = trimmed(line);
  return !marked_name(line, "#region").empty() || !marked_name(line, "#endregion").empty() ||
         code.starts_with("// BEGIN SOLUTION") || code.starts_with("// END SOLUTION") || code.starts_with("// STUB:");
}

std::string moved_left(std::vector<std::string> lines) {
  std::size_t indent = std::string::npos;
  for (const std::string& line : lines)
    if (!trimmed(line).empty()) indent = std::min(indent, indent_of(line).size());
  for (std::string& line : lines) line = trimmed(line).empty() ? "" : line.substr(indent);
  return join_lines(lines);
}

/// The text inside `<!-- KEY: ... -->` when the comment starts at `position`.
struct Directive {
  std::string content;
  std::size_t end = 0;  ///< just after `-->`
};
bool read_directive(std::string_view text, std::size_t position, std::string_view key, Directive& directive) {
  std::string_view rest = text.substr(position + kCommentOpen.size());
  const std::size_t close = rest.find(kCommentClose);
  if (close == std::string_view::npos) return false;
  const std::string_view inside = trimmed(rest.substr(0, close));
  if (!inside.starts_with(key)) return false;
  directive = {std::string(trimmed(inside.substr(key.size()))),
               position + kCommentOpen.size() + close + kCommentClose.size()};
  return true;
}

struct NumberFormat {
  std::string shown = "value";
  bool percent = false;
  int digits = 2;
};

NumberFormat read_format(const std::vector<std::string>& words, const std::string& path, int line) {
  constexpr std::string_view kDigits = "digits=";
  constexpr int kMostDigits = 12;
  NumberFormat format;
  for (const std::string& word : words) {
    if (word == "low" || word == "high" || word == "n" || word == "interval") {
      format.shown = word;
    } else if (word == "percent") {
      format.percent = true;
    } else if (word.starts_with(kDigits)) {
      const char* last = word.data() + word.size();
      const auto [end, error] = std::from_chars(word.data() + kDigits.size(), last, format.digits);
      if (error != std::errc() || end != last || format.digits < 0 || format.digits > kMostDigits)
        fail(path, line, fmt::format("expected digits=0 to digits={}, got \"{}\"", kMostDigits, word));
    } else {
      fail(path, line, fmt::format("expected low, high, n, interval, percent or digits=N, got \"{}\"", word));
    }
  }
  return format;
}

std::string show(const Measured& number, const NumberFormat& format) {
  const auto plain = [&](double value) {
    return fmt::format("{:.{}f}", format.percent ? 100 * value : value, format.digits);
  };
  const std::string unit = format.percent ? " %" : "";
  if (format.shown == "n") return fmt::format("{}", number.n);
  if (format.shown == "low") return plain(number.low) + unit;
  if (format.shown == "high") return plain(number.high) + unit;
  if (format.shown == "interval")
    return fmt::format("{}{} ({} to {})", plain(number.value), unit, plain(number.low), plain(number.high));
  return plain(number.value) + unit;
}

/// `accuracy percent` or `10_convnet/accuracy digits=3` -> what the text says.
std::string number_text(const std::string& directive, const std::string& path, int line, const TextSources& sources) {
  std::vector<std::string> words = words_of(directive);
  if (words.empty()) fail(path, line, "expected the name of a number after \"number:\"");
  const std::string name = words.front();
  words.erase(words.begin());
  const std::size_t slash = name.find('/');
  const bool own = slash == std::string::npos;
  try {
    const Measured number = sources.number(own ? "" : name.substr(0, slash), own ? name : name.substr(slash + 1));
    return show(number, read_format(words, path, line));
  } catch (const DataError& error) {
    const std::string reason = error.what();
    if (reason.starts_with(path + ":")) throw;
    fail(path, line, reason);
  }
}

std::string refresh_numbers(const std::string& line, const std::string& path, int number, const TextSources& sources) {
  std::string result;
  std::size_t position = 0;
  Directive directive;
  for (std::size_t open = line.find(kCommentOpen); open != std::string::npos;
       open = line.find(kCommentOpen, std::max(position, open + 1))) {
    if (!read_directive(line, open, "number:", directive)) continue;
    const std::size_t end = line.find(kNumberEnd, directive.end);
    if (end == std::string::npos) fail(path, number, "a number without its <!-- /number --> on the same line");
    result += line.substr(position, directive.end - position) + number_text(directive.content, path, number, sources);
    result += kNumberEnd;
    position = end + kNumberEnd.size();
  }
  return result + line.substr(position);
}

/// Reads "path#region" and quotes that region. Trouble is told at the line of the text that asks for it.
std::string quoted(const std::string& reference, const std::string& path, int line, const TextSources& sources) {
  const std::size_t hash = reference.find('#');
  if (hash == std::string::npos || hash == 0 || hash + 1 == reference.size())
    fail(path, line, fmt::format("expected code: path#region, got \"{}\"", reference));
  const std::string file = reference.substr(0, hash);
  try {
    return extract_region(sources.file(file), file, reference.substr(hash + 1));
  } catch (const DataError& error) {
    fail(path, line, error.what());
  }
}

}  // namespace

std::string extract_region(const std::string& source, const std::string& path, const std::string& region) {
  std::vector<std::string> body;
  int number = 0, begin = 0, end = 0;
  for (const std::string& line : split_lines(source)) {
    ++number;
    if (marked_name(line, "#region") == region) {
      if (begin != 0)
        fail(path, number, fmt::format("region \"{}\" stands here a second time (first in line {})", region, begin));
      begin = number;
    } else if (marked_name(line, "#endregion") == region) {
      if (begin == 0) fail(path, number, fmt::format("#endregion {} without its #region", region));
      if (end != 0) fail(path, number, fmt::format("region \"{}\" ends a second time", region));
      end = number;
    } else if (begin != 0 && end == 0 && !is_mark(line)) {
      body.push_back(line);
    }
  }
  if (begin == 0)
    throw DataError(fmt::format("{}: no region \"{}\" (expected a line // #region {})", path, region, region));
  if (end == 0)
    fail(path, begin, fmt::format("region \"{}\" is not closed (expected // #endregion {})", region, region));
  return moved_left(std::move(body));
}

std::string refresh_text(const std::string& text, const std::string& path, const TextSources& sources) {
  const std::vector<std::string> lines = split_lines(text);
  std::vector<std::string> result;
  std::string open_fence;  // Outside a code block this is empty.
  Directive directive;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = trimmed(lines[i]);
    const int number = static_cast<int>(i) + 1;
    if (line.starts_with("```") || line.starts_with("~~~")) {
      if (open_fence.empty())
        open_fence = line.substr(0, 3);
      else if (line == open_fence)
        open_fence.clear();
      result.push_back(lines[i]);
    } else if (open_fence.empty() && line.starts_with(kCommentOpen) && read_directive(line, 0, "code:", directive)) {
      const std::string code = quoted(directive.content, path, number, sources);
      if (i + 1 >= lines.size() || !lines[i + 1].starts_with("```"))
        fail(path, number, "expected a ``` block in the line after the code comment");
      const auto close = std::find(lines.begin() + static_cast<std::ptrdiff_t>(i) + 2, lines.end(), "```");
      if (close == lines.end()) fail(path, number + 1, "a ``` block that is not closed");
      result.insert(result.end(), {lines[i], lines[i + 1]});
      for (std::string& code_line : split_lines(code)) result.push_back(std::move(code_line));
      result.emplace_back("```");
      i = static_cast<std::size_t>(close - lines.begin());
    } else {
      result.push_back(open_fence.empty() ? refresh_numbers(lines[i], path, number, sources) : lines[i]);
    }
  }
  return join_lines(result);
}

std::vector<int> differing_lines(const std::string& before, const std::string& after) {
  const std::vector<std::string> a = split_lines(before), b = split_lines(after);
  std::vector<int> lines;
  for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i)
    if (i >= a.size() || i >= b.size() || a[i] != b[i]) lines.push_back(static_cast<int>(i) + 1);
  return lines;
}

}  // namespace handbuilt::grader

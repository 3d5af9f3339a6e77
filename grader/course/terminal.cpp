#include "grader/course/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <utility>

#include "grader/text/lines.hpp"

namespace handbuilt::grader {

namespace {

constexpr int kNarrowest = 20, kWidest = 120, kBarColumns = 20;

int width_of_terminal() {
  if (const char* columns = std::getenv("COLUMNS"); columns != nullptr)
    if (const int width = std::atoi(columns); width > 0) return std::clamp(width, kNarrowest, kWidest);
  struct winsize size {};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return std::clamp(static_cast<int>(size.ws_col), kNarrowest, kWidest);
  return Terminal{}.width;
}

/// Insertions, deletions and replacements between two names.
std::size_t slips_between(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, replaced}));
    }
  }
  return row.back();
}

/// A line of source code or the mark under it, as compilers quote them: "   24 |   int x = 1", "      |       ^".
bool is_quoted_code(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" 0123456789");
  return first != std::string_view::npos && first > 0 && line[first] == '|';
}

}  // namespace

Terminal find_terminal(bool plain) {
  Terminal terminal;
  terminal.width = width_of_terminal();
  terminal.words_only = plain;
  const char* no_colour = std::getenv("NO_COLOR");
  const char* kind = std::getenv("TERM");
  terminal.colour = !plain && (no_colour == nullptr || *no_colour == '\0') && kind != nullptr &&
                    std::string_view(kind) != "dumb" && ::isatty(STDOUT_FILENO) == 1;
  return terminal;
}

std::string toned(const Terminal& terminal, Tone tone, std::string_view text) {
  if (!terminal.colour || tone == Tone::kPlain) return std::string(text);
  const char* code = tone == Tone::kStrong ? "1" : tone == Tone::kGood ? "32" : tone == Tone::kBad ? "31" : "2";
  return std::string("\x1b[") + code + "m" + std::string(text) + "\x1b[0m";
}

std::string bar(const Terminal& terminal, int done, int all) {
  if (terminal.words_only || all <= 0) return "";
  const int filled = std::clamp(done * kBarColumns / all, 0, kBarColumns);  // full only when all is done
  return "[" + std::string(static_cast<std::size_t>(filled), '#') +
         std::string(static_cast<std::size_t>(kBarColumns - filled), '-') + "] ";
}

int columns_of(std::string_view text) {
  return static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string wrapped(std::string_view text, int width, std::string_view indent) {
  std::string result;
  for (const std::string& line : split_lines(text)) {
    if (columns_of(indent) + columns_of(line) <= width || is_quoted_code(line)) {
      result += (line.empty() ? "" : std::string(indent) + line) + "\n";
      continue;
    }
    const std::string start = std::string(indent) + std::string(indent_of(line));
    std::string current = start;
    bool empty = true;
    for (const std::string& word : words_of(line)) {
      if (!empty && columns_of(current) + 1 + columns_of(word) > width) {
        result += current + "\n";
        current = start;
        empty = true;
      }
      current += (empty ? "" : " ") + word;
      empty = false;
    }
    result += (empty ? "" : current) + "\n";
  }
  return result;
}

std::string with_command(std::string_view label, std::string_view command, int width) {
  const bool fits = columns_of(label) + 1 + columns_of(command) <= width;
  return std::string(label) + (fits ? " " : "\n  ") + std::string(command) + "\n";
}

std::vector<std::string> nearest_names(const std::string& name, const std::vector<std::string>& known,
                                       std::size_t most) {
  std::vector<std::pair<std::size_t, std::string>> ranked;
  for (const std::string& candidate : known) {
    const std::size_t slips = slips_between(name, candidate);
    const bool contained = name.size() >= 3 && candidate.find(name) != std::string::npos;
    if (contained || slips <= std::max<std::size_t>(2, name.size() / 3)) ranked.emplace_back(slips, candidate);
  }
  std::sort(ranked.begin(), ranked.end());
  std::vector<std::string> nearest;
  for (const auto& [slips, candidate] : ranked)
    if (nearest.size() < most) nearest.push_back(candidate);
  return nearest;
}

}  // namespace handbuilt::grader

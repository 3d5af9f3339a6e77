#include "window/script.hpp"

#include <cmath>
#include <cstdlib>
#include <map>
#include <sstream>

#include "core/error.hpp"
#include "core/file.hpp"

namespace handbuilt::window {

namespace {

constexpr std::size_t kLargestScript = std::size_t{1} << 20;

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

/// One line of the file on its way to a step.
struct Line {
  const std::filesystem::path& path;
  int number;
  std::string action, rest;

  [[noreturn]] void fail(const std::string& expected) const {
    throw DataError(path.string() + ":" + std::to_string(number) + ": expected " + expected + ", got \"" + action +
                    (rest.empty() ? "" : " " + rest) + "\"");
  }
};

double number_in(const std::string& text, const Line& line, const std::string& expected) {
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != '\0' || !std::isfinite(value)) line.fail(expected);
  return value;
}

Event key_named(const Line& line) {
  static const std::map<std::string, Key> kNames{
      {"escape", Key::escape}, {"enter", Key::enter}, {"backspace", Key::backspace},
      {"tab", Key::tab},       {"left", Key::left},   {"right", Key::right},
      {"up", Key::up},         {"down", Key::down}};
  Event event;
  if (const auto named = kNames.find(line.rest); named != kNames.end())
    event.key = named->second;
  else if (line.rest == "space")
    event.character = ' ';
  else if (line.rest.size() == 1 && line.rest[0] > ' ' && line.rest[0] <= '~')
    event.character = line.rest[0];
  else
    line.fail("key and a character, or escape, enter, backspace, tab, left, right, up, down or space");
  return event;
}

void read_setting(ScriptStep& step, const Line& line) {
  const std::string expected = "set LABEL = NUMBER";
  const std::size_t equals = line.rest.rfind('=');
  if (equals == std::string::npos) line.fail(expected);
  step.words = trimmed(line.rest.substr(0, equals));
  if (step.words.empty()) line.fail(expected);
  step.value = number_in(trimmed(line.rest.substr(equals + 1)), line, expected);
}

ScriptStep step_of(const Line& line) {
  using Kind = ScriptStep::Kind;
  ScriptStep step;
  step.line = line.number;
  step.words = line.rest;
  if (line.action == "wait") {
    step.kind = Kind::wait;
    step.seconds = number_in(line.rest, line, "wait SECONDS");
    if (step.seconds < 0) line.fail("wait SECONDS");
  } else if (line.action == "caption") {
    step.kind = Kind::caption;
  } else if (line.action == "key") {
    step.kind = Kind::key;
    step.key = key_named(line);
  } else if (line.action == "press" && !line.rest.empty()) {
    step.kind = Kind::press;
  } else if (line.action == "set") {
    step.kind = Kind::set;
    read_setting(step, line);
  } else if (line.action == "screenshot" && !line.rest.empty()) {
    step.kind = Kind::screenshot;
    step.picture = std::filesystem::absolute(line.path).parent_path() / line.rest;
  } else if (line.action == "quit" && line.rest.empty()) {
    step.kind = Kind::quit;
  } else {
    line.fail("wait SECONDS, caption WORDS, key NAME, press LABEL, set LABEL = NUMBER, screenshot FILE or quit");
  }
  return step;
}

}  // namespace

std::vector<ScriptStep> read_script(const std::filesystem::path& path) {
  std::istringstream text(read_file(path, kLargestScript));
  std::vector<ScriptStep> steps;
  int number = 0;
  for (std::string words; std::getline(text, words);) {
    ++number;
    words = trimmed(words);
    if (words.empty() || words[0] == '#') continue;
    const std::size_t end = words.find_first_of(" \t");
    const std::string action = words.substr(0, end);
    steps.push_back(step_of({path, number, action, end == std::string::npos ? "" : trimmed(words.substr(end))}));
  }
  return steps;
}

}  // namespace handbuilt::window

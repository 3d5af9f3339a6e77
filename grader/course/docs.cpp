#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "core/error.hpp"
#include "core/file.hpp"
#include "grader/course/commands.hpp"
#include "grader/course/json_files.hpp"
#include "grader/text/lesson_text.hpp"

namespace handbuilt::grader {

namespace {

namespace fs = std::filesystem;

/// The README of the project, of every lesson folder, and the pages of docs/, named from the root.
std::vector<std::string> texts_of(const House& house) {
  std::vector<std::string> texts;
  const auto add = [&](const fs::path& path) {
    if (fs::exists(path)) texts.push_back(path.lexically_relative(house.root).string());
  };
  add(house.root / "README.md");
  for (const fs::directory_entry& lesson : fs::directory_iterator(house.root / "lessons"))
    if (lesson.is_directory()) add(lesson.path() / "README.md");
  if (fs::is_directory(house.root / "docs"))
    for (const fs::directory_entry& page : fs::directory_iterator(house.root / "docs"))
      if (page.path().extension() == ".md") add(page.path());
  std::sort(texts.begin(), texts.end());
  return texts;
}

Measured find_number(const House& house, const std::string& lesson, const std::string& name) {
  const fs::path file = house.root / "lessons" / lesson / "results.json";
  const std::map<std::string, Measured> numbers = read_results(file);
  const auto found = numbers.find(name);
  if (found != numbers.end()) return found->second;
  std::vector<std::string> names;
  for (const auto& [known, number] : numbers) names.push_back(known);
  throw DataError(
      fmt::format("no number \"{}\" in lessons/{}/results.json (it has {})", name, lesson, fmt::join(names, ", ")));
}

TextSources sources_for(const House& house, const fs::path& text) {
  const std::string own_lesson = text.parent_path().filename().string();
  return {[&house](const std::string& path) { return read_file(house.root / path); },
          [&house, own_lesson](const std::string& lesson, const std::string& name) {
            return find_number(house, lesson.empty() ? own_lesson : lesson, name);
          }};
}

}  // namespace

int run_docs(const House& house, bool check) {
  int outdated = 0;
  for (const std::string& text : texts_of(house)) {
    const std::string before = read_file(house.root / text);
    const std::string after = refresh_text(before, text, sources_for(house, text));
    if (before == after) continue;
    ++outdated;
    fmt::print("{}:{}: {}\n", text, differing_lines(before, after).front(),
               check ? "differs from the code or the numbers it quotes (./course docs refreshes it)" : "refreshed");
    if (!check) write_file(house.root / text, after);
  }
  if (check && outdated == 0) fmt::print("every quoted piece of code and every number is up to date\n");
  return check && outdated > 0 ? 1 : 0;
}

}  // namespace handbuilt::grader

#include "grader/course/hidden_tests.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "core/error.hpp"
#include "core/file.hpp"
#include "grader/text/lines.hpp"

namespace handbuilt::grader {

namespace {

namespace fs = std::filesystem;

bool starts_a_test(const std::string& line) {
  return line.starts_with("TEST(") || line.starts_with("TEST_F(") || line.starts_with("TEST_P(");
}

int count_tests_in(const fs::path& folder) {
  std::ptrdiff_t count = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (!entry.path().filename().string().ends_with(".judge.cpp")) continue;
    const std::vector<std::string> lines = split_lines(read_file(entry.path()));
    count += std::count_if(lines.begin(), lines.end(), starts_a_test);
  }
  return static_cast<int>(count);
}

}  // namespace

std::map<std::string, int> count_hidden_tests(const House& house, const fs::path& folder) {
  if (!fs::is_directory(folder)) throw DataError(folder.string() + ": expected a folder of hidden tests");
  std::map<std::string, int> counts;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    const std::string id = entry.path().filename().string();
    if (!entry.is_directory() || id.starts_with('.')) continue;
    if (std::none_of(house.lessons.begin(), house.lessons.end(), [&](const auto& lesson) { return lesson.id == id; }))
      throw DataError(fmt::format("{}: expected the name of a lesson, like {}", entry.path().string(),
                                  house.lessons.empty() ? "10_convnet" : house.lessons.front().id));
    const int count = count_tests_in(entry.path());
    if (count > 0) counts[id] = count;
  }
  if (counts.empty()) throw DataError(folder.string() + ": expected hidden tests in NN_name/*.judge.cpp, found none");
  return counts;
}

std::string with_hidden_tests(const std::string& lesson_toml, int count) {
  std::vector<std::string> lines = split_lines(lesson_toml);
  std::erase_if(lines, [](const std::string& line) {
    const std::vector<std::string> words = words_of(line);
    return words.size() > 1 && words[0] == "hidden_tests" && words[1] == "=";
  });
  const auto first_table =
      std::find_if(lines.begin(), lines.end(), [](const std::string& line) { return line.starts_with("[["); });
  lines.insert(first_table, {fmt::format("hidden_tests = {}", count), ""});
  return join_lines(lines);
}

}  // namespace handbuilt::grader

#include "grader/grading/hidden_judge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "core/error.hpp"
#include "core/file.hpp"
#include "grader/course/builder.hpp"
#include "grader/course/fingerprint.hpp"
#include "grader/course/process.hpp"
#include "grader/text/lines.hpp"

namespace handbuilt::grader {

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

constexpr std::size_t kMostCompilerWords = 4000;
constexpr std::size_t kLargestMessage = 4096;
constexpr const char* kSandboxProgram = "handbuilt_sandbox";
constexpr const char* kMessageEnding = ".message";
constexpr const char* kUsualMessage =
    "your code passes the tests that you have, and not those that your instructor keeps";

std::vector<fs::path> tests_in(const fs::path& folder) {
  std::vector<fs::path> files;
  if (!fs::is_directory(folder)) return files;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder))
    if (entry.path().filename().string().ends_with(".judge.cpp")) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

/// The suite of a line `TEST(Suite, Name) {`; empty for any other line.
std::string suite_in(const std::string& line) {
  for (const std::string start : {"TEST(", "TEST_F(", "TEST_P("})
    if (line.starts_with(start)) return words_of(line.substr(start.size(), line.find(',') - start.size())).at(0);
  return "";
}

/// The tasks that the tests judge, with the usual message.
std::map<std::string, std::string> tasks_of(const LessonInfo& lesson, const std::vector<fs::path>& tests) {
  std::map<std::string, std::string> messages;
  for (const fs::path& file : tests) {
    int number = 0;
    for (const std::string& line : split_lines(read_file(file))) {
      ++number;
      const std::string suite = suite_in(line);
      if (suite.empty()) continue;
      const auto task = std::find_if(lesson.tasks.begin(), lesson.tasks.end(),
                                     [&](const TaskInfo& info) { return suite_name(info.id) == suite; });
      if (task == lesson.tasks.end())
        throw DataError(fmt::format("{}:{}: the suite {} is that of no task of {}; {} is judged by {}", file.string(),
                                    number, suite, lesson.id, lesson.tasks.front().id,
                                    suite_name(lesson.tasks.front().id)));
      messages[task->id] = kUsualMessage;
    }
  }
  return messages;
}

void read_messages(const fs::path& folder, std::map<std::string, std::string>& messages) {
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != kMessageEnding) continue;
    const auto task = messages.find(entry.path().stem().string());
    if (task == messages.end())
      throw DataError(entry.path().string() + ": expected the id of a task with tests here before .message");
    task->second = read_file(entry.path(), kLargestMessage);
    task->second.erase(task->second.find_last_not_of(" \n\r\t") + 1);
  }
}

/// The command that made a file of the build folder, as ninja has it.
Words command_of(const House& house, const std::string& target) {
  const Captured asked =
      capture({{"ninja", "-C", house.build_folder().string(), "--quiet", "-t", "commands", "-s", target}, {}, {}});
  Words words = split_shell_words(asked.output);
  // CMake writes ": && command && :".
  std::erase_if(words, [](const std::string& word) { return word == ":" || word == "&&"; });
  if (asked.exit_code != 0 || words.size() < 3)
    throw Error(fmt::format("ninja knows no command for {}: {}", target, asked.output));
  return words;
}

bool is_object(const std::string& word) { return word.ends_with(".o"); }

void replace_after(Words& words, const std::string& flag, const std::string& value) {
  const auto at = std::find(words.begin(), words.end(), flag);
  if (at != words.end() && at + 1 != words.end()) *(at + 1) = value;
}

/// How a file of the judge is compiled, for another file.
Words compile_words(Words words, const fs::path& source, const fs::path& object) {
  std::erase(words, "-Werror");
  replace_after(words, "-o", object.string());
  replace_after(words, "-c", source.string());
  replace_after(words, "-MT", object.string());
  replace_after(words, "-MF", object.string() + ".d");
  return words;
}

/// How the judge is linked, with other objects.
Words link_words(Words words, const std::vector<fs::path>& objects, const fs::path& program) {
  std::erase_if(words, is_object);
  Words names;
  for (const fs::path& object : objects) names.push_back(object.string());
  words.insert(std::find(words.begin(), words.end(), "-o"), names.begin(), names.end());
  replace_after(words, "-o", program.string());
  return words;
}

std::string key_of(const House& house, const LessonInfo& lesson, const fs::path& folder,
                   const std::vector<fs::path>& tests) {
  Fingerprint print;
  print.add_stamp(house.build_folder() / "bin" / ("judge_" + lesson.id));
  print.add_headers(folder);
  for (const fs::path& file : tests) {
    print.add(file.string());
    print.add_content(file);
  }
  return print.text();
}

void run_or_fail(const House& house, const Words& words, const std::string& what) {
  const Captured built = capture({words, house.build_folder(), {"LC_ALL=C"}});
  if (built.exit_code != 0) throw Error(what + "\n" + built.output.substr(0, kMostCompilerWords));
}

void build(const House& house, const LessonInfo& lesson, const std::vector<fs::path>& tests, const fs::path& program) {
  const std::string judge = "bin/judge_" + lesson.id;
  const Words link = command_of(house, judge);
  const auto an_object = std::find_if(link.begin(), link.end(), is_object);
  if (an_object == link.end()) throw Error(fmt::format("{} is made of no object", judge));
  const Words compile = command_of(house, *an_object);
  std::vector<fs::path> objects;
  for (const fs::path& file : tests) {
    objects.push_back(program.parent_path() / (file.filename().string() + ".o"));
    run_or_fail(house, compile_words(compile, file, objects.back()), file.string() + ": this test does not compile:");
  }
  run_or_fail(house, link_words(link, objects, program),
              tests.front().parent_path().string() + ": these tests do not link:");
}

}  // namespace

std::optional<HiddenJudge> build_hidden_judge(const House& house, const LessonInfo& lesson, const fs::path& hidden) {
  const fs::path folder = fs::absolute(hidden).lexically_normal() / lesson.id;
  const std::vector<fs::path> tests = tests_in(folder);
  if (tests.empty()) return std::nullopt;
  Fingerprint place;
  place.add(folder.string());
  const fs::path built = house.build_folder() / "hidden" / place.text();
  HiddenJudge judge{built / "judge", tasks_of(lesson, tests)};
  read_messages(folder, judge.messages);

  fs::create_directories(built);
  fs::permissions(built.parent_path(), fs::perms::owner_all);  // nobody else may look at what is built of them
  const BuildLock lock(built / "lock");
  const std::string key = key_of(house, lesson, folder, tests);
  const fs::path key_file = built / "key";
  if (fs::exists(key_file) && read_file(key_file) == key && fs::exists(judge.program)) return judge;
  fs::remove(key_file);
  build(house, lesson, tests, judge.program);
  // A judge starts the sandbox's program that stands beside it.
  fs::remove(built / kSandboxProgram);
  fs::create_symlink(house.build_folder() / "bin" / kSandboxProgram, built / kSandboxProgram);
  write_file(key_file, key);
  return judge;
}

std::vector<std::string> split_shell_words(const std::string& command) {
  Words words;
  bool is_open = false;
  char quote = 0;
  for (std::size_t i = 0; i < command.size(); ++i) {
    const char c = command[i];
    const bool is_blank = c == ' ' || c == '\t' || c == '\n';
    if (quote == 0 && is_blank) {
      is_open = false;
      continue;
    }
    if (!is_open) words.emplace_back();
    is_open = true;
    if (c == quote) {
      quote = 0;
    } else if (quote == 0 && (c == '\'' || c == '"')) {
      quote = c;
    } else if (c == '\\' && quote != '\'' && i + 1 < command.size()) {
      words.back() += command[++i];
    } else {
      words.back() += c;
    }
  }
  return words;
}

}  // namespace handbuilt::grader

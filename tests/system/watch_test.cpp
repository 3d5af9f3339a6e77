// Drives ./course on a pseudo-terminal, as a newcomer with an editor does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "core/file.hpp"
#include "grader/course/house.hpp"
#include "grader/text/lines.hpp"
#include "grader/text/stub.hpp"
#include "support/temporary_folder.hpp"
#include "system/terminal_session.hpp"

namespace handbuilt::grader {
namespace {

namespace fs = std::filesystem;
using test::TerminalSession;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Le;
using testing::Not;

const std::string kCtrlC = "\x03";
const std::string kForgotToDivide =
    "  double sum = 0;\n  for (const double value : values) sum += value;\n  return sum;\n";
const std::string kRightMean =
    "  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();\n"
    "  double sum = 0;\n  for (const double value : values) sum += value;\n"
    "  return sum / static_cast<double>(values.size());\n";
const std::string kEndlessMean = "  double sum = 0;\n  while (values.size() != 1) sum += 1;\n  return sum;\n";

/// A student's desk: fresh exercises and no progress, apart from those of the checkout.
class Newcomer : public testing::Test {
 protected:
  Newcomer() {
    const House house = open_house(HANDBUILT_SOURCE_DIR);
    for (const LessonInfo& lesson : house.lessons)
      for (const TaskInfo& task : lesson.tasks) {
        const fs::path solution = house.solution_folder(lesson) / task.file;
        fs::create_directories(desk_ / "exercises" / lesson.id);
        write_file(desk_ / "exercises" / lesson.id / task.file, make_stub(read_file(solution), solution));
      }
  }

  [[nodiscard]] TerminalSession course(const std::vector<std::string>& arguments, int columns = 80,
                                       const std::string& variable = "TERM=xterm-256color") const {
    std::vector<std::string> words = {std::string(HANDBUILT_SOURCE_DIR) + "/course"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    return TerminalSession(
        words, {columns,
                desk_.path(),
                {"HANDBUILT_EXERCISES=exercises", "HANDBUILT_PROGRESS=progress", "TERM=xterm-256color", variable}});
  }

  [[nodiscard]] fs::path exercise(const std::string& name) const { return desk_ / "exercises" / name; }

  /// The exercise with `code` in place of what its only fence holds.
  [[nodiscard]] std::string with(const std::string& name, const std::string& code) const {
    const FencedSource source = split_fences(read_file(exercise(name)), name);
    return join_lines(source.surroundings.at(0)) + code + join_lines(source.surroundings.at(1));
  }
  void save(const std::string& name, const std::string& code) const {
    write_in_place(exercise(name), with(name, code));
  }

  static void write_in_place(const fs::path& file, const std::string& text) {
    std::FILE* const stream = std::fopen(file.c_str(), "w");
    std::fputs(text.c_str(), stream);
    std::fclose(stream);
  }

 private:
  test::TemporaryFolder desk_;
};

/// What is left of a text when the colours are taken away.
std::string without_colours(const std::string& text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\x1b')
      i = text.find('m', i);
    else
      plain += text[i];
  }
  return plain;
}

TEST_F(Newcomer, GetsFromTheHomeScreenToAPassingVerdict) {
  TerminalSession home = course({});
  home.wait_for("./course watch 00");
  home.wait_for_end();
  EXPECT_EQ(home.exit_code(), 0);

  TerminalSession watch = course({"watch", "00"});
  watch.wait_for("open exercises/00_tour/mean.cpp");
  watch.wait_for("0 of 1 task passes");
  save("00_tour/mean.cpp", kForgotToDivide);
  EXPECT_THAT(without_colours(watch.wait_for("0 of 1 task passes")),
              AllOf(HasSubstr("WRONG"), HasSubstr("it looks as if this is the sum")));
  save("00_tour/mean.cpp", kRightMean);
  EXPECT_THAT(without_colours(watch.wait_for("1 of 1 task passes")), HasSubstr("PASSED"));
  watch.wait_for("./course watch 10");
  watch.type(kCtrlC);
  watch.wait_for_end();
  EXPECT_EQ(watch.exit_code(), 0);
}

TEST_F(Newcomer, LeavesNothingBehindWithCtrlC) {
  TerminalSession watch = course({"watch", "00"});
  watch.wait_for("0 of 1 task passes");
  watch.type(kCtrlC);
  watch.wait_for_end();
  EXPECT_EQ(watch.exit_code(), 0);
  EXPECT_TRUE(watch.is_sane());
  EXPECT_THAT(watch.processes(), IsEmpty());
}

TEST_F(Newcomer, StopsAnEndlessLoopWithCtrlC) {
  TerminalSession watch = course({"watch", "00"});
  watch.wait_for("0 of 1 task passes");
  save("00_tour/mean.cpp", kEndlessMean);
  watch.wait_for("checking mean");
  watch.type(kCtrlC);
  watch.wait_for_end();
  EXPECT_EQ(watch.exit_code(), 0);
  for (int i = 0; i < 100 && !watch.processes().empty(); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_THAT(watch.processes(), IsEmpty());
}

TEST_F(Newcomer, IsToldOnlyAboutTheLastOfTwoSaves) {
  TerminalSession watch = course({"watch", "00"});
  watch.wait_for("0 of 1 task passes");
  save("00_tour/mean.cpp", kEndlessMean);
  watch.wait_for("checking mean");
  save("00_tour/mean.cpp", kRightMean);
  EXPECT_THAT(watch.wait_for("1 of 1 task passes"), AllOf(HasSubstr("saved again"), Not(HasSubstr("TIMED_OUT"))));
}

TEST_F(Newcomer, IsNotJudgedAgainForWhatHasNotChanged) {
  {
    TerminalSession watch = course({"watch", "00"});
    watch.wait_for("0 of 1 task passes");
    save("00_tour/mean.cpp", kForgotToDivide);
    watch.wait_for("saved: mean.cpp");
    watch.wait_for("0 of 1 task passes");
  }
  TerminalSession again = course({"watch", "00"});
  EXPECT_THAT(again.wait_for("0 of 1 task passes"),
              AllOf(HasSubstr("it looks as if this is the sum"), Not(HasSubstr("checking"))));
}

TEST_F(Newcomer, MaySaveByRenamingANewFile) {
  TerminalSession watch = course({"watch", "00"});
  watch.wait_for("0 of 1 task passes");
  write_in_place(exercise("00_tour/.mean.cpp.swp"), "not C++");
  write_in_place(exercise("00_tour/mean.cpp~"), with("00_tour/mean.cpp", kRightMean));
  fs::rename(exercise("00_tour/mean.cpp~"), exercise("00_tour/mean.cpp"));
  watch.wait_for("1 of 1 task passes");
}

/// What home screen and watch say from a first look to a first wrong answer.
class Screen : public Newcomer {
 protected:
  [[nodiscard]] std::string shown(const std::vector<std::string>& options, int columns, const std::string& variable) {
    std::vector<std::string> watch_words = options;
    watch_words.insert(watch_words.end(), {"watch", "00"});
    TerminalSession home = course(options, columns, variable);
    home.wait_for_end();
    TerminalSession watch = course(watch_words, columns, variable);
    watch.wait_for("course: 0 of");
    save("00_tour/mean.cpp", kForgotToDivide);
    watch.wait_for("course: 0 of");
    watch.type(kCtrlC);
    watch.wait_for_end();
    return home.output() + watch.output();
  }
};

TEST_F(Screen, KeepsEveryLineWithinFortyColumns) {
  for (const std::string& line : split_lines(without_colours(shown({}, 40, "TERM=xterm")))) {
    if (trimmed(line).find(' ') == std::string::npos) continue;  // a path cannot be broken
    EXPECT_THAT(line.size(), Le(40U)) << line;
  }
}

TEST_F(Screen, HasNoEscapeSequencesUnderNoColor) {
  EXPECT_THAT(shown({}, 80, "NO_COLOR=1"), AllOf(HasSubstr("WRONG"), Not(HasSubstr("\x1b"))));
}

TEST_F(Screen, HasNothingButWordsUnderPlain) {
  const std::string text = shown({"--plain"}, 80, "TERM=xterm");
  EXPECT_THAT(text, AllOf(HasSubstr("WRONG"), Not(HasSubstr("\x1b")), Not(HasSubstr("[--")), Not(HasSubstr("[##"))));
  EXPECT_TRUE(std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
}

TEST_F(Screen, HasColoursOnATerminalThatKnowsThem) { EXPECT_THAT(shown({}, 80, "TERM=xterm"), HasSubstr("\x1b[")); }

}  // namespace
}  // namespace handbuilt::grader

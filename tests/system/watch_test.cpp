// Drives ./course on a pseudo-terminal, as a newcomer with an editor does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <regex>
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
  /// As editors do that never leave half a file: beside it, and renamed.
  void save(const std::string& name, const std::string& code) const { write_file(exercise(name), with(name, code)); }
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

/// What a newcomer typed, saw and wrote, as the README shows it.
class Transcript {
 public:
  void typed(const std::string& command) { text_ += "$ " + command + "\n"; }
  void saw(const std::string& screen) { text_ += without_colours(screen) + "\n"; }
  void wrote(const std::string& what) { text_ += "\n    ... " + what + "\n"; }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

/// What has to be the same whenever this is repeated: verdicts, the mistake by its name, where one is and what is next;
/// not the random inputs, nor the prose of a lesson's explanations, which stands indented, nor how many tasks and
/// points the course has by now.
std::vector<std::string> essential_lines(const std::string& text) {
  static const std::regex total("([0-9]+ of )[0-9]+( tasks pass, [0-9]+ of )[0-9]+( points)");
  static const std::regex course("(course: [0-9]+ of )[0-9]+");
  std::vector<std::string> lines;
  for (const std::string& line : split_lines(text)) {
    const bool is_rest_of_a_total = !line.empty() && line.find_first_not_of("0123456789") == std::string::npos;
    if (is_rest_of_a_total || (line.starts_with("  ") && line.find("it looks as if") == std::string::npos)) continue;
    lines.push_back(std::regex_replace(std::regex_replace(line, total, "$1all$2all$3"), course, "$1"));
  }
  return lines;
}

// With HANDBUILT_RECORD set, what was seen is written to docs/images/first-verdict.txt instead of being compared.
TEST_F(Newcomer, GetsFromTheHomeScreenToVerdictsInTwoLessons) {
  Transcript transcript;
  const auto look = [&](TerminalSession& terminal, const std::string& until) {
    std::string seen = terminal.wait_for(until);
    transcript.saw(seen);
    return without_colours(seen);
  };
  TerminalSession home = course({});
  transcript.typed("./course");
  look(home, "./course --help");
  home.wait_for_end();
  EXPECT_EQ(home.exit_code(), 0);

  TerminalSession tour = course({"watch", "00"});
  transcript.typed("./course watch 00");
  look(tour, "0 of 1 task passes; course: 0 of ");
  save("00_tour/mean.cpp", kForgotToDivide);
  transcript.wrote("a mean that forgets to divide is saved in exercises/00_tour/mean.cpp");
  EXPECT_THAT(look(tour, "0 of 1 task passes; course: 0 of "),
              AllOf(HasSubstr("WRONG"), HasSubstr("it looks as if this is the sum")));
  save("00_tour/mean.cpp", kRightMean);
  transcript.wrote("the division is added");
  EXPECT_THAT(look(tour, "then ./course watch "), HasSubstr("PASSED"));
  tour.type(kCtrlC);
  tour.wait_for_end();
  EXPECT_EQ(tour.exit_code(), 0);

  const std::string file = "10_convnet/conv2d_forward.cpp";
  const fs::path solution = fs::path(HANDBUILT_SOURCE_DIR) / "solutions" / file;
  const std::string right = join_lines(split_fences(read_file(solution), solution).fences.at(0).body);
  const std::string kernel_entry = "weights(o, c, i, j)";
  std::string flipped = right;
  ASSERT_NE(flipped.find(kernel_entry), std::string::npos);
  flipped.replace(flipped.find(kernel_entry), kernel_entry.size(), "weights(o, c, kernel - 1 - i, kernel - 1 - j)");

  TerminalSession convnet = course({"watch", "10"});
  transcript.typed("./course watch 10");
  look(convnet, "0 of 8 tasks pass; course: 1 of ");
  save(file, flipped);
  transcript.wrote("a convolution with its kernel flipped is saved in exercises/" + file);
  EXPECT_THAT(look(convnet, "0 of 8 tasks pass; course: 1 of "),
              AllOf(HasSubstr("WRONG"), HasSubstr("the kernel is flipped")));
  save(file, right);
  transcript.wrote("the kernel is turned round");
  EXPECT_THAT(look(convnet, "1 of 8 tasks pass; course: 2 of "),
              AllOf(HasSubstr("PASSED"), HasSubstr("Next: conv2d-gradient-parameters")));
  convnet.type(kCtrlC);
  convnet.wait_for_end();
  EXPECT_EQ(convnet.exit_code(), 0);

  const fs::path recording = fs::path(HANDBUILT_SOURCE_DIR) / "docs/images/first-verdict.txt";
  if (std::getenv("HANDBUILT_RECORD") != nullptr) write_file(recording, transcript.text());
  EXPECT_EQ(essential_lines(transcript.text()), essential_lines(read_file(recording)));
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

TEST_F(Newcomer, MaySaveInPlaceAndLeaveTemporaryFilesAround) {
  TerminalSession watch = course({"watch", "00"});
  watch.wait_for("0 of 1 task passes");
  write_in_place(exercise("00_tour/.mean.cpp.swp"), "not C++");
  write_in_place(exercise("00_tour/mean.cpp~"), "a backup");
  write_in_place(exercise("00_tour/mean.cpp"), with("00_tour/mean.cpp", kRightMean));
  EXPECT_THAT(watch.wait_for("1 of 1 task passes"), Not(HasSubstr("swp")));
}

TEST_F(Newcomer, FindsWorkCarriedOverWhenTheCourseHasChangedAroundIt) {
  const std::string stub = read_file(exercise("00_tour/mean.cpp")), older = "// An older heading.\n";
  fs::create_directories(exercise("../progress/handed-out/00_tour"));
  write_in_place(exercise("../progress/handed-out/00_tour/mean.cpp"), older + stub);
  save("00_tour/mean.cpp", kRightMean);
  const std::string work = read_file(exercise("00_tour/mean.cpp"));
  write_in_place(exercise("00_tour/mean.cpp"), older + work);
  TerminalSession watch = course({"watch", "00"});
  EXPECT_THAT(watch.wait_for("1 of 1 task passes"), HasSubstr("mean.cpp.before-update"));
  EXPECT_EQ(read_file(exercise("00_tour/mean.cpp")), work);
  EXPECT_EQ(read_file(exercise("00_tour/mean.cpp.before-update")), older + work);
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

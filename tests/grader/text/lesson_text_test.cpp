#include "grader/text/lesson_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "core/error.hpp"
#include "support/message_of.hpp"

namespace handbuilt::grader {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::string kSource =
    "int before;\n"
    "  // #region forward\n"
    "  for (int i = 0; i < 3; ++i) {\n"
    "\n"
    "    // BEGIN SOLUTION sum\n"
    "    // STUB: sum = 0;\n"
    "    sum += i;\n"
    "    // END SOLUTION\n"
    "  }\n"
    "  // #endregion forward\n"
    "int after;\n";

TextSources sources() {
  return {[](const std::string& path) {
            if (path != "lib/sum.cpp") throw DataError(path + ": cannot open the file");
            return kSource;
          },
          [](const std::string& lesson, const std::string& name) {
            if (name != "accuracy") throw DataError("no number \"" + name + "\"");
            return lesson == "10_convnet" ? Measured{0.5, 0.4, 0.6, 3} : Measured{0.98765, 0.9811, 0.9922, 20};
          }};
}

std::string refreshed(const std::string& text) { return refresh_text(text, "README.md", sources()); }

std::string message_of(const std::string& text) {
  return test::message_of<DataError>([&] { refreshed(text); });
}

std::string region_message(const std::string& source) {
  return test::message_of<DataError>([&] { extract_region(source, "a.cpp", "x"); });
}

TEST(Region, MovesLeftAndHidesTheMarksOfTools) {
  EXPECT_EQ(extract_region(kSource, "lib/sum.cpp", "forward"), "for (int i = 0; i < 3; ++i) {\n\n  sum += i;\n}\n");
}

TEST(Region, MayStandInsideAnother) {
  const std::string source = "// #region x\na;\n// #region y\nb;\n// #endregion y\n// #endregion x\n";
  EXPECT_EQ(extract_region(source, "a.cpp", "x"), "a;\nb;\n");
  EXPECT_EQ(extract_region(source, "a.cpp", "y"), "b;\n");
}

TEST(Region, IsFoundInScriptsToo) { EXPECT_EQ(extract_region("# #region x\na\n# #endregion x\n", "a.py", "x"), "a\n"); }

TEST(Region, ThatIsMissingIsAnError) {
  EXPECT_EQ(region_message("int x;\n"), "a.cpp: no region \"x\" (expected a line // #region x)");
}

TEST(Region, ThatIsNotClosedIsAnErrorAtItsFirstLine) {
  EXPECT_EQ(region_message("\n// #region x\n"), "a.cpp:2: region \"x\" is not closed (expected // #endregion x)");
}

TEST(Region, ThatStandsThereTwiceIsAnError) {
  EXPECT_THAT(region_message("// #region x\n// #endregion x\n// #region x\n// #endregion x\n"),
              HasSubstr("a.cpp:3: region \"x\" stands here a second time"));
}

TEST(LessonText, QuotesCodeIntoTheBlockUnderItsName) {
  const std::string head = "The loop:\n<!-- code: lib/sum.cpp#forward -->\n```cpp\n", tail = "```\nDone.\n";
  EXPECT_EQ(refreshed(head + "old();\n" + tail), head + "for (int i = 0; i < 3; ++i) {\n\n  sum += i;\n}\n" + tail);
}

TEST(LessonText, RefreshedTwiceIsTheSame) {
  const std::string once = refreshed(
      "<!-- code: lib/sum.cpp#forward -->\n```cpp\n```\n<!-- number: accuracy percent -->?<!-- /number -->\n");
  EXPECT_EQ(refreshed(once), once);
}

TEST(LessonText, WritesNumbersAsAsked) {
  const std::map<std::string, std::string> shown = {{"accuracy", "0.99"},
                                                    {"accuracy digits=4", "0.9877"},
                                                    {"accuracy percent digits=1", "98.8 %"},
                                                    {"accuracy low percent", "98.11 %"},
                                                    {"accuracy high", "0.99"},
                                                    {"accuracy n", "20"},
                                                    {"accuracy interval percent digits=1", "98.8 % (98.1 to 99.2)"},
                                                    {"10_convnet/accuracy", "0.50"}};
  for (const auto& [words, expected] : shown)
    EXPECT_EQ(refreshed("a <!-- number: " + words + " -->?<!-- /number --> b\n"),
              "a <!-- number: " + words + " -->" + expected + "<!-- /number --> b\n");
}

TEST(LessonText, RefreshesEveryNumberOfALine) {
  EXPECT_EQ(refreshed("<!-- number: accuracy -->x<!-- /number --> of <!-- number: accuracy n -->y<!-- /number -->\n"),
            "<!-- number: accuracy -->0.99<!-- /number --> of <!-- number: accuracy n -->20<!-- /number -->\n");
}

TEST(LessonText, LeavesEverythingElseAsItIs) {
  const std::string text = "# Title\n\n<!-- a remark -->\n```sh\n<!-- number: nonsense -->\n```\n| a | b |\n";
  EXPECT_EQ(refreshed(text), text);
}

TEST(LessonText, NamesTheLineThatAsksForWhatIsNotThere) {
  EXPECT_EQ(message_of("\n<!-- number: speed -->1<!-- /number -->\n"), "README.md:2: no number \"speed\"");
  EXPECT_EQ(message_of("<!-- code: lib/gone.cpp#x -->\n```\n```\n"), "README.md:1: lib/gone.cpp: cannot open the file");
  EXPECT_THAT(message_of("\n\n<!-- code: lib/sum.cpp#backward -->\n```\n```\n"),
              HasSubstr("README.md:3: lib/sum.cpp: no region \"backward\""));
}

TEST(LessonText, RefusesAHalfWrittenDirective) {
  EXPECT_THAT(message_of("<!-- number: accuracy -->1\n"), HasSubstr("README.md:1: a number without its"));
  EXPECT_THAT(message_of("<!-- number: accuracy large -->1<!-- /number -->\n"), HasSubstr("got \"large\""));
  EXPECT_THAT(message_of("<!-- number: accuracy digits=x -->1<!-- /number -->\n"), HasSubstr("got \"digits=x\""));
  EXPECT_THAT(message_of("<!-- code: lib/sum.cpp -->\n```\n```\n"), HasSubstr("expected code: path#region"));
  EXPECT_THAT(message_of("<!-- code: lib/sum.cpp#forward -->\ntext\n"), HasSubstr("expected a ``` block"));
  EXPECT_THAT(message_of("<!-- code: lib/sum.cpp#forward -->\n```cpp\nx\n"), HasSubstr("README.md:2: a ``` block"));
}

TEST(LessonText, TellsWhichLinesDiffer) { EXPECT_THAT(differing_lines("a\nb\nc\n", "a\nx\n"), ElementsAre(2, 3)); }

}  // namespace
}  // namespace handbuilt::grader

#include "grader/course/terminal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grader/text/lines.hpp"

namespace handbuilt::grader {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Le;

TEST(Wrapped, KeepsEveryLineWithinTheWidth) {
  const std::string text =
      "every word of this sentence is short enough to fit into forty columns, and some are umlauts: äöü";
  for (const int width : {20, 40, 80})
    for (const std::string& line : split_lines(wrapped(text, width, "  "))) EXPECT_THAT(columns_of(line), Le(width));
}

TEST(Wrapped, LosesNoWord) {
  const std::string text = "one two three four five six seven eight nine ten";
  EXPECT_EQ(words_of(wrapped(text, 20)), words_of(text));
}

TEST(Wrapped, LeavesAlignedSourceCodeAsItIs) {
  EXPECT_EQ(wrapped("   24 |   int x = \"a\";\n      |           ^~~\n", 60),
            "   24 |   int x = \"a\";\n      |           ^~~\n");
}

TEST(Wrapped, DoesNotBreakQuotedCodeThatIsTooLong) {
  const std::string quoted = "   24 |   const int x = some + long + line;\n      |                        ^~~~\n";
  EXPECT_EQ(wrapped(quoted, 20), quoted);
}

TEST(Wrapped, ContinuesALineUnderItsOwnIndentation) {
  EXPECT_EQ(wrapped("    input = 1, 2, 3", 15, "  "), "      input =\n      1, 2, 3\n");
}

TEST(Wrapped, LetsAWordBeLongerThanTheWidth) {
  EXPECT_EQ(wrapped("conv2d_gradient_parameters", 10), "conv2d_gradient_parameters\n");
}

TEST(Toned, IsPlainWithoutColours) { EXPECT_EQ(toned({80, false}, Tone::kBad, "WRONG"), "WRONG"); }

TEST(Toned, KeepsTheWordInsideTheColour) {
  EXPECT_EQ(toned({80, true}, Tone::kGood, "PASSED"), "\x1b[32mPASSED\x1b[0m");
}

TEST(NearestNames, FindSlipsOfTheFinger) {
  EXPECT_THAT(nearest_names("convent", {"convnet", "tour", "flat_rate"}), ElementsAre("convnet"));
  EXPECT_THAT(nearest_names("chekc", {"check", "docs", "demo"}), ElementsAre("check"));
}

TEST(NearestNames, FindTheStartOfALongName) {
  EXPECT_THAT(nearest_names("softmax", {"softmax-cross-entropy", "momentum-step"}),
              ElementsAre("softmax-cross-entropy"));
}

TEST(NearestNames, SuggestNothingForSomethingElse) {
  EXPECT_THAT(nearest_names("kangaroo", {"check", "docs"}), IsEmpty());
}

}  // namespace
}  // namespace handbuilt::grader

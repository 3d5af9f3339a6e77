#include "plot/text_width.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using handbuilt::plot::text_width;
using handbuilt::plot::wrapped;
using testing::ElementsAre;

TEST(TextWidth, AddsUpTheLetters) {
  EXPECT_DOUBLE_EQ(text_width("abc", 10), text_width("a", 10) + text_width("b", 10) + text_width("c", 10));
  EXPECT_EQ(text_width("", 10), 0);
}

TEST(TextWidth, GrowsWithTheFont) { EXPECT_DOUBLE_EQ(text_width("loss", 26), 2 * text_width("loss", 13)); }

TEST(TextWidth, GivesWideLettersMoreRoomThanNarrowOnes) {
  EXPECT_GT(text_width("WWW", 10), 2.5 * text_width("iii", 10));
  EXPECT_GT(text_width("bold", 10, true), text_width("bold", 10));
}

TEST(TextWidth, CountsACharacterOfSeveralBytesOnce) {
  EXPECT_LT(text_width("\xC3\xA9", 10), 1.5 * text_width("e", 10));  // e with an acute accent
}

TEST(Wrapped, BreaksAtSpacesSoThatLinesFit) {
  const std::string text = "the quick brown fox jumps over the lazy dog";
  std::string joined;
  for (const std::string& line : wrapped(text, 13, 90)) {
    EXPECT_LE(text_width(line, 13), 90);
    joined += (joined.empty() ? "" : " ") + line;
  }
  EXPECT_EQ(joined, text);
}

TEST(Wrapped, LeavesALongWordWhole) {
  EXPECT_THAT(wrapped("a incomprehensibilities b", 13, 40), ElementsAre("a", "incomprehensibilities", "b"));
}

}  // namespace

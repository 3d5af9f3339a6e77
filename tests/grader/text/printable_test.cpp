#include "grader/text/printable.hpp"

#include <gtest/gtest.h>

namespace handbuilt::grader {
namespace {

TEST(Printable, LeavesTextAsItIs) {
  EXPECT_EQ(printable("Zoë Müller, 学生 \xF0\x9F\x99\x82"), "Zoë Müller, 学生 🙂");
}

TEST(Printable, ShowsTerminalEscapesInsteadOfObeyingThem) {
  EXPECT_EQ(printable("\x1b[2Jgone\x07\x9b"), "\\x1b[2Jgone\\x07\\x9b");
}

TEST(Printable, ShowsLineEndsOnlyWhereTheyMayStand) {
  EXPECT_EQ(printable("a\n\tb\r"), "a\\x0a\\x09b\\x0d");
  EXPECT_EQ(printable("a\n\tb\r", true), "a\n\tb\\x0d");
}

TEST(Printable, ShowsBytesThatAreNotUtf8) {
  EXPECT_EQ(printable("caf\xE9"), "caf\\xe9");
  EXPECT_EQ(printable("\xC0\xAF"), "\\xc0\\xaf") << "overlong";
  EXPECT_EQ(printable("\xED\xA0\x80"), "\\xed\\xa0\\x80") << "a surrogate";
  EXPECT_EQ(printable("\xF5\x80\x80\x80"), "\\xf5\\x80\\x80\\x80") << "beyond Unicode";
  EXPECT_EQ(printable("\xE5\xAD"), "\\xe5\\xad") << "cut off";
}

TEST(Printable, ShowsWhatWouldTurnALineRound) {
  EXPECT_EQ(printable("a\u202Eb"), "a\\xe2\\x80\\xaeb");
  EXPECT_EQ(printable("\u0085"), "\\xc2\\x85") << "a control character of two bytes";
}

TEST(Printable, CutsBetweenCharacters) {
  EXPECT_EQ(printable("äöü", false, 4), "äö...");
  EXPECT_EQ(printable("äöü", false, 5), "äö...");
  EXPECT_EQ(printable("äöü", false, 6), "äöü");
}

}  // namespace
}  // namespace handbuilt::grader

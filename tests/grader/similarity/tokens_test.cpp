#include "grader/similarity/tokens.hpp"

#include <gtest/gtest.h>

#include <string>

namespace handbuilt::grader {
namespace {

std::vector<std::uint32_t> kinds(std::string_view text) {
  std::vector<std::uint32_t> result;
  for (const Token& token : tokens_of(text)) result.push_back(token.kind);
  return result;
}

TEST(Tokens, NamesNumbersCommentsAndLayoutDoNotMatter) {
  EXPECT_EQ(kinds("float sum = 0.0F;  // the sum\nfor (int i = 0; i < n; ++i) sum += a[i];"),
            kinds("float total = 1e3; /* adds up */ for (int k=7;k<count;++k)\n\n  {\n total += values[k];\n}"));
}

TEST(Tokens, WhatComesAndGoesDoesNotMatter) {
  EXPECT_EQ(kinds("const auto x = max(a, b);"), kinds("y = max((c), d);"));
}

TEST(Tokens, SignsKeywordsAndTheLibrarysNamesMatter) {
  EXPECT_NE(kinds("a += b;"), kinds("a -= b;"));
  EXPECT_NE(kinds("while (a) b;"), kinds("if (a) b;"));
  EXPECT_NE(kinds("a.shape()"), kinds("a.size()"));
  EXPECT_NE(kinds("float a;"), kinds("double a;"));
  EXPECT_NE(kinds("a <<= b"), kinds("a <= b"));
}

TEST(Tokens, ALineKnowsItsNumber) {
  const std::vector<Token> tokens = tokens_of("/* one\ntwo */ a\n#include <x> \\\n more\n\nb \"q\\\"r\" c");
  ASSERT_EQ(tokens.size(), 4U);
  EXPECT_EQ(tokens[0].line, 2);
  EXPECT_EQ(tokens[1].line, 6);
  EXPECT_EQ(tokens[3].line, 6);
}

TEST(Tokens, EndsOnWhateverIsNotCpp) {
  for (const std::string text : {"\"open", "/* open", "'", "#", "\\", "\xFF\xFE\x80", "0x", "..", "a\"\n\"b"})
    EXPECT_LE(tokens_of(text).size(), text.size()) << text;
}

}  // namespace
}  // namespace handbuilt::grader

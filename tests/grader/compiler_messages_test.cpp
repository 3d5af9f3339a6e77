#include "grader/compiler_messages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "support/temporary_folder.hpp"

namespace handbuilt::grader {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// What the real compiler says of a file, in the C locale.
std::string compile(const std::filesystem::path& folder, const std::string& body) {
  std::ofstream(folder / "tasks.hpp") << R"(#pragma once
#include <vector>
#include "core/tensor.hpp"
using handbuilt::Tensor;
namespace convnet {
float loss(const Tensor& logits, const std::vector<int>& labels);
Tensor twice(const Tensor& input);
}
)";
  std::ofstream(folder / "student.cpp") << "#include \"tasks.hpp\"\n" << body;
  const std::string command = "cd '" + folder.string() +
                              "' && LC_ALL=C " HANDBUILT_COMPILER
                              " -std=c++20 -O1 -Wall -Wextra -Wno-unused-parameter -I. -I" HANDBUILT_SOURCE_DIR
                              "/lib -c student.cpp -o /dev/null 2>&1";
  std::string output;
  std::FILE* pipe = popen(command.c_str(), "r");
  std::array<char, 4096> buffer{};
  while (const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), pipe)) output.append(buffer.data(), got);
  pclose(pipe);
  return output;
}

class CompilerMessages : public ::testing::Test {
 protected:
  /// The first message for a function `loss` with this body; its first line is line 3.
  CompilerMessage first_for(const std::string& body) {
    return first_of("float convnet::loss(const Tensor& logits, const std::vector<int>& labels) {\n" + body + "\n}\n");
  }
  CompilerMessage first_of(const std::string& code) {
    const auto messages = read_compiler_messages(compile(folder_.path(), code), "student.cpp");
    if (!messages.empty()) return messages.front();
    ADD_FAILURE() << "the compiler said nothing of\n" << code;
    return {};
  }

  test::TemporaryFolder folder_;
};

struct Slip {
  const char* name;
  const char* body;
  int line;
  const char* plain_words;
};

class EverydaySlips : public CompilerMessages, public ::testing::WithParamInterface<Slip> {};

TEST_P(EverydaySlips, IsNamedInPlainWordsAtItsLine) {
  const CompilerMessage message = first_for(GetParam().body);
  EXPECT_EQ(message.line, GetParam().line) << message.text;
  EXPECT_THAT(message.plain_words, HasSubstr(GetParam().plain_words)) << message.text;
}

INSTANTIATE_TEST_SUITE_P(
    Of, EverydaySlips,
    ::testing::Values(
        Slip{"MissingSemicolon", "float sum = 0\nreturn sum;", 4, "semicolon is missing"},
        Slip{"CommasInFor", "for (int i = 0, i < 3, ++i) {}\nreturn 0;", 3, "separated by semicolons"},
        Slip{"UnclosedBrace", "for (int i = 0; i < 3; ++i) {\nreturn 0;", 5, "one } is missing"},
        Slip{"OneBraceTooMany", "return 0;\n}", 5, "one closing brace } too many"},
        Slip{"UnclosedParenthesis", "return logits(0, 0;", 3, "closing parenthesis ) is missing"},
        Slip{"UnclosedText", "return \"hello;", 3, "not closed on its line"},
        Slip{"CurlyQuotes", "return \u201ca\u201d;", 3, "pasted from a document"},
        Slip{"ElseWithoutIf", "int n = 1;\nif (n) n = 2; n = 3;\nelse n = 4;\nreturn n;", 5, "belongs to no if"},
        Slip{"Misspelt", "float sum = 0;\nreturn summ;", 4, "Perhaps you meant sum?"},
        Slip{"CapitalWhile", "While (true) {}\nreturn 0;", 3, "it is while"},
        Slip{"OutOfScope", "for (int i = 0; i < 3; ++i) {}\nreturn i;", 4, "nothing called i here"},
        Slip{"NoStd", "vector<int> a;\nreturn 0;", 3, "write std::vector"},
        Slip{"NoCmath", "return exp(1.0f);", 3, "#include <cmath>"},
        Slip{"NoIostream", "std::cout << 1;\nreturn 0;", 3, "#include <iostream>"},
        Slip{"DeclaredTwice", "int n = 1;\nint n = 2;\nreturn n;", 4, "declared before"},
        Slip{"NoReturn", "", 4, "never returns one"},
        Slip{"WritesAnInput", "logits(0, 0) = 1;\nreturn 0;", 3, "inputs are const"},
        Slip{"FillsAnInput", "logits.fill(0);\nreturn 0;", 3, "inputs are const"},
        Slip{"ChangesAConst", "const float s = 0;\ns += 1;\nreturn s;", 4, "is const and cannot be changed"},
        Slip{"SquareBrackets", "return logits[0][1];", 3, "indices in parentheses"},
        Slip{"FiveIndices", "return logits(0, 1, 2, 3, 4);", 3, "one index for each of its dimensions"},
        Slip{"ExtentsInParentheses", "Tensor d(3, 4);\nreturn 0;", 3, "stand in braces"},
        Slip{"ReturnsTheTensor", "return logits;", 3, "returns a whole tensor"},
        Slip{"UnknownMember", "return logits.width;", 3, "has nothing called width"},
        Slip{"NoCall", "return logits.size;", 3, "write size() with parentheses"},
        Slip{"TwoOfFourExtents", "const auto [n, c] = logits.shape();\nreturn n;", 3, "always gives four extents"},
        Slip{"IndexOfAFunction", "return logits.shape[0];", 3, "as in shape()[0]"},
        Slip{"LoopOverAFunction", "for (auto i : logits.indices) {}\nreturn 0;", 3, "as in indices()"},
        Slip{"ShapeTakesAnIndex", "return logits.shape(2);", 3, "is shape()[0]"},
        Slip{"ListInParentheses", "return labels(0);", 3, "square brackets"},
        Slip{"ListHasNoAppend", "std::vector<float> v;\nv.append(1);\nreturn 0;", 4, "push_back()"},
        Slip{"Reshape", "auto x = logits.reshape({1, 2});\nreturn 0;", 3, "Perhaps you meant reshaped?"},
        Slip{"Arrow", "return logits->size();", 3, "write a dot instead of ->"},
        Slip{"Cout", "cout << 1;\nreturn 0;", 3, "Write std::cout"},
        Slip{"CommaInBrackets", "return logits[0, 1];", 3, "indices in parentheses"},
        Slip{"UnsignedCountsDown", "for (unsigned i = 3; i >= 0; --i) {}\nreturn 0;", 3, "never negative"},
        Slip{"MixedMax", "return std::max(1, 2.0f);", 3, "two values of the same type"},
        Slip{"AssignsInsteadOfCompares", "int n = 1;\nif (n = 2) return 1;\nreturn n;", 4, "To compare, write =="},
        Slip{"ComparesInsteadOfAssigns", "Tensor o({1});\no(0) == 3;\nreturn o(0);", 4, "Did you mean = instead of =="},
        Slip{"SignedAgainstUnsigned", "for (int i = 0; i < labels.size(); ++i) {}\nreturn 0;", 3, "unsigned size"},
        Slip{"RemainderOfFloat", "float x = 3.0f % 2;\nreturn x;", 3, "whole numbers only"},
        Slip{"Uninitialised", "float sum;\nsum += logits(0);\nreturn sum;", 4, "has no value yet"}),
    [](const auto& slip) { return slip.param.name; });

TEST_F(CompilerMessages, AChangedFirstLinePointsBackToTasksHpp) {
  const CompilerMessage message =
      first_of("float convnet::loss(const Tensor& logits, const std::vector<float>& labels) { return 0; }\n");
  EXPECT_EQ(message.line, 2);
  EXPECT_THAT(message.plain_words, HasSubstr("must stay as it was"));
}

TEST_F(CompilerMessages, AMissingHeaderSaysWhatThereIs) {
  EXPECT_THAT(first_of("#include \"convnets.hpp\"\n").plain_words, HasSubstr("includes tasks.hpp"));
}

TEST_F(CompilerMessages, AnErrorInsideAHeaderIsShownAtTheLineThatCausedIt) {
  const std::string code =
      "#include <algorithm>\nTensor convnet::twice(const Tensor& input) {\nstd::vector<Tensor> v{input, input};\n"
      "std::sort(v.begin(), v.end());\nreturn input;\n}\n";
  const CompilerMessage message = first_of(code);
  EXPECT_EQ(message.file, "student.cpp");
  EXPECT_EQ(message.line, 5);
}

TEST(ReadCompilerMessages, PutsTheStudentsFileFirstAndErrorsBeforeWarnings) {
  const auto messages = read_compiler_messages(
      "lib/core/tensor.hpp:7:1: error: something in the library\n"
      "a b.cpp:9:3: warning: suggest parentheses around assignment used as truth value [-Wparentheses]\n"
      "a b.cpp:12:3: error: 'x' was not declared in this scope\n",
      "a b.cpp");
  ASSERT_EQ(messages.size(), 3u);
  EXPECT_EQ(messages[0].line, 12);
  EXPECT_EQ(messages[1].file, "lib/core/tensor.hpp");
  EXPECT_EQ(messages[2].kind, CompilerMessage::Kind::warning);
}

TEST(ReadCompilerMessages, ReportsALineOnceAndDropsEchoes) {
  const auto messages = read_compiler_messages(
      "s.cpp:3:5: error: expected ';' before 'x'\ns.cpp:3:9: error: expected primary-expression\n"
      "s.cpp:4:1: warning: unused variable 'x' [-Wunused-variable]\n",
      "s.cpp");
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_EQ(messages[0].column, 5);
}

TEST(ReadCompilerMessages, NamesAFunctionThatTheLinkerMisses) {
  const auto messages = read_compiler_messages(
      "/usr/bin/ld: worker.o: in function `call':\nworker.cpp:(.text+0x4): undefined reference to "
      "`convnet::loss(int)'\n"
      "/usr/bin/ld: worker.cpp:(.text+0x9): undefined reference to `convnet::loss(int)'\ncollect2: error: ld returned "
      "1 "
      "exit status\n",
      "s.cpp");
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_THAT(messages[0].plain_words, HasSubstr("convnet::loss(int) is declared, but this file does not define it"));
}

TEST(ReadCompilerMessages, DropsASuggestionThatTheStudentCannotHaveMeant) {
  const std::string output = "s.cpp:3:1: error: 'widht' was not declared in this scope; did you mean 'wcwidth'?\n";
  EXPECT_THAT(read_compiler_messages(output, "s.cpp", "int width")[0].plain_words, Not(HasSubstr("wcwidth")));
  EXPECT_THAT(read_compiler_messages(output, "s.cpp", "wcwidth(x)")[0].plain_words, HasSubstr("wcwidth"));
}

TEST(ReadCompilerMessages, WritesAnBeforeAVowel) {
  const auto messages =
      read_compiler_messages("s.cpp:3:1: error: cannot convert 'int' to 'Tensor' in return\n", "s.cpp");
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_THAT(messages[0].plain_words, HasSubstr("An int stands where a Tensor is wanted"));
}

TEST(ReadCompilerMessages, SurvivesTextThatIsNoCompilersOutput) {
  EXPECT_TRUE(read_compiler_messages("", "s.cpp").empty());
  EXPECT_TRUE(read_compiler_messages(":::\n1:2:3\n   |\n\xff\xfe:9:", "s.cpp").empty());
}

TEST(Describe, ShowsTheStudentsPathTheWordsAndTheLine) {
  const auto messages = read_compiler_messages(
      "s.cpp:3:5: error: 'summ' was not declared in this scope; did you mean 'sum'?\n    3 |   summ = 1;\n      |   "
      "^~~~\n",
      "s.cpp");
  const std::string text = describe(messages, "s.cpp", "exercises/00_tour/mean.cpp");
  EXPECT_THAT(text, HasSubstr("exercises/00_tour/mean.cpp:3: There is nothing called summ here."));
  EXPECT_THAT(text, HasSubstr("the compiler says: 'summ' was not declared"));
  EXPECT_THAT(text, HasSubstr("    3 |   summ = 1;\n      |   ^~~~\n"));
}

TEST(Describe, SaysHowManyMessagesItLeavesOut) {
  std::string output;
  for (int line = 1; line <= 5; ++line) output += "s.cpp:" + std::to_string(line) + ":1: error: bad\n";
  const std::string text = describe(read_compiler_messages(output, "s.cpp"), "s.cpp", "s.cpp", 2);
  EXPECT_THAT(text, HasSubstr("s.cpp:2:"));
  EXPECT_THAT(text, Not(HasSubstr("s.cpp:3:")));
  EXPECT_THAT(text, HasSubstr("and 3 more messages"));
}

}  // namespace
}  // namespace handbuilt::grader

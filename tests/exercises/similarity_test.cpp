// What the similarity report says of right answers to lesson 10 that were written apart from each other, and of copies.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <regex>
#include <string>
#include <vector>

#include "core/file.hpp"
#include "exercises/variant.hpp"
#include "grader/similarity/compare_class.hpp"
#include "grader/text/stub.hpp"

namespace handbuilt::grader {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = HANDBUILT_SOURCE_DIR;

double share_of(const std::string& one, const std::string& other, const std::string& stub) {
  const SimilarityReport report = compare_class({{{"a.cpp", one}}, {{"a.cpp", other}}}, {{"a.cpp", stub}}, {}, 0);
  return report.pairs.empty() ? 0 : report.pairs[0].share;
}

/// The answers of one file that are whole functions of their own; those that change a word of the solution are copies.
std::vector<std::string> independent_answers(const std::string& solution) {
  std::vector<std::string> answers = {solution};
  for (const Variant& variant : read_variants(kRoot / "tests/exercises/10_convnet/right"))
    if (!variant.body.empty() && solution.find("BEGIN SOLUTION " + variant.task + "\n") != std::string::npos)
      answers.push_back(apply_variant(variant, solution));
  return answers;
}

/// The answer as somebody hands it in who hopes that nobody sees whose it was.
std::string disguised(const std::string& answer) {
  std::string text =
      std::regex_replace(answer, std::regex("\\b(sum|output|total|largest|best|kernel|batch|step)\\b"), "my_$1");
  text = std::regex_replace(text, std::regex("//[^\n]*"), "// all my own work");
  text = std::regex_replace(text, std::regex("\\bconst "), "");
  return std::regex_replace(text, std::regex("  "), "\t");
}

TEST(SimilarityOfRightAnswers, StaysBelowThatOfCopies) {
  std::vector<double> independent, copies;
  for (const fs::directory_entry& entry : fs::directory_iterator(kRoot / "solutions/10_convnet")) {
    const std::string solution = read_file(entry.path());
    const std::string stub = make_stub(solution, entry.path());
    const std::vector<std::string> answers = independent_answers(solution);
    for (std::size_t i = 0; i < answers.size(); ++i) {
      copies.push_back(share_of(answers[i], disguised(answers[i]), stub));
      for (std::size_t j = i + 1; j < answers.size(); ++j)
        independent.push_back(share_of(answers[i], answers[j], stub));
    }
  }
  std::sort(independent.begin(), independent.end());
  std::sort(copies.begin(), copies.end());
  ASSERT_GE(independent.size(), 20U);
  RecordProperty("independent_median", std::to_string(independent[independent.size() / 2]));
  RecordProperty("independent_highest", std::to_string(independent.back()));
  RecordProperty("copies_lowest", std::to_string(copies.front()));
  EXPECT_LT(independent[independent.size() / 2], 0.4);
  EXPECT_GT(copies.front(), 0.9);
  EXPECT_LT(independent.back() + 0.1, copies.front());
}

}  // namespace
}  // namespace handbuilt::grader

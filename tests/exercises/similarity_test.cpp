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
#include "grader/text/lines.hpp"
#include "grader/text/stub.hpp"

namespace handbuilt::grader {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = HANDBUILT_SOURCE_DIR;

/// How many of the lines of a body stand in the solution word for word.
double shared_lines(const std::string& body, const std::string& solution) {
  const std::vector<std::string> lines = split_lines(body);
  const auto shared = std::count_if(lines.begin(), lines.end(), [&](const std::string& line) {
    return solution.find(std::string(trimmed(line)) + "\n") != std::string::npos;
  });
  return static_cast<double>(shared) / static_cast<double>(lines.size());
}

/// The answers of one file that are functions of their own; those that change a word of the solution are copies.
std::vector<std::string> independent_answers(const std::string& solution) {
  std::vector<std::string> answers = {solution};
  for (const Variant& variant : read_variants(kRoot / "tests/exercises/10_convnet/right"))
    if (!variant.body.empty() && shared_lines(variant.body, solution) < 0.7 &&
        solution.find("BEGIN SOLUTION " + variant.task + "\n") != std::string::npos)
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

/// Share by share, in order.
std::vector<double> shares_of(const std::vector<FileTexts>& submissions, const FileTexts& stubs) {
  SimilarityOptions options;
  options.common_from = 1000;  // so few share more than a class does
  std::vector<double> shares;
  for (const SimilarPair& pair : compare_class(submissions, stubs, options, 0).pairs) shares.push_back(pair.share);
  std::sort(shares.begin(), shares.end());
  return shares;
}

TEST(SimilarityOfRightAnswers, StaysBelowThatOfCopies) {
  // Student i hands in the i-th answer to each file, as far as there are so many.
  std::vector<FileTexts> students(4);
  FileTexts stubs;
  for (const fs::directory_entry& entry : fs::directory_iterator(kRoot / "solutions/10_convnet")) {
    const std::string file = entry.path().filename().string(), solution = read_file(entry.path());
    stubs[file] = make_stub(solution, entry.path());
    const std::vector<std::string> answers = independent_answers(solution);
    for (std::size_t i = 0; i < std::min(answers.size(), students.size()); ++i) students[i][file] = answers[i];
  }
  const std::vector<double> independent = shares_of(students, stubs);
  ASSERT_GE(independent.size(), 6U);

  std::vector<double> copies;
  for (const FileTexts& student : students) {
    FileTexts copy;
    for (const auto& [file, answer] : student) copy[file] = disguised(answer);
    copies.push_back(shares_of({student, copy}, stubs).at(0));
  }
  std::sort(copies.begin(), copies.end());

  RecordProperty("independent_median", std::to_string(independent[independent.size() / 2]));
  RecordProperty("independent_highest", std::to_string(independent.back()));
  RecordProperty("copies_lowest", std::to_string(copies.front()));
  EXPECT_LT(independent.back(), 0.7) << "from here on a pair is shown";
  EXPECT_GT(copies.front(), 0.9);
}

}  // namespace
}  // namespace handbuilt::grader

#include "grader/similarity/compare_class.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

namespace handbuilt::grader {
namespace {

constexpr const char* kFile = "10_convnet/conv2d_forward.cpp";

const std::string kTemplate = R"(#include "tasks.hpp"
// A worked neighbour.
Tensor worked::correlate(const Tensor& signal, const Tensor& kernel, float bias) {
  const int length = signal.shape()[0], width = kernel.shape()[0];
  Tensor output({length - width + 1});
  for (int t = 0; t < output.shape()[0]; ++t) {
    float sum = bias;
    for (int i = 0; i < width; ++i) sum += signal(t + i) * kernel(i);
    output(t) = sum;
  }
  return output;
}
Tensor convnet::conv2d_forward(const Tensor& input, const Tensor& weights, const Tensor& bias) {
  // BEGIN SOLUTION conv2d-forward
  not_started();
  // END SOLUTION
}
)";

std::string with_body(const std::string& body, const std::string& before = "") {
  std::string text = kTemplate;
  text.replace(text.find("  not_started();\n"), 17, body);
  return text.insert(text.find("Tensor convnet"), before);
}

const std::string kBody = R"(
  const auto [batch, in_channels, height, width] = input.shape();
  const int out_channels = weights.shape()[0], kernel = weights.shape()[2];
  Tensor output({batch, out_channels, height - kernel + 1, width - kernel + 1});
  for (const auto [n, o, y, x] : output.indices()) {
    float sum = bias(o);
    for (int c = 0; c < in_channels; ++c)
      for (int i = 0; i < kernel; ++i)
        for (int j = 0; j < kernel; ++j) sum += input(n, c, y + i, x + j) * weights(o, c, i, j);
    output(n, o, y, x) = sum;
  }
  return output;
)";

const std::string kRenamed = R"(
  // I did this all by myself!
  const auto [N, C, H, W] = input.shape();
  const int F = weights.shape()[0], K = weights.shape()[2];   /* sizes */
  Tensor result({N, F, H - K + 1, W - K + 1});
  for (const auto [a, b, row, column] : result.indices())
  {
      float total = bias(b);
      for (int q = 0; q < C; ++q)
      {
          for (int r = 0; r < K; ++r) {
              for (int s = 0; s < K; ++s)
                  total += input(a, q, row + r, column + s) * weights(b, q, r, s);
          }
      }
      result(a, b, row, column) = total;
  }
  return result;
)";

const std::string kIndependent = R"(
  Tensor answer({input.shape()[0], weights.shape()[0], input.shape()[2] - weights.shape()[2] + 1,
                 input.shape()[3] - weights.shape()[3] + 1});
  for (int n = 0; n < answer.shape()[0]; n++)
    for (int f = 0; f < answer.shape()[1]; f++) {
      for (int r = 0; r < answer.shape()[2]; r++) {
        for (int q = 0; q < answer.shape()[3]; q++) answer(n, f, r, q) = dot(input, weights, n, f, r, q) + bias(f);
      }
    }
  return answer;
)";

SimilarityReport compare(const std::vector<std::string>& texts) {
  std::vector<FileTexts> submissions;
  for (const std::string& text : texts) submissions.push_back({{kFile, text}});
  return compare_class(submissions, {{kFile, kTemplate}}, {}, 0);
}

double share_of(const std::string& one, const std::string& other) {
  const SimilarityReport report = compare({one, other});
  return report.pairs.empty() ? 0 : report.pairs[0].share;
}

TEST(CompareClass, FindsRenamedVariablesChangedCommentsAndNewLayout) {
  EXPECT_GT(share_of(with_body(kBody), with_body(kRenamed)), 0.95);
}

TEST(CompareClass, FindsWhatMovedToAnotherPlace) {
  const std::string helper =
      "float largest(const Tensor& t) {\n  float best = t[0];\n  for (int k = 1; k < t.size(); ++k)"
      "\n    if (t[k] > best) best = t[k];\n  return best;\n}\n";
  const std::string other =
      "int count_zeros(const std::vector<int>& v) {\n  int zeros = 0;\n  for (int value : v) "
      "zeros += value == 0 ? 1 : 0;\n  return zeros;\n}\n";
  EXPECT_GT(share_of(with_body(kBody, helper + other), with_body(kRenamed, other + helper)), 0.9);
}

TEST(CompareClass, FindsACopyThatIsPaddedWithOtherCode) {
  EXPECT_GT(share_of(with_body(kBody), with_body("  int unused = 3;\n  while (unused > 0) --unused;\n" + kRenamed)),
            0.9);
}

TEST(CompareClass, DoesNotFindTwoIndependentAnswers) {
  EXPECT_LT(share_of(with_body(kBody), with_body(kIndependent)), 0.3);
}

TEST(CompareClass, DoesNotCountTheTemplate) {
  EXPECT_TRUE(compare({kTemplate, kTemplate}).pairs.empty());
  EXPECT_TRUE(compare({kTemplate, with_body(kBody)}).pairs.empty());
}

TEST(CompareClass, DoesNotCountWhatMostOfTheClassWrote) {
  std::vector<std::string> everybody(14, with_body(kBody));
  EXPECT_TRUE(compare(everybody).pairs.empty());
  everybody = {with_body(kBody), with_body(kRenamed)};
  for (int i = 0; i < 12; ++i) everybody.push_back(kTemplate);
  EXPECT_EQ(compare(everybody).pairs.size(), 1U) << "two of fourteen are not most";
}

TEST(CompareClass, PointsAtTheLines) {
  const SimilarityReport report = compare({with_body(kBody), with_body(kRenamed)});
  ASSERT_EQ(report.pairs.size(), 1U);
  ASSERT_EQ(report.pairs[0].files.size(), 1U);
  const SimilarLines& longest = report.pairs[0].files[0].lines.at(0);
  EXPECT_GE(longest.first_begin, 15);
  EXPECT_LE(longest.first_end, 28);
  EXPECT_GT(longest.second_end, longest.second_begin + 8);
}

TEST(CompareClass, RanksTheMostAlikeFirstAndTellsWhatIsUsual) {
  const SimilarityReport report =
      compare({with_body(kIndependent), with_body(kBody), with_body(kRenamed), with_body("  return input;\n")});
  ASSERT_FALSE(report.pairs.empty());
  EXPECT_EQ(report.pairs[0].first, 1U);
  EXPECT_EQ(report.pairs[0].second, 2U);
  EXPECT_EQ(report.compared, 6U);
  EXPECT_LT(report.median, 0.2);
}

TEST(CompareClass, ComparesOnlyFilesOfTheSameName) {
  const SimilarityReport report =
      compare_class({{{"a.cpp", with_body(kBody)}}, {{"b.cpp", with_body(kBody)}}}, {}, {}, 0);
  EXPECT_TRUE(report.pairs.empty());
}

TEST(CompareClass, TakesItsTimeNotEvenForRepetitionsWithoutEnd) {
  std::string endless;
  for (int i = 0; i < 200'000; ++i) endless += "a+";
  const auto start = std::chrono::steady_clock::now();
  compare({endless, endless + "b", endless + "-c"});
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

}  // namespace
}  // namespace handbuilt::grader

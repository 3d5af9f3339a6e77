#include <gmock/gmock.h>
#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "grader/judge/compare.hpp"
#include "grader/judge/judge.hpp"

namespace handbuilt::grader {
namespace {

using testing::HasSubstr;

const Tensor kMatrix({2, 3}, {1, -2, 3, 4, 5, -7});

Tensor mapped(const Tensor& tensor, float (*function)(float)) {
  Tensor result = tensor;
  for (float& value : result) value = function(value);
  return result;
}

std::string pattern(const Tensor& actual, const Tensor& expected) {
  const auto difference = compare(parts_of(actual), parts_of(expected));
  return difference ? difference->pattern : "equal";
}

template <class Value>
std::string details(const Value& actual, const Value& expected) {
  const auto difference = compare(parts_of(actual), parts_of(expected));
  return difference ? difference->details : "equal";
}

TEST(Compare, SeesReversedSigns) {
  EXPECT_EQ(pattern(mapped(kMatrix, [](float v) { return -v; }), kMatrix), "every sign is reversed");
}

TEST(Compare, SeesACommonFactorAndSaysSmallOnesAsFractions) {
  EXPECT_EQ(pattern(mapped(kMatrix, [](float v) { return 2 * v; }), kMatrix),
            "every entry is 2 times what it should be");
  EXPECT_EQ(pattern(mapped(kMatrix, [](float v) { return v / 64; }), kMatrix),
            "every entry is 1/64 times what it should be");
}

TEST(Compare, CallsNothingOneOneth) {
  EXPECT_EQ(pattern(mapped(kMatrix, [](float v) { return 0.9996F * v; }), kMatrix),
            "every entry is 0.9996 times what it should be");
}

TEST(Compare, SeesACommonOffset) {
  EXPECT_EQ(pattern(mapped(kMatrix, [](float v) { return v - 3; }), kMatrix), "every entry is 3 too small");
}

TEST(Compare, SeesZeros) { EXPECT_EQ(pattern(Tensor(Shape{2, 3}), kMatrix), "every entry is zero"); }

TEST(Compare, SeesATransposedAnswer) {
  const std::string transposed = "rows and columns are exchanged (the answer is transposed)";
  EXPECT_EQ(pattern(Tensor({3, 2}, {1, 4, -2, 5, 3, -7}), kMatrix), transposed);
  EXPECT_EQ(pattern(Tensor({2, 2}, {1, 3, 2, 4}), Tensor({2, 2}, {1, 2, 3, 4})), transposed);
}

TEST(Compare, SeesRightNumbersInTheWrongShape) {
  EXPECT_EQ(pattern(kMatrix.reshaped({6}), kMatrix), "the numbers are right and the shape is not");
}

TEST(Compare, SeesAShiftByOne) {
  const Tensor expected({2, 4}, {1, 5, 2, 8, 3, 9, 7, 4}), actual({2, 4}, {0, 1, 5, 2, 0, 3, 9, 7});
  EXPECT_EQ(pattern(actual, expected), "everything is shifted by one along dimension 1");
}

TEST(Compare, SeesNaNAndInfinity) {
  Tensor actual = kMatrix;
  actual(1, 1) = std::nanf("");
  EXPECT_THAT(pattern(actual, kMatrix), HasSubstr("1 of 6 entries are NaN"));
  actual(1, 1) = std::numeric_limits<float>::infinity();
  EXPECT_THAT(pattern(actual, kMatrix), HasSubstr("1 of 6 entries are infinite"));
}

TEST(Compare, SeesNoPatternInAccidents) {
  Tensor actual = kMatrix;
  actual(0, 2) = 100;
  EXPECT_EQ(pattern(actual, kMatrix), "");
}

TEST(Compare, TellsWhereHowMuchAndHowMany) {
  Tensor actual = kMatrix;
  actual(0, 2) = 4;
  actual(1, 0) = 9;
  EXPECT_EQ(details(actual, kMatrix),
            "entry (0, 2) of the result is 4, expected 3; 2 of 6 entries differ, most at (1, 0): 9 instead of 4");
}

TEST(Compare, ShowsAsManyDigitsAsItTakesToSeeADifference) {
  EXPECT_EQ(details(0.5, 0.25), "the result is 0.5, expected 0.25");
  EXPECT_EQ(details(35.7000007, 35.7), "the result is 35.700001, expected 35.7");
  EXPECT_EQ(details(1000001, 1000000), "the result is 1000001, expected 1000000");
  EXPECT_EQ(
      details(std::vector<double>{1.00000001, 2, 3.0000003}, std::vector<double>{1, 2, 3}),
      "entry (0) of the result is 1.00000001, expected 1; 2 of 3 entries differ, most at (2): 3.0000003 instead of 3");
  const auto scaled = compare(parts_of(TensorD({2}, {1.0000001, 2.0000002})), parts_of(TensorD({2}, {1, 2})));
  ASSERT_TRUE(scaled);
  EXPECT_EQ(scaled->pattern, "every entry is 1.0000001 times what it should be");
}

TEST(ShowPart, ShowsAWholeNumberWhole) {
  EXPECT_EQ(show_part(parts_of(std::uint64_t{1701234567}).at(0)), "1701234567");
  EXPECT_EQ(show_part(parts_of(std::vector<int>{1234567, -3}).at(0)), "[2] {1234567, -3}");
  EXPECT_EQ(show_part(parts_of(1234567.0).at(0)), "1.23457e+06");
}

TEST(ShowApart, EndsAtTheLastDigitThatANumberHas) {
  const double third = 1.0 / 3;
  const auto [one, other] = show_apart(third, std::nextafter(third, 1));
  EXPECT_NE(one, other);
  EXPECT_EQ(show_apart(third, third),
            std::pair(std::string("0.33333333333333331"), std::string("0.33333333333333331")));
}

TEST(Compare, SaysThatOneOfSeveralEntriesDiffers) {
  Tensor actual = kMatrix;
  actual(0, 2) = 4;
  EXPECT_EQ(details(actual, kMatrix), "entry (0, 2) of the result is 4, expected 3; 1 of 6 entries differs");
}

TEST(Compare, LooksAtTheShapeFirst) {
  EXPECT_EQ(details(Tensor(Shape{3, 3}), kMatrix), "the result has the shape [3, 3], expected [2, 3]");
  EXPECT_EQ(details(std::vector<int>{1}, std::vector<int>{1, 2}), "the result has 1 entries, expected 2");
}

TEST(Compare, ForgivesWhatRoundingCanDo) {
  Tensor actual = kMatrix;
  for (float& value : actual) value = std::nextafter(value * (1 + 1e-6f), 100.0f);
  EXPECT_EQ(pattern(actual, kMatrix), "equal");
  EXPECT_NE(details(1.0 + 1e-8, 1.0), "equal");
}

TEST(Compare, ForgivesNothingBetweenWholeNumbers) { EXPECT_NE(details(1000001, 1000000), "equal"); }

TEST(Compare, TakesNoZerosForATinyAnswer) {
  const Tensor tiny({2}, {1e-9f, -2e-9f});
  EXPECT_EQ(pattern(Tensor(Shape{2}), tiny), "every entry is zero");
}

TEST(Compare, UsesTheToleranceItIsGiven) {
  EXPECT_FALSE(compare(parts_of(1.05), parts_of(1.0), 0.1));
  EXPECT_TRUE(compare(parts_of(1.05), parts_of(1.0), 0.01));
}

TEST(ExpectAnswer, NamesTheFirstMistakeThatFits) {
  EXPECT_NONFATAL_FAILURE(EXPECT_ANSWER(6, 2).mistake(5, "five").mistake(6, "the sum is not divided"),
                          "it looks as if the sum is not divided");
}

TEST(ExpectAnswer, DoesNotBlameAMistakeThatDoesNotFit) {
  EXPECT_NONFATAL_FAILURE(EXPECT_ANSWER(7, 2).mistake(5, "five"), "the result is 7, expected 2");
}

TEST(ExpectAnswer, TakesARightAnswerWhateverMistakesItKnows) {
  EXPECT_ANSWER(2, 2).mistake(2, "a mistake that gives the right answer here");
}

TEST(ExpectAnswer, ComparesAsTheTypeTheStudentReturns) { EXPECT_ANSWER(0.1f, 0.1); }

struct Step {
  float loss = 1;
};
Step step() { return {}; }

TEST(ExpectAnswer, CallsAnAnswerByTheMemberItIsReadFrom) {
  EXPECT_NONFATAL_FAILURE(EXPECT_ANSWER(step().loss, 2.0F), "loss is 1, expected 2");
}

TEST(ExpectAnswer, TakesNoNumberForAMember) {
  EXPECT_NONFATAL_FAILURE(EXPECT_ANSWER(0.5, 2.0), "the result is 0.5, expected 2");
}

// Two mistakes that give the same answer in the first case.
struct Sum {
  int a = 0, b = 0;
  std::string because;
};
const std::vector<KnownMistake<Sum, int>> kSumMistakes{
    {[](const Sum& of) { return of.a * of.b; }, "they are multiplied", ""},
    {[](const Sum& of) { return of.a - of.b; }, "they are subtracted", ""},
    {[](const Sum& of) { return of.a; }, "the second is left out", ""}};
int right_sum(const Sum& of) { return of.a + of.b; }

/// What is said of a task whose answers are these.
TaskResult verdict_on(const std::vector<Sum>& cases, const std::function<int(const Sum&)>& ask,
                      const std::vector<KnownMistake<Sum, int>>& mistakes = kSumMistakes) {
  Session::current().begin_task(TaskInfo{});
  testing::TestPartResultArray failures;
  const testing::ScopedFakeTestPartResultReporter listener(&failures);
  expect_answers(cases, ask, right_sum, mistakes);
  return Session::current().end_task();
}

TEST(ExpectAnswers, NamesOnlyTheMistakeThatExplainsEveryCase) {
  const std::vector<Sum> cases{{4, 1, ""}, {3, 2, "two more than three"}};
  const TaskResult verdict = verdict_on(cases, [](const Sum& of) { return of.a; });
  EXPECT_EQ(verdict.message, "it looks as if the second is left out\nthe result is 4, expected 5");
}

TEST(ExpectAnswers, NamesNoMistakeThatExplainsOneCaseAlone) {
  const std::vector<Sum> cases{{4, 1, "one more than four"}, {3, 2, ""}};
  const TaskResult verdict = verdict_on(cases, [](const Sum& of) { return of.a == 4 ? 4 : 17; });
  EXPECT_EQ(verdict.message, "the result is 4, expected 5");
  EXPECT_EQ(verdict.rationale, "one more than four");
}

TEST(ExpectAnswers, NamesNoMistakeThatARightAnswerSpeaksAgainst) {
  const std::vector<Sum> cases{{4, 1, ""}, {3, 2, ""}};
  const TaskResult verdict = verdict_on(cases, [](const Sum& of) { return of.a == 4 ? 3 : 5; });
  EXPECT_EQ(verdict.message, "the result is 3, expected 5");
}

TEST(ExpectAnswers, NamesNoMistakeOfWhichOneFormExplainsThisCaseAndAnotherThat) {
  const std::vector<KnownMistake<Sum, int>> forms{{[](const Sum& of) { return of.a * of.b; }, "not a sum", ""},
                                                  {[](const Sum& of) { return of.a - of.b; }, "not a sum", ""}};
  const std::vector<Sum> cases{{4, 1, ""}, {3, 2, ""}};
  EXPECT_EQ(verdict_on(
                cases, [](const Sum& of) { return of.a == 4 ? 4 : 1; }, forms)
                .message,
            "the result is 4, expected 5");
  EXPECT_EQ(verdict_on(
                cases, [](const Sum& of) { return of.a - of.b; }, forms)
                .message,
            "it looks as if not a sum\nthe result is 3, expected 5");
}

TEST(ExpectAnswers, TakesRightAnswersInSilence) {
  const std::vector<Sum> cases{{2, 2, ""}, {5, 0, ""}};
  EXPECT_EQ(verdict_on(cases, right_sum).status, Status::passed);
}

TEST(TellingCases, TellEachMistakeFromTheRightAnswerAsOftenAsAsked) {
  int drawn = 0;
  const auto draw = [&] { return Sum{drawn++ % 4, 0, ""}; };
  // With nothing to add, only the product is wrong, and that only where a is not 0.
  const std::vector<Sum> cases = telling_cases(draw, right_sum, kSumMistakes, 3, 40);
  ASSERT_EQ(cases.size(), 3U);
  for (const Sum& one : cases) EXPECT_NE(one.a, 0);
  EXPECT_EQ(drawn, 40);
}

TEST(ExpectProperty, SaysTheSentenceAndTheValues) {
  EXPECT_NONFATAL_FAILURE(EXPECT_PROPERTY(false, "probabilities sum to one").shows("sum", 0.5),
                          "this should hold and does not: probabilities sum to one\n  sum = 0.5");
}

TEST(NumericalGradient, IsThatOfAPolynomial) {
  const auto loss = [](const TensorD& x) { return x(0) * x(0) * x(1) + 3 * x(1); };
  const TensorD gradient = numerical_gradient(loss, TensorD({2}, {2, 5}));
  EXPECT_NEAR(gradient(0), 20, 1e-7);
  EXPECT_NEAR(gradient(1), 7, 1e-7);
}

TEST(Inputs, DrawOnlyWhatTheySay) {
  Session::current().begin_test("Inputs");
  const Tensor whole = whole_numbers({200}, -2, 2);
  for (const float value : whole) EXPECT_TRUE(value == std::round(value) && std::abs(value) <= 2);
  const Tensor different = distinct({4, 5}, 0.5);
  std::vector<float> ascending(different.begin(), different.end());
  std::sort(ascending.begin(), ascending.end());
  for (std::size_t i = 1; i < ascending.size(); ++i) EXPECT_FLOAT_EQ(ascending[i] - ascending[i - 1], 0.5f);
}

TEST(Inputs, DependOnTheNameOfTheTest) {
  Session::current().begin_test("One");
  const Tensor one = gaussian({10});
  Session::current().begin_test("Other");
  EXPECT_NE(gaussian({10}), one);
  Session::current().begin_test("One");
  EXPECT_EQ(gaussian({10}), one);
}

}  // namespace
}  // namespace handbuilt::grader

#pragma once

#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "grader/judge/session.hpp"
#include "grader/protocol/parts.hpp"

namespace handbuilt::grader {

/// What stands behind EXPECT_ANSWER and EXPECT_PROPERTY: a statement that is judged, and reported to the session, when
/// the whole expression has been read.
class Expectation {
 public:
  Expectation(const char* file, int line);
  Expectation(const Expectation&) = delete;
  Expectation& operator=(const Expectation&) = delete;

 protected:
  ~Expectation() = default;
  /// Reports a failure to the session and to GoogleTest, unless an exception is on its way: then there was no answer.
  void report(Failure failure) const;

 private:
  const char* file_;
  int line_;
  int exceptions_ = std::uncaught_exceptions();
};

/// See EXPECT_ANSWER.
template <class Answer>
class AnswerExpectation;

/// The part of AnswerExpectation that does not know the answer's type.
class AnyAnswerExpectation : public Expectation {
 public:
  AnyAnswerExpectation(const char* file, int line, Parts actual, Parts expected);
  ~AnyAnswerExpectation();

 protected:
  struct Mistake {
    Parts answer;
    std::string what, help;
  };

  Parts actual_, expected_;
  std::optional<double> tolerance_;
  std::vector<Mistake> mistakes_;
  std::string rationale_, help_;
  bool rules_out_ = false;
};

template <class Answer>
class AnswerExpectation : public AnyAnswerExpectation {
 public:
  using AnyAnswerExpectation::AnyAnswerExpectation;

  /// Lets every entry differ by `tolerance`, for an answer whose error does not come from rounding alone.
  AnswerExpectation& within(double tolerance) {
    tolerance_ = tolerance;
    return *this;
  }
  /// Names the mistake that leads to `answer`: "the kernel is flipped". `help` says what to look at.
  template <class Value>
  AnswerExpectation& mistake(const Value& answer, std::string what, std::string help = "") {
    mistakes_.push_back({parts_of(converted<Answer>(answer)), std::move(what), std::move(help)});
    return *this;
  }
  /// The mistakes given are known exactly: when this answer is not what one leads to, that one is not named in any test
  /// of the task, so that a case where several lead to the same answer names none of the others. Where one name is
  /// given for several answers, the first of them here belongs to the first of them elsewhere, and so on.
  AnswerExpectation& rules_out_other_mistakes() {
    rules_out_ = true;
    return *this;
  }
  /// Why the answer should be so, said with any failure.
  AnswerExpectation& because(std::string rationale) {
    rationale_ = std::move(rationale);
    return *this;
  }
  /// What to look at, said with any failure that no mistake explains.
  AnswerExpectation& help(std::string help) {
    help_ = std::move(help);
    return *this;
  }

  /// A number is compared as the type that the student's function returns, a tensor as it is.
  template <class To, class From>
  static decltype(auto) converted(const From& value) {
    if constexpr (std::is_arithmetic_v<From> && std::is_arithmetic_v<To>)
      return static_cast<To>(value);
    else
      return (value);
  }
};

namespace detail {

/// "loss" of "after.loss" and of "step().loss", to name an answer by; "" of any other expression.
[[nodiscard]] std::string member_named_by(std::string_view expression);

}  // namespace detail

template <class Actual, class Expected>
AnswerExpectation<Actual> expect_answer(const char* file, int line, std::string_view expression, const Actual& actual,
                                        const Expected& expected) {
  static_assert(std::is_same_v<Actual, Expected> || (std::is_arithmetic_v<Actual> && std::is_arithmetic_v<Expected>) ||
                    (detail::IsTensor<Actual>::value && detail::IsTensor<Expected>::value),
                "the answer and what is expected are not of one type");
  const std::string name = detail::member_named_by(expression);
  return {file, line, parts_of(actual, name),
          parts_of(AnswerExpectation<Actual>::template converted<Actual>(expected), name)};
}

/// See EXPECT_PROPERTY.
class PropertyExpectation : public Expectation {
 public:
  PropertyExpectation(const char* file, int line, bool holds, std::string sentence);
  ~PropertyExpectation();

  /// Shows a value that belongs to the matter.
  template <class Value>
  PropertyExpectation& shows(const std::string& name, const Value& value) {
    for (Part& part : parts_of(value, name)) shown_.push_back(std::move(part));
    return *this;
  }
  PropertyExpectation& because(std::string rationale);
  PropertyExpectation& help(std::string help);

 private:
  bool holds_;
  std::string sentence_, rationale_, help_;
  Parts shown_;
};

/// Runs `attempt`, which must end in an exception of the student's; `sentence` says what should be refused.
void expect_refusal(const char* file, int line, const std::string& sentence, void (*attempt)(void*), void* context);

}  // namespace handbuilt::grader

/// Compares the student's answer with the one expected; both may be numbers, texts, lists, tensors or plain structs.
///
///     EXPECT_ANSWER(student::mean(column), mean(column))
///         .mistake(mean(column) * 2, "the sum is divided by half the count", "what is n here?")
///         .within(1e-3)                                  // instead of what rounding allows
///         .because("the mean is the sum over the count")
///         .help("start from the definition");
#define EXPECT_ANSWER(actual, expected) \
  ::handbuilt::grader::expect_answer(__FILE__, __LINE__, #actual, actual, expected)

/// States a property that must hold: EXPECT_PROPERTY(std::abs(sum - 1) < 1e-5, "probabilities sum to one")
/// .shows("sum", sum);
#define EXPECT_PROPERTY(condition, sentence) \
  ::handbuilt::grader::PropertyExpectation(__FILE__, __LINE__, static_cast<bool>(condition), sentence)

/// States that the student's code must throw: EXPECT_REFUSAL(student::mean({}), "an empty column has no mean").
#define EXPECT_REFUSAL(call, sentence) \
  ::handbuilt::grader::detail::refused(__FILE__, __LINE__, sentence, [&] { (void)(call); })

namespace handbuilt::grader::detail {

template <class Attempt>
void refused(const char* file, int line, const std::string& sentence, Attempt attempt) {
  expect_refusal(
      file, line, sentence, [](void* context) { (*static_cast<Attempt*>(context))(); }, &attempt);
}

}  // namespace handbuilt::grader::detail

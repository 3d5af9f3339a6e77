#include "grader/judge/expect.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <map>

#include "grader/judge/compare.hpp"

namespace handbuilt::grader {

Expectation::Expectation(const char* file, int line) : file_(file), line_(line) {}

void Expectation::report(Failure failure) const {
  if (std::uncaught_exceptions() > exceptions_) return;
  while (failure.message.ends_with('\n')) failure.message.pop_back();
  const std::string message =
      headed_message(failure, failure.suspicions.empty() ? nullptr : &failure.suspicions.front());
  Session::current().fail(std::move(failure));
  ADD_FAILURE_AT(file_, line_) << message;
}

std::string detail::member_named_by(std::string_view expression) {
  const auto is_part_of_name = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
  const std::size_t dot = expression.rfind('.');
  if (dot == std::string_view::npos) return "";
  const std::string_view member = expression.substr(dot + 1);
  const bool is_name = !member.empty() && std::isdigit(static_cast<unsigned char>(member.front())) == 0 &&
                       std::all_of(member.begin(), member.end(), is_part_of_name);
  return is_name ? std::string(member) : "";
}

AnyAnswerExpectation::AnyAnswerExpectation(const char* file, int line, Parts actual, Parts expected)
    : Expectation(file, line), actual_(std::move(actual)), expected_(std::move(expected)) {}

AnyAnswerExpectation::~AnyAnswerExpectation() {
  const auto difference = compare(actual_, expected_, tolerance_);
  std::vector<Suspicion> suspicions;
  std::map<std::string, int> forms;
  for (const Mistake& mistake : mistakes_) {
    const Suspicion suspicion{{mistake.what, forms[mistake.what]++}, mistake.help};
    const bool explains = !compare(actual_, mistake.answer, tolerance_);
    if (!explains && rules_out_) Session::current().rule_out(suspicion.mistake);
    // A mistake that gives the right answer on this input explains nothing.
    if (explains && compare(mistake.answer, expected_, tolerance_)) suspicions.push_back(suspicion);
  }
  if (!difference) return;
  Failure failure{Status::wrong, difference->details, rationale_, help_};
  failure.pattern = difference->pattern;
  failure.suspicions = std::move(suspicions);
  report(std::move(failure));
}

PropertyExpectation::PropertyExpectation(const char* file, int line, bool holds, std::string sentence)
    : Expectation(file, line), holds_(holds), sentence_(std::move(sentence)) {}

PropertyExpectation::~PropertyExpectation() {
  if (holds_) return;
  const std::string values = shown_.empty() ? "" : "\n" + show_parts(shown_);
  report({Status::wrong, "this should hold and does not: " + sentence_ + values, rationale_, help_, false});
}

PropertyExpectation& PropertyExpectation::because(std::string rationale) {
  rationale_ = std::move(rationale);
  return *this;
}

PropertyExpectation& PropertyExpectation::help(std::string help) {
  help_ = std::move(help);
  return *this;
}

void expect_refusal(const char* file, int line, const std::string& sentence, void (*attempt)(void*), void* context) {
  try {
    attempt(context);
  } catch (const StudentFailed& failed) {
    // Only an exception is a refusal; a crash or a stub is not.
    if (Session::current().task_is_over()) throw;
    if (failed.status() == Status::wrong || failed.status() == Status::crashed) {
      Session::current().forgive();
      return;
    }
    throw;
  }
  PropertyExpectation(file, line, false, "your code refuses, by throwing an exception: " + sentence);
}

}  // namespace handbuilt::grader

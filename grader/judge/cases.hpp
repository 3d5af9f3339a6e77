#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "grader/judge/compare.hpp"
#include "grader/judge/expect.hpp"
#include "grader/protocol/parts.hpp"

/// Several cases of one question, each expected with the same mistakes: enough of them to tell the mistakes apart also
/// where answers are so short that different mistakes often give the same one. See rules_out_other_mistakes.
namespace handbuilt::grader {

/// The answer that a mistake leads to, in any case.
template <class Case, class Answer>
struct KnownMistake {
  std::function<Answer(const Case&)> answer;
  std::string what, help;
};

template <class Answer>
bool same_answer(const Answer& a, const Answer& b, std::optional<double> tolerance = std::nullopt) {
  return !compare(parts_of(a), parts_of(b), tolerance);
}

/// Draws cases until `each` of them tell each mistake from the right answer, and keeps those that do. At most `tries`
/// are drawn, so a mistake that hardly any case shows is no endless loop.
template <class Case, class Answer, class Draw, class Right>
std::vector<Case> telling_cases(Draw&& draw, Right&& right, const std::vector<KnownMistake<Case, Answer>>& mistakes,
                                int each = 2, int tries = 400) {
  std::vector<Case> cases;
  std::vector<int> told_apart(mistakes.size(), 0);
  for (int round = 0; round < tries; ++round) {
    const Case candidate = draw();
    const Answer expected = right(candidate);
    bool is_needed = false;
    for (std::size_t m = 0; m < mistakes.size(); ++m)
      if (told_apart[m] < each && !same_answer(mistakes[m].answer(candidate), expected))
        is_needed = ++told_apart[m] > 0;
    if (is_needed) cases.push_back(candidate);
    if (std::all_of(told_apart.begin(), told_apart.end(), [&](int count) { return count >= each; })) break;
  }
  return cases;
}

/// Expects the right answer to every case, with the mistakes that may explain another one. A case that has a member
/// `because` says with it why its answer should be so.
template <class Case, class Answer, class Ask, class Right>
void expect_answers(const std::vector<Case>& cases, Ask&& ask, Right&& right,
                    const std::vector<KnownMistake<Case, Answer>>& mistakes,
                    std::optional<double> tolerance = std::nullopt) {
  for (const Case& one : cases) {
    const Answer given = ask(one);
    auto answer = EXPECT_ANSWER(given, right(one));
    answer.rules_out_other_mistakes();
    if (tolerance) answer.within(*tolerance);
    if constexpr (requires { one.because; }) answer.because(one.because);
    for (const KnownMistake<Case, Answer>& mistake : mistakes)
      answer.mistake(mistake.answer(one), mistake.what, mistake.help);
  }
}

}  // namespace handbuilt::grader

#pragma once

#include <cmath>
#include <string>

#include "grader/judge/judge.hpp"
#include "tests/exercises/numbers.hpp"

/// What the judges of this lesson have in common.
namespace flat_rate::judging {

using handbuilt::grader::Column;

/// Eighths, exact in a double whatever the order in which they are added up.
inline Column yields(int count, int low = 100, int high = 500) {
  Column values;
  for (const int value : handbuilt::grader::whole_number_list(count, low, high)) values.push_back(value / 8.0);
  return values;
}

inline double count_of(const Column& values) { return static_cast<double>(values.size()); }

/// As they come out of a type without fractions.
inline Column whole(const Column& values) { return handbuilt::grader::each(values, std::trunc); }

/// "a, and b", where either may be empty or both the same.
inline std::string both(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty() || a == b) return a.empty() ? b : a;
  return a + ", and " + b;
}

/// Runs a call that asks for nothing special of most answers, and says what a crash in it means.
template <class Call>
auto explaining_a_crash(const std::string& what, const std::string& help, Call&& call) {
  using namespace handbuilt::grader;
  try {
    return call();
  } catch (const StudentFailed& failed) {
    if (failed.status() == Status::crashed) {
      Session::current().forgive();
      Session::current().fail({Status::crashed, "your code crashed: it looks as if " + what, "", help, true});
    }
    throw;
  }
}

}  // namespace flat_rate::judging

#include "grader/judge/judge.hpp"

#include <numeric>

#include "tasks.hpp"

using namespace handbuilt::grader;

STUDENT(hostile, doubled, values);
STUDENT(hostile, sum, values);

namespace {

std::vector<double> drawn_values() {
  std::vector<double> values(5);
  for (double& value : values) value = draws().uniform();
  return values;
}

}  // namespace

TEST(Doubled, IsTwiceEveryValue) {
  for (int trial = 0; trial < 3; ++trial) {
    const std::vector<double> values = drawn_values();
    std::vector<double> expected = values;
    for (double& value : expected) value *= 2;
    EXPECT_ANSWER(student::doubled(values), expected);
  }
}

TEST(Sum, IsTheSum) {
  const std::vector<double> values = drawn_values();
  EXPECT_ANSWER(student::sum(values), std::accumulate(values.begin(), values.end(), 0.0));
}

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

#include "grader/judge/judge.hpp"
#include "reference.hpp"

using convnet::Pooled;
using namespace handbuilt::grader;
using handbuilt::TensorD;

STUDENT(convnet, max_pool_forward, input, size);
STUDENT(convnet, max_pool_backward, input, winners, d_output);

namespace {

Tensor negated(Tensor tensor) {
  for (float& value : tensor) value = -value;
  return tensor;
}

/// The smallest values, and where they stood.
Pooled smallest(const Tensor& input, int size) {
  const Pooled pooled = reference::max_pool_forward(negated(input), size);
  return {negated(pooled.values), pooled.winners};
}

/// The largest of every window when the windows are one pixel apart and not `size`.
Pooled one_apart(const Tensor& input, int size) {
  Pooled close{zeros(reference::max_pool_forward(input, size).values.shape()), {}};
  for (const auto [n, c, y, x] : close.values.indices()) {
    int best = reference::position_of(input, n, c, y, x);
    for (int i = 0; i < size; ++i)
      for (int j = 0; j < size; ++j) {
        const int here = reference::position_of(input, n, c, y + i, x + j);
        if (input[here] > input[best]) best = here;
      }
    close.values(n, c, y, x) = input[best];
    close.winners.push_back(best);
  }
  return close;
}

/// The same answer with winners counted otherwise: `counted(n, c, y, x)` of the winning pixel.
template <class Count>
Pooled with_winners(const Tensor& input, Pooled pooled, Count&& counted) {
  const auto [batch, channels, height, width] = input.shape();
  for (int& winner : pooled.winners) {
    const int x = winner % width, y = winner / width % height;
    const int c = winner / (width * height) % channels, n = winner / (width * height * channels);
    winner = counted(n, c, y, x);
  }
  return pooled;
}

/// The mean of every window.
Tensor means(const Tensor& input, int size) {
  Tensor result({input.shape()[0], input.shape()[1], input.shape()[2] / size, input.shape()[3] / size});
  for (const auto [n, c, y, x] : result.indices()) {
    for (int i = 0; i < size; ++i)
      for (int j = 0; j < size; ++j) result(n, c, y, x) += input(n, c, y * size + i, x * size + j);
    result(n, c, y, x) /= static_cast<float>(size * size);
  }
  return result;
}

/// The values largest without their signs, and where they stood.
Pooled largest_magnitudes(const Tensor& input, int size) {
  Tensor magnitudes = input;
  for (float& value : magnitudes) value = std::abs(value);
  Pooled pooled = reference::max_pool_forward(magnitudes, size);
  for (std::size_t k = 0; k < pooled.winners.size(); ++k)
    pooled.values[static_cast<std::ptrdiff_t>(k)] = input[pooled.winners[k]];
  return pooled;
}

/// d_input when each gradient goes to the pixels that equal the winner: to all of them, or to the first.
Tensor to_equal_pixels(const Tensor& input, const std::vector<int>& winners, const Tensor& d_output, bool first_only) {
  Tensor shares(input.shape());
  for (std::size_t k = 0; k < winners.size(); ++k)
    for (std::ptrdiff_t p = 0; p < input.size(); ++p) {
      if (input[p] != input[winners[k]]) continue;
      shares[p] += d_output[static_cast<std::ptrdiff_t>(k)];
      if (first_only) break;
    }
  return shares;
}

Tensor plus(Tensor a, const Tensor& b) {
  for (std::ptrdiff_t k = 0; k < a.size(); ++k) a[k] += b[k];
  return a;
}

/// d_input when every pixel of a window gets its gradient.
Tensor to_all_of_the_window(const Tensor& input, int size, const Tensor& d_output) {
  Tensor spread(input.shape());
  for (const auto [n, c, y, x] : d_output.indices())
    for (int i = 0; i < size; ++i)
      for (int j = 0; j < size; ++j) spread(n, c, y * size + i, x * size + j) = d_output(n, c, y, x);
  return spread;
}

}  // namespace

// max-pool-forward

TEST(MaxPoolForward, KeepsTheLargestOfEveryWindowAndItsPlace) {
  // The picture of the lesson.
  const Tensor input({1, 1, 4, 4}, {1, 5, 2, 0, 3, 4, 8, 6, 7, 2, 1, 3, 0, 6, 9, 4});
  EXPECT_ANSWER(student::max_pool_forward(input, 2), (Pooled{Tensor({1, 1, 2, 2}, {5, 8, 7, 9}), {1, 6, 8, 14}}))
      .mistake(Pooled{Tensor({1, 1, 2, 2}, {5, 8, 7, 9}), {1, 2, 0, 2}}, "winners are counted inside their windows",
               "the 8 stands at position 6 of the sixteen")
      .mistake(smallest(input, 2), "the smallest values are kept", "which way does your comparison point?")
      .mistake(one_apart(input, 2), "the windows are one pixel apart", "in which row does the second window begin?")
      .because("the windows are {1, 5, 3, 4}, {2, 0, 8, 6}, {7, 2, 0, 6} and {1, 3, 9, 4}");
}

TEST(MaxPoolForward, CountsWinnersOverTheWholeTensor) {
  const Tensor input = distinct({2, 3, 6, 4});
  const Pooled right = reference::max_pool_forward(input, 2);
  Pooled of_output = right, none = right;
  std::iota(of_output.winners.begin(), of_output.winners.end(), 0);
  none.winners.clear();
  EXPECT_ANSWER(student::max_pool_forward(input, 2), right)
      .mistake(smallest(input, 2), "the smallest values are kept", "which way does your comparison point?")
      .mistake(with_winners(input, right, [](int, int, int y, int x) { return y * 4 + x; }),
               "winners are counted from the start of each channel",
               "which pixels stand in memory before this channel?")
      .mistake(with_winners(input, right, [](int, int c, int y, int x) { return (c * 6 + y) * 4 + x; }),
               "winners are counted from the start of each image", "which pixels stand in memory before this image?")
      .mistake(with_winners(input, right, [](int n, int c, int y, int x) { return ((n * 3 + c) * 6 + y) * 6 + x; }),
               "winners are counted with the height where the width belongs", "how long is a row?")
      .mistake(of_output, "winners are counted in the output", "in which tensor did the value stand?")
      .mistake(with_winners(input, right,
                            [](int n, int c, int y, int x) {
                              const bool is_corner = y % 2 == 0 && x % 2 == 0;
                              return is_corner ? 0 : ((n * 3 + c) * 6 + y) * 4 + x;
                            }),
               "a winner stays 0 when the first pixel of its window wins",
               "which position does your search hold before it has found anything larger?")
      .mistake(none, "no winners are returned", "where does the second field of Pooled get its numbers?")
      .mistake((Pooled{means(input, 2), right.winners}), "these are the means of the windows",
               "a fine way of pooling, and another one: keep the largest")
      .mistake(largest_magnitudes(input, 2), "the values are compared without their signs", "is -9 larger than 2?")
      .because("position ((n * channels + c) * height + y) * width + x holds pixel (n, c, y, x)");
}

TEST(MaxPoolForward, FindsTheLargestOfNegativeNumbersToo) {
  Tensor input = distinct({1, 2, 4, 4});
  for (float& value : input) value = (value - 100) * 1e36F;  // all near -1e38
  const Tensor answer = student::max_pool_forward(input, 2).values;
  const Tensor right = reference::max_pool_forward(input, 2).values;
  const float above_all = std::max(answer.size() > 0 ? answer[0] : 0, -1e37F);
  EXPECT_ANSWER(answer, right)
      .mistake(zeros(right.shape()), "the search starts from zero", "which value is sure to be in the window?")
      .mistake(filled(right.shape(), above_all), "the search starts from a number that you made up",
               "which value is sure to be in the window?")
      .because("every value here is below zero, and the largest of them is still the largest");
}

TEST(MaxPoolForward, LeavesOutWhatDoesNotFillAWindow) {
  const Tensor input = distinct({1, 2, 5, 7});
  EXPECT_ANSWER(student::max_pool_forward(input, 2), reference::max_pool_forward(input, 2))
      .because("five rows hold two windows of 2, seven columns hold three; the rest is left out");
}

TEST(MaxPoolForward, TakesWindowsOfAnySize) {
  for (const int size : {1, 3, 4}) {
    const Tensor input = distinct({2, 1, 4, 8});
    EXPECT_ANSWER(student::max_pool_forward(input, size), reference::max_pool_forward(input, size))
        .mistake(reference::max_pool_forward(input, 2), "the windows are two wide whatever the size",
                 "is there a 2 in your code that should be `size`?");
  }
}

TEST(MaxPoolForward, NamesAWinnerThatHoldsTheValueEvenAtATie) {
  const Tensor input = whole_numbers({2, 2, 4, 6}, 0, 1);  // ties everywhere
  const Pooled pooled = student::max_pool_forward(input, 2);
  const Pooled right = reference::max_pool_forward(input, 2);
  EXPECT_ANSWER(pooled.values, right.values);
  bool winners_hold = pooled.winners.size() == right.winners.size() && pooled.values.shape() == right.values.shape();
  for (std::size_t k = 0; winners_hold && k < pooled.winners.size(); ++k) {
    const int winner = pooled.winners[k], expected = right.winners[k];
    // The same window: the same row of windows, the same column of windows.
    winners_hold = winner >= 0 && winner < input.size() && winner / 12 == expected / 12 &&
                   winner % 6 / 2 == expected % 6 / 2 && input[winner] == right.values[static_cast<std::ptrdiff_t>(k)];
  }
  EXPECT_PROPERTY(winners_hold, "each winner is a position inside its window that holds the window's largest value")
      .shows("winners", pooled.winners)
      .because("where several are equal and largest, any of them may win");
}

// max-pool-backward

TEST(MaxPoolBackward, GivesTheGradientToTheWinnerAlone) {
  // The picture of the lesson.
  const Tensor input({1, 1, 4, 4}, {1, 5, 2, 0, 3, 4, 8, 6, 7, 2, 1, 3, 0, 6, 9, 4});
  const Tensor d_output({1, 1, 2, 2}, {2, -1, 1, 3});
  const Tensor right({1, 1, 4, 4}, {0, 2, 0, 0, 0, 0, -1, 0, 1, 0, 0, 0, 0, 0, 3, 0});
  EXPECT_ANSWER(student::max_pool_backward(input, {1, 6, 8, 14}, d_output), right)
      .mistake(to_all_of_the_window(input, 2, d_output), "every pixel of a window gets the gradient",
               "raise a pixel that did not win by a hair: what happens to the loss?")
      .mistake(Tensor({1, 1, 4, 4}, {0, 10, 0, 0, 0, 0, -8, 0, 7, 0, 0, 0, 0, 0, 27, 0}),
               "the gradient is multiplied by the pixel", "the output is the winner itself: what is its derivative?")
      .mistake(Tensor({1, 1, 4, 4}, {0, 5, 0, 0, 0, 0, 8, 0, 7, 0, 0, 0, 0, 0, 9, 0}),
               "these are the winners' values, not their gradients", "what does d_output say?");
}

TEST(MaxPoolBackward, LetsTheVeryFirstPixelWin) {
  const Tensor input({1, 1, 1, 4}, {9, 1, 3, 2}), d_output({1, 1, 1, 2}, {7, 5});
  EXPECT_ANSWER(student::max_pool_backward(input, {2, 0}, d_output), Tensor({1, 1, 1, 4}, {5, 0, 7, 0}))
      .mistake(Tensor({1, 1, 1, 4}, {0, 0, 7, 0}), "winner 0 is taken for no winner",
               "at which position does the first pixel stand?")
      .mistake(Tensor({1, 1, 1, 4}, {5, 0, 0, 0}), "the first gradient is left out", "where does your loop start?");
}

TEST(MaxPoolBackward, PutsEveryGradientWhereItsWinnerStood) {
  const Tensor input = distinct({2, 3, 4, 6}), d_output = whole_numbers({2, 3, 2, 3}, 1, 9);
  const std::vector<int> winners = reference::max_pool_forward(input, 2).winners;
  Tensor ones_only(input.shape());
  for (const int winner : winners) ones_only[winner] = 1;
  const Tensor right = reference::max_pool_backward(input, winners, d_output);
  Tensor without_first = d_output;
  without_first[0] = 0;
  EXPECT_ANSWER(student::max_pool_backward(input, winners, d_output), right)
      .mistake(to_all_of_the_window(input, 2, d_output), "every pixel of a window gets the gradient",
               "raise a pixel that did not win by a hair: what happens to the loss?")
      .mistake(ones_only, "the winners get 1 and not their gradient", "how much does the loss change with the output?")
      .mistake(negated(right), "the gradient points the wrong way")
      .mistake(zeros(input.shape()), "d_input is left at zero", "who writes into d_input?")
      .mistake(ones(input.shape()), "every pixel gets a gradient of 1", "which pixels had a hand in the loss?")
      .mistake(reference::max_pool_backward(input, winners, without_first), "the first gradient is left out",
               "where does your loop start?")
      .mistake(plus(input, right), "d_input starts as a copy of the input",
               "which gradient has a pixel that did not win?");
}

TEST(MaxPoolBackward, GoesByTheWinnersAndNotByTheirValues) {
  const Tensor input = whole_numbers({2, 2, 4, 4}, 0, 1), d_output = whole_numbers({2, 2, 2, 2}, 1, 9);
  const std::vector<int> winners = reference::max_pool_forward(input, 2).winners;
  EXPECT_ANSWER(student::max_pool_backward(input, winners, d_output),
                reference::max_pool_backward(input, winners, d_output))
      .mistake(to_equal_pixels(input, winners, d_output, false), "the gradient goes to equal pixels that did not win",
               "winners already says where; why look for the value?")
      .mistake(to_equal_pixels(input, winners, d_output, true), "the gradient goes to equal pixels that did not win",
               "winners already says where; why look for the value?")
      .because("pixels may be equal, and each window has one winner");
}

TEST(MaxPoolBackward, AddsUpWhenAPositionWinsSeveralTimes) {
  const Tensor input({1, 1, 1, 3}, {1, 7, 2}), d_output({1, 1, 1, 3}, {3, 4, 5});
  EXPECT_ANSWER(student::max_pool_backward(input, {1, 1, 1}, d_output), Tensor({1, 1, 1, 3}, {0, 12, 0}))
      .mistake(Tensor({1, 1, 1, 3}, {0, 5, 0}), "the next gradient overwrites the one before",
               "= or +=? all the outputs rise when this pixel does")
      .because("pixel 1 is named as the winner of all three outputs, so the loss changes with it through each of them");
}

TEST(MaxPoolBackward, AgreesWithATinyNudgeOfEveryPixel) {
  const Tensor input = distinct({2, 2, 5, 4}), d_output = gaussian({2, 2, 2, 2});
  const auto loss = [&](const TensorD& nudged) {
    const TensorD values = handbuilt::nn::plain::max_pool_forward(nudged, 2, 2);
    double sum = 0;
    for (std::ptrdiff_t k = 0; k < values.size(); ++k) sum += values[k] * d_output[k];
    return sum;
  };
  EXPECT_ANSWER(student::max_pool_backward(input, reference::max_pool_forward(input, 2).winners, d_output),
                to_float(numerical_gradient(loss, to_double(input))))
      .because("raise one pixel by a hair: the loss changes by d_input times the hair, and not at all for most");
}

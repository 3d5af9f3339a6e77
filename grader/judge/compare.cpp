#include "grader/judge/compare.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace handbuilt::grader {

namespace {

using Numbers = std::vector<double>;

/// Whether two lists of numbers are equal within what `expected` allows.
class Closeness {
 public:
  Closeness(const Part& actual, const Part& expected, std::optional<double> tolerance)
      : precision_(std::max(actual.precision, expected.precision)), tolerance_(tolerance) {
    for (const double value : expected.numbers)
      if (std::isfinite(value)) largest_ = std::max(largest_, std::abs(value));
  }
  [[nodiscard]] bool close(double actual, double expected) const {
    if (std::isnan(actual) || std::isnan(expected)) return std::isnan(actual) && std::isnan(expected);
    if (actual == expected) return true;  // also infinities
    if (!std::isfinite(actual) || !std::isfinite(expected)) return false;
    return std::abs(actual - expected) <= tolerance_.value_or(rounding(expected));
  }
  template <class Transform>
  [[nodiscard]] bool all_close(const Numbers& actual, const Numbers& expected, Transform&& transform) const {
    return std::equal(actual.begin(), actual.end(), expected.begin(), expected.end(),
                      [&](double a, double e) { return close(a, transform(e)); });
  }

 private:
  [[nodiscard]] double rounding(double expected) const {
    return precision_ * (largest_ > 0 ? std::abs(expected) + largest_ : 1.0);
  }

  double precision_;
  double largest_ = 0;
  std::optional<double> tolerance_;
};

/// Steps in memory between neighbours along a dimension.
std::ptrdiff_t stride(const Shape& shape, int dimension) {
  std::ptrdiff_t result = 1;
  for (int d = dimension + 1; d < shape.rank(); ++d) result *= shape[d];
  return result;
}

Numbers transposed(const Numbers& numbers, int rows, int columns) {
  Numbers result(numbers.size());
  for (int i = 0; i < rows; ++i)
    for (int j = 0; j < columns; ++j)
      result[static_cast<std::size_t>(j) * static_cast<std::size_t>(rows) + static_cast<std::size_t>(i)] =
          numbers[static_cast<std::size_t>(i) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(j)];
  return result;
}

/// Whether actual(..., i, ...) == expected(..., i + shift, ...) wherever both exist along `dimension`.
bool is_shifted(const Part& actual, const Part& expected, int dimension, int shift, const Closeness& closeness) {
  const std::ptrdiff_t step = stride(expected.shape, dimension);
  const std::ptrdiff_t extent = expected.shape[dimension];
  if (extent < 3) return false;
  for (std::ptrdiff_t position = 0; position < expected.shape.size(); ++position) {
    const std::ptrdiff_t shifted = (position / step) % extent + shift;
    if (shifted < 0 || shifted >= extent) continue;
    if (!closeness.close(actual.numbers[static_cast<std::size_t>(position)],
                         expected.numbers[static_cast<std::size_t>(position + shift * step)]))
      return false;
  }
  return true;
}

bool all_equal(const Numbers& numbers) {
  return std::adjacent_find(numbers.begin(), numbers.end(), std::not_equal_to<>()) == numbers.end();
}

/// "2 times", "1/64 times", "0.3183 times"
std::string times(double factor) {
  const double inverse = 1 / factor;
  const bool is_fraction = std::abs(factor) < 0.6 && std::abs(inverse - std::round(inverse)) < 1e-3 * std::abs(inverse);
  return (is_fraction ? "1/" + show_number(std::round(inverse)) : show_apart(factor, 1).first) + " times";
}

/// The factor by which all entries differ, if there is one other than 1.
std::optional<double> common_factor(const Numbers& actual, const Numbers& expected, const Closeness& closeness) {
  const auto largest =
      std::max_element(expected.begin(), expected.end(), [](double a, double b) { return std::abs(a) < std::abs(b); });
  if (largest == expected.end() || *largest == 0) return std::nullopt;
  const double factor = actual[static_cast<std::size_t>(largest - expected.begin())] / *largest;
  if (!std::isfinite(factor) || factor == 0) return std::nullopt;
  // Compare at the expected answer's scale, whatever the factor's.
  const bool fits = std::equal(actual.begin(), actual.end(), expected.begin(),
                               [&](double a, double e) { return closeness.close(a / factor, e); });
  return fits ? std::optional(factor) : std::nullopt;
}

/// What all entries have in common; needs at least two different ones to speak of a pattern.
std::string pattern_of(const Part& actual, const Part& expected, const Closeness& closeness) {
  const Numbers& a = actual.numbers;
  const Numbers& e = expected.numbers;
  const auto is_nan = [](double value) { return std::isnan(value); };
  const auto is_infinite = [](double value) { return std::isinf(value); };
  if (std::any_of(a.begin(), a.end(), is_nan) && std::none_of(e.begin(), e.end(), is_nan))
    return std::to_string(std::count_if(a.begin(), a.end(), is_nan)) + " of " + std::to_string(a.size()) +
           " entries are NaN: a division 0/0, an overflow, or a value never set";
  if (std::any_of(a.begin(), a.end(), is_infinite) && std::none_of(e.begin(), e.end(), is_infinite))
    return std::to_string(std::count_if(a.begin(), a.end(), is_infinite)) + " of " + std::to_string(a.size()) +
           " entries are infinite: a division by zero or an overflow";
  if (a.size() < 2) {
    if (a.size() == 1 && e[0] != 0 && closeness.close(-a[0], e[0])) return "the sign is reversed";
    return "";
  }
  if (std::all_of(a.begin(), a.end(), [](double value) { return value == 0; })) return "every entry is zero";
  if (all_equal(e)) return "";
  if (closeness.all_close(a, e, [](double value) { return -value; })) return "every sign is reversed";
  if (const auto factor = common_factor(a, e, closeness))
    return "every entry is " + times(*factor) + " what it should be";
  const double offset = a[0] - e[0];
  if (std::isfinite(offset) && closeness.all_close(a, e, [&](double value) { return value + offset; }))
    return "every entry is " + show_number(std::abs(offset)) + (offset > 0 ? " too large" : " too small");
  if (expected.kind == Part::Kind::tensor && expected.shape.rank() == 2 && expected.shape[0] == expected.shape[1] &&
      closeness.all_close(a, transposed(e, expected.shape[0], expected.shape[1]), [](double value) { return value; }))
    return "rows and columns are exchanged (the answer is transposed)";
  for (int d = 0; d < expected.shape.rank(); ++d)
    for (const int shift : {1, -1})
      if (is_shifted(actual, expected, d, shift, closeness))
        return "everything is shifted by one along dimension " + std::to_string(d);
  return "";
}

std::string named(const Part& part) { return part.name.empty() ? "the result" : part.name; }

std::optional<Difference> compare_shapes(const Part& actual, const Part& expected, const Closeness& closeness) {
  if (actual.shape == expected.shape) return std::nullopt;
  const std::string got = actual.shape.to_string(), wanted = expected.shape.to_string();
  Difference difference;
  difference.details = expected.kind == Part::Kind::list
                           ? named(expected) + " has " + std::to_string(actual.numbers.size()) + " entries, expected " +
                                 std::to_string(expected.numbers.size())
                           : named(expected) + " has the shape " + got + ", expected " + wanted;
  if (expected.kind != Part::Kind::tensor) return difference;
  const bool is_reversed = actual.shape.rank() == 2 && expected.shape.rank() == 2 &&
                           actual.shape[0] == expected.shape[1] && actual.shape[1] == expected.shape[0];
  const auto same = [](double value) { return value; };
  if (is_reversed &&
      closeness.all_close(actual.numbers, transposed(expected.numbers, expected.shape[0], expected.shape[1]), same))
    difference.pattern = "rows and columns are exchanged (the answer is transposed)";
  else if (closeness.all_close(actual.numbers, expected.numbers, same))
    difference.pattern = "the numbers are right and the shape is not";
  return difference;
}

std::optional<Difference> compare_numbers(const Part& actual, const Part& expected, const Closeness& closeness) {
  std::size_t first = 0, worst = 0, count = 0;
  const auto gap = [&](std::size_t i) {
    const double difference = std::abs(actual.numbers[i] - expected.numbers[i]);
    return std::isnan(difference) ? HUGE_VAL : difference;
  };
  for (std::size_t i = 0; i < expected.numbers.size(); ++i) {
    if (closeness.close(actual.numbers[i], expected.numbers[i])) continue;
    if (count++ == 0) first = worst = i;
    if (gap(i) > gap(worst)) worst = i;
  }
  if (count == 0) return std::nullopt;

  Difference difference{pattern_of(actual, expected, closeness), ""};
  const auto at = [&](std::size_t i) { return show_index(expected.shape, static_cast<std::ptrdiff_t>(i)); };
  const auto apart = [&](std::size_t i, const std::string& between) {
    const auto [got, wanted] = show_apart(actual.numbers[i], expected.numbers[i]);
    return got + between + wanted;
  };
  const std::string values = " is " + apart(first, ", expected ");
  if (expected.kind == Part::Kind::number) {
    difference.details = named(expected) + values;
    return difference;
  }
  difference.details = "entry " + at(first) + " of " + named(expected) + values + "; " + std::to_string(count) +
                       " of " + std::to_string(expected.numbers.size()) +
                       (expected.numbers.size() == 1 ? " entry differs"
                        : count == 1                 ? " entries differs"
                                                     : " entries differ");
  if (count > 1) difference.details += ", most at " + at(worst) + ": " + apart(worst, " instead of ");
  return difference;
}

std::optional<Difference> compare_part(const Part& actual, const Part& expected, std::optional<double> tolerance) {
  if (expected.kind == Part::Kind::text) {
    if (actual.text == expected.text) return std::nullopt;
    return Difference{"", named(expected) + " is " + show_part(actual) + ", expected " + show_part(expected)};
  }
  const Closeness closeness(actual, expected, tolerance);
  if (auto difference = compare_shapes(actual, expected, closeness)) return difference;
  return compare_numbers(actual, expected, closeness);
}

}  // namespace

std::optional<Difference> compare(const Parts& actual, const Parts& expected, std::optional<double> tolerance) {
  // Parts of one type differ in number only when a list differs in size, and its size comes first.
  for (std::size_t i = 0; i < std::min(actual.size(), expected.size()); ++i)
    if (auto difference = compare_part(actual[i], expected[i], tolerance)) return difference;
  return std::nullopt;
}

}  // namespace handbuilt::grader

#include "plot/ticks.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace handbuilt::plot {
namespace {

constexpr int kDigitsBeforeExponent = 7;  // from ten million on, and below a hundred-thousandth, write 1e7
constexpr int kDecimalsBeforeExponent = 5;

/// mantissa * 10^exponent, rounded once where a double can hold the power.
double decimal(double mantissa, int exponent) {
  return exponent >= 0 ? mantissa * std::pow(10, exponent) : mantissa / std::pow(10, -exponent);
}

int exponent_of(double value) { return static_cast<int>(std::floor(std::log10(std::abs(value)))); }

std::string written(double value, std::chars_format format, int decimals) {
  char text[352];
  const auto [end, error] = std::to_chars(text, text + sizeof text, value, format, decimals);
  return {text, end};
}

std::string without_trailing_zeros(std::string digits) {
  if (digits.find('.') == std::string::npos) return digits;
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.back() == '.') digits.pop_back();
  return digits;
}

/// "1.50e+07" as "1.5e7"
std::string scientific(double value, int decimals) {
  const std::string text = written(value, std::chars_format::scientific, std::clamp(decimals, 0, 16));
  const std::size_t e = text.find('e');
  return without_trailing_zeros(text.substr(0, e)) + "e" + std::to_string(std::stoi(text.substr(e + 1)));
}

/// Commas between thousands, from five digits on.
std::string with_commas(std::string digits) {
  const std::size_t first = digits.starts_with('-') ? 1 : 0;
  const std::size_t whole_end = std::min(digits.find('.'), digits.size());
  if (whole_end - first < 5) return digits;
  for (std::size_t place = whole_end - 3; place > first && place < whole_end; place -= 3) digits.insert(place, ",");
  return digits;
}

std::string fixed(double value, int decimals) {
  return with_commas(written(value, std::chars_format::fixed, decimals));
}

/// A step between ticks: mantissa 1, 2 or 5 times a power of ten.
struct Step {
  int mantissa = 1;
  int exponent = 0;
  [[nodiscard]] double times(double count) const { return decimal(count * mantissa, exponent); }
  [[nodiscard]] double size() const { return times(1); }
  [[nodiscard]] Step next() const {
    if (mantissa == 1) return {2, exponent};
    if (mantissa == 2) return {5, exponent};
    return {1, exponent + 1};
  }
};

/// The whole multiples of a step that the ticks begin and end with.
struct Multiples {
  double first, last;
  [[nodiscard]] double count() const { return last - first + 1; }
};

Multiples multiples(Range range, const Step& step, Ends ends) {
  // A tick that misses the range by rounding alone counts as within it.
  constexpr double kSlack = 1e-9;
  const double low = range.low / step.size(), high = range.high / step.size();
  if (ends == Ends::loose) return {std::floor(low + kSlack), std::ceil(high - kSlack)};
  return {std::ceil(low - kSlack), std::floor(high + kSlack)};
}

Range widened_if_empty(Range range) {
  const double largest = std::max(std::abs(range.low), std::abs(range.high));
  if (range.high - range.low > 1e-10 * largest && range.high - range.low > 1e-300) return range;
  const double padding = largest > 1e-290 ? 0.1 * largest : 1;
  return {range.low - padding, range.high + padding};
}

std::string tick_label(double value, const Step& step, double largest) {
  if (value == 0) return "0";
  const bool plain = largest < decimal(1, kDigitsBeforeExponent) && step.exponent >= -kDecimalsBeforeExponent;
  if (plain) return fixed(value, std::max(0, -step.exponent));
  return scientific(value, exponent_of(value) - step.exponent);
}

Ticks powers_of_ten(int first, int last, int at_most) {
  Ticks ticks;
  const int stride = std::max(1, (last - first + at_most) / std::max(at_most, 1));
  for (int exponent = first; exponent <= last; exponent += stride) {
    ticks.major.push_back(decimal(1, exponent));
    ticks.labels.push_back(short_number(decimal(1, exponent)));
  }
  for (int exponent = first - 1; exponent <= last; ++exponent) {
    if (stride > 1 && (exponent - first) % stride != 0) ticks.minor.push_back(decimal(1, exponent));
    for (int m = 2; m <= 9 && stride == 1; ++m) ticks.minor.push_back(decimal(m, exponent));
  }
  return ticks;
}

Ticks ones_twos_and_fives(int first, int last) {
  Ticks ticks;
  for (int exponent = first; exponent <= last; ++exponent)
    for (int m = 1; m <= 9; ++m) {
      const double value = decimal(m, exponent);
      if (m != 1 && m != 2 && m != 5) {
        ticks.minor.push_back(value);
        continue;
      }
      ticks.major.push_back(value);
      ticks.labels.push_back(short_number(value));
    }
  return ticks;
}

bool within(Range range, double value) {
  const double slack = 1e-9 * std::abs(value);
  return value >= range.low - slack && value <= range.high + slack;
}

void keep_within(Range range, Ticks& ticks) {
  Ticks kept;
  for (std::size_t i = 0; i < ticks.major.size(); ++i)
    if (within(range, ticks.major[i])) {
      kept.major.push_back(ticks.major[i]);
      kept.labels.push_back(ticks.labels[i]);
    }
  for (const double value : ticks.minor)
    if (within(range, value)) kept.minor.push_back(value);
  ticks = kept;
  ticks.range = range;
}

/// The next 1, 2 or 5 times a power of ten at or below (above) a number.
double nice_below(double value) {
  const int exponent = exponent_of(value);
  for (const int m : {5, 2, 1})
    if (decimal(m, exponent) <= value * (1 + 1e-9)) return decimal(m, exponent);
  return decimal(1, exponent);
}
double nice_above(double value) {
  const int exponent = exponent_of(value);
  for (const int m : {1, 2, 5, 10})
    if (decimal(m, exponent) >= value * (1 - 1e-9)) return decimal(m, exponent);
  return decimal(10, exponent);
}

}  // namespace

Ticks linear_ticks(Range range, int at_most, Ends ends) {
  range = widened_if_empty(range);
  Step step{1, exponent_of(range.high / 2 - range.low / 2) - 1};
  constexpr int kFewest = 3;  // what lies around zero needs a tick below it, one at it and one above
  while (multiples(range, step, ends).count() > std::max(at_most, kFewest)) step = step.next();

  Ticks ticks;
  const auto [first, last] = multiples(range, step, ends);
  const double largest = std::max(std::abs(step.times(first)), std::abs(step.times(last)));
  for (double i = first; i <= last; ++i) {
    ticks.major.push_back(step.times(i));
    ticks.labels.push_back(tick_label(step.times(i), step, largest));
  }
  ticks.range = ends == Ends::loose ? Range{step.times(first), step.times(last)} : range;
  return ticks;
}

Ticks logarithmic_ticks(Range range, int at_most, Ends ends) {
  if (range.high <= range.low * (1 + 1e-10)) range = {range.low / 2, range.high * 2};
  const double decades = std::log10(range.high) - std::log10(range.low);
  constexpr double kFewDecades = 2, kHardlyAny = 0.5;
  if (decades < kHardlyAny) {
    Ticks ticks = linear_ticks(range, at_most, ends);
    if (ticks.range.low > 0) return ticks;
  }
  if (ends == Ends::loose && decades < kFewDecades) range = {nice_below(range.low), nice_above(range.high)};
  const int first = static_cast<int>(std::floor(std::log10(range.low) + 1e-9));
  const int last = static_cast<int>(std::ceil(std::log10(range.high) - 1e-9));
  if (ends == Ends::loose && decades >= kFewDecades) range = {decimal(1, first), decimal(1, last)};

  Ticks ticks = ones_twos_and_fives(first, last);
  keep_within(range, ticks);
  if (decades < kFewDecades && static_cast<int>(ticks.major.size()) <= at_most) return ticks;
  Ticks powers = powers_of_ten(first, last, at_most);
  keep_within(range, powers);
  constexpr std::size_t kFewest = 2;  // a single label does not tell how far a decade reaches
  return powers.major.size() >= kFewest ? powers : ticks;
}

std::string short_number(double value, int significant) {
  if (std::isnan(value)) return "n/a";
  if (value == 0) return "0";
  const int exponent = exponent_of(value);
  if (exponent >= kDigitsBeforeExponent || exponent < -kDecimalsBeforeExponent)
    return scientific(value, significant - 1);
  const int decimals = std::max(0, significant - 1 - exponent);
  return with_commas(without_trailing_zeros(written(value, std::chars_format::fixed, decimals)));
}

}  // namespace handbuilt::plot

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/tensor.hpp"
#include "grader/protocol/codec.hpp"

namespace handbuilt::grader {

/// One leaf of a value, in a form that can be compared, searched for patterns and shown: a tensor, a list of numbers, a
/// number or a text. A struct has one part per member, named by its path.
struct Part {
  enum class Kind { number, list, tensor, text };

  std::string name;  ///< "" for a plain value, "output" for a member, "[3].output" inside a list
  Kind kind = Kind::number;
  Shape shape{1};               ///< of a tensor; {count} of a list
  std::vector<double> numbers;  ///< in memory order; whole numbers beyond 2^53 are rounded
  std::string text;
  double precision = 0;  ///< relative error that rounding may leave: 1e-5 for float, 1e-10 for double, 0 for whole ones
};

using Parts = std::vector<Part>;

namespace detail {

template <class Number>
constexpr double precision_of() {
  if constexpr (std::is_same_v<Number, float>) return 1e-5;
  return std::is_floating_point_v<Number> ? 1e-10 : 0;
}

/// "a, b" -> "a", and leaves "b".
std::string next_name(std::string_view& names);
std::string joined(const std::string& path, const std::string& member);

template <class T>
void append_parts(Parts& parts, const std::string& name, const T& value) {
  if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
    parts.push_back({name, Part::Kind::number, Shape{1}, {static_cast<double>(value)}, "", precision_of<T>()});
  } else if constexpr (std::is_same_v<T, std::string>) {
    parts.push_back({name, Part::Kind::text, Shape{1}, {}, value, 0});
  } else if constexpr (std::is_same_v<T, Shape>) {
    Part part{name, Part::Kind::list, Shape{value.rank()}, {}, "", 0};
    for (int d = 0; d < value.rank(); ++d) part.numbers.push_back(value[d]);
    parts.push_back(std::move(part));
  } else if constexpr (IsTensor<T>::value) {
    parts.push_back({name, Part::Kind::tensor, value.shape(), std::vector<double>(value.begin(), value.end()), "",
                     precision_of<typename T::value_type>()});
  } else if constexpr (IsVector<T>::value) {
    using Element = typename T::value_type;
    if constexpr (std::is_arithmetic_v<Element> || std::is_enum_v<Element>) {
      Part part{name, Part::Kind::list, Shape{static_cast<int>(value.size())}, {}, "", precision_of<Element>()};
      for (const Element element : value) part.numbers.push_back(static_cast<double>(element));
      parts.push_back(std::move(part));
    } else {
      parts.push_back({joined(name, "size"), Part::Kind::number, Shape{1}, {static_cast<double>(value.size())}, "", 0});
      for (std::size_t i = 0; i < value.size(); ++i)
        append_parts(parts, name + "[" + std::to_string(i) + "]", value[i]);
    }
  } else if constexpr (IsTuple<T>::value) {
    int i = 0;
    std::apply([&](const auto&... element) { (append_parts(parts, joined(name, std::to_string(i++)), element), ...); },
               value);
  } else {
    visit_fields(value, [&](std::string_view names, const auto&... field) {
      (append_parts(parts, joined(name, next_name(names)), field), ...);
    });
  }
}

}  // namespace detail

template <class T>
[[nodiscard]] Parts parts_of(const T& value, const std::string& name = "") {
  Parts parts;
  detail::append_parts(parts, name, value);
  return parts;
}

/// Every argument of a call, named by `names` ("input, weights") or, where these run out, by its number.
template <class Arguments>
[[nodiscard]] Parts parts_of_arguments(const Arguments& arguments, std::string_view names = "") {
  Parts parts;
  int i = 1;
  const auto append = [&](const auto& argument) {
    std::string name = detail::next_name(names);
    detail::append_parts(parts, name.empty() ? "argument " + std::to_string(i) : name, argument);
    ++i;
  };
  std::apply([&](const auto&... argument) { (append(argument), ...); }, arguments);
  return parts;
}

/// A number as a person would write it: "3", "-0.25", "1.23457e-05", "nan".
[[nodiscard]] std::string show_number(double value);

/// Two numbers that differ, in as many digits as it takes to see it: "0.33333334" and "0.33333333".
[[nodiscard]] std::pair<std::string, std::string> show_apart(double one, double other);

/// "(0, 3, 1, 2)": where the entry at `position` in memory stands.
[[nodiscard]] std::string show_index(const Shape& shape, std::ptrdiff_t position);

/// A list or tensor of no more numbers than this is shown whole.
inline constexpr std::size_t kMostNumbersShown = 60;

/// "[2, 3] {1, -2, 3; 0, 4, 1}": shape and contents, of more than `most` numbers only the first few.
[[nodiscard]] std::string show_part(const Part& part, std::size_t most = kMostNumbersShown);

/// One line per part: "  input = [2, 3] {1, -2, 3; 0, 4, 1}".
[[nodiscard]] std::string show_parts(const Parts& parts, std::size_t most = kMostNumbersShown);

}  // namespace handbuilt::grader

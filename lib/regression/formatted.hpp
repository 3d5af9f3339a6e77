#pragma once

#include <cstddef>
#include <cstdio>
#include <string>

namespace handbuilt::regression {

/// What printf would write, of any length: the lines of a fit's summary.
template <class... Values>
std::string formatted(const char* format, Values... values) {
  const int size = std::snprintf(nullptr, 0, format, values...);
  std::string text(size > 0 ? static_cast<std::size_t>(size) : 0, '\0');
  std::snprintf(text.data(), text.size() + 1, format, values...);
  return text;
}

}  // namespace handbuilt::regression

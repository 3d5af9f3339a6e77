#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace handbuilt::grader {

/// One word of a C++ text, as far as it says what the program does.
struct Token {
  std::uint32_t kind =
      0;         ///< the same for all names, for all numbers, for all strings; keywords and signs are told apart
  int line = 0;  ///< counted from 1
};

/// The words of a C++ text without comments, layout and directives (#include, #region ...). A name a student chooses is
/// a name, whatever it is; one after `.`, `->` or `::` is the library's and told apart by a hash. Braces around single
/// statements, `const`, `auto` and the like that change at will without changing the program are left out. Never fails:
/// text that is not C++ gives some tokens, too.
std::vector<Token> tokens_of(std::string_view text);

}  // namespace handbuilt::grader

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace handbuilt::grader {

/// Bytes of a stranger's as text for a terminal, a table or a page: valid UTF-8 stays, control characters (line ends
/// and tabs too, unless `keep_lines`), the bidirectional controls that turn a line round, and every byte that is not
/// UTF-8 become `\xNN`. What is longer than `longest` bytes is cut and ends in "...".
std::string printable(std::string_view bytes, bool keep_lines = false, std::size_t longest = std::size_t{1} << 20);

}  // namespace handbuilt::grader

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace handbuilt::grader {

/// The lines of a text without their ends; a last line needs no end.
std::vector<std::string> split_lines(std::string_view text);

/// Every line followed by '\n'.
std::string join_lines(const std::vector<std::string>& lines);

/// Without white space at both ends.
std::string_view trimmed(std::string_view text);

/// The white space a line starts with.
std::string_view indent_of(std::string_view line);

/// The words between white space.
std::vector<std::string> words_of(std::string_view text);

}  // namespace handbuilt::grader

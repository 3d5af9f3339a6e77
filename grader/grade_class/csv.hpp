#pragma once

#include <string>
#include <vector>

namespace handbuilt::grader {

/// A line of a CSV file as RFC 4180 has it, with its "\r\n". A text that a spreadsheet would take for a formula (it
/// starts with = + - @) gets an apostrophe before it; whole numbers are left alone.
std::string csv_line(const std::vector<std::string>& fields);

}  // namespace handbuilt::grader

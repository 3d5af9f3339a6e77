#pragma once

#include <string>
#include <vector>

namespace handbuilt::test {

/// Number and command line of every running process whose command line holds `piece`.
std::vector<std::string> processes_with(const std::string& piece);

/// The same, after giving what has been killed a second to be gone.
std::vector<std::string> processes_left_with(const std::string& piece);

}  // namespace handbuilt::test

#include "grader/text/free_name.hpp"

#include <string>

namespace handbuilt::grader {

std::filesystem::path free_name(const std::filesystem::path& wanted) {
  std::filesystem::path name = wanted;
  for (int number = 2; std::filesystem::exists(std::filesystem::symlink_status(name)); ++number)
    name = wanted.string() + "." + std::to_string(number);
  return name;
}

}  // namespace handbuilt::grader

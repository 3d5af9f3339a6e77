#include "grader/course/staging.hpp"

#include <fmt/format.h>
#include <stdlib.h>

#include <cerrno>
#include <cstring>

#include "core/error.hpp"

namespace handbuilt::grader {

namespace fs = std::filesystem;

fs::path free_place(const fs::path& folder) {
  const fs::path whole = fs::weakly_canonical(fs::absolute(folder));
  const fs::path place = whole.has_filename() ? whole : whole.parent_path();
  if (fs::exists(place) && !fs::is_directory(place))
    throw ValueError(fmt::format("{}: expected a new or an empty folder, found a file", folder.string()));
  if (fs::exists(place) && !fs::is_empty(place))
    throw ValueError(fmt::format("{}: expected a new or an empty folder, this one holds files", folder.string()));
  return place;
}

Staging::Staging(const fs::path& destination) {
  fs::create_directories(destination.parent_path());
  std::string name = (destination.parent_path() / ".handbuilt-copy-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr)
    throw DataError(fmt::format("{}: cannot make a folder beside it: {}", destination.string(), std::strerror(errno)));
  folder_ = name;
  fs::create_directory(content());
}

Staging::~Staging() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

}  // namespace handbuilt::grader

#include "grader/course/packages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/error.hpp"
#include "core/file.hpp"
#include "grader/course/process.hpp"
#include "grader/text/lines.hpp"

namespace handbuilt::grader {

std::vector<std::string> packages_of(const std::filesystem::path& root, const std::string& group) {
  const std::filesystem::path file = root / "cmake" / "debian-packages.txt";
  std::vector<std::string> packages;
  bool inside = false, found = false;
  for (const std::string& line : split_lines(read_file(file))) {
    if (line.empty() || line.starts_with('#')) continue;
    if (line.starts_with('['))
      inside = line == "[" + group + "]";
    else if (inside)
      packages.push_back(line);
    found = found || inside;
  }
  if (!found) throw DataError(fmt::format("{}: no group [{}]", file.string(), group));
  return packages;
}

std::vector<std::string> missing_packages(const std::vector<std::string>& packages) {
  Command query{{"dpkg-query", "-W", "-f", "${db:Status-Status} ${Package}\n"}, {}, {}};
  query.words.insert(query.words.end(), packages.begin(), packages.end());
  std::set<std::string> installed;
  for (const std::string& line : split_lines(capture(query).output))
    if (const std::vector<std::string> words = words_of(line); words.size() == 2 && words[0] == "installed")
      installed.insert(words[1]);
  std::vector<std::string> missing;
  std::copy_if(packages.begin(), packages.end(), std::back_inserter(missing),
               [&](const std::string& package) { return !installed.contains(package); });
  return missing;
}

}  // namespace handbuilt::grader

#include "grader/archive/entry_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <vector>

#include "grader/text/printable.hpp"

namespace handbuilt::grader {

namespace {

constexpr std::size_t kLongestShownName = 120;

std::string quoted(const std::string& name) { return "\"" + printable(name, false, kLongestShownName) + "\""; }

std::vector<std::string> parts_of(const std::string& path) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (begin <= path.size()) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string part = path.substr(begin, end - begin);
    if (!part.empty() && part != ".") parts.push_back(part);
    begin = end + 1;
  }
  return parts;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string path;
  for (const std::string& part : parts) path += (path.empty() ? "" : "/") + part;
  return path;
}

bool is_absolute(const std::string& name) {
  const bool has_drive = name.size() > 1 && name[1] == ':' && std::isalpha(static_cast<unsigned char>(name[0])) != 0;
  return name.starts_with('/') || has_drive;
}

/// Some programs on Windows write '\' between the parts.
std::string with_slashes(std::string name) {
  if (name.find('/') == std::string::npos) std::replace(name.begin(), name.end(), '\\', '/');
  return name;
}

/// Folders that no student writes in.
bool is_litter(const std::string& part) {
  constexpr std::array<std::string_view, 6> kLitter = {"__MACOSX", ".git", ".svn", ".vscode", ".idea", "CMakeFiles"};
  return std::find(kLitter.begin(), kLitter.end(), part) != kLitter.end() || part.starts_with("._");
}

}  // namespace

std::string EntryRules::admit(const std::string& name) {
  if (++entries_ > limits_.entries) refuse(fmt::format("it holds more than {} files and folders", limits_.entries));
  const std::string path = with_slashes(name);
  if (is_absolute(path)) refuse(name, "is an absolute path; names must start inside the folder that is handed in");
  const std::vector<std::string> parts = parts_of(path);
  if (std::find(parts.begin(), parts.end(), "..") != parts.end())
    refuse(name, "leads out of the folder that is handed in");
  if (static_cast<int>(parts.size()) > limits_.depth)
    refuse(name, fmt::format("lies more than {} folders deep", limits_.depth));
  return joined(parts);
}

void EntryRules::admit_link(const std::string& path, const std::string& target, bool symbolic) const {
  std::vector<std::string> place = symbolic ? parts_of(path) : std::vector<std::string>{};
  if (!place.empty()) place.pop_back();
  bool leads_out = is_absolute(target);
  for (const std::string& part : parts_of(target)) {
    if (part != "..") {
      place.push_back(part);
    } else if (place.empty()) {
      leads_out = true;
    } else {
      place.pop_back();
    }
  }
  if (leads_out) refuse(path, fmt::format("is a link to {}, out of the folder that is handed in", quoted(target)));
}

bool EntryRules::is_kept(const std::string& path) {
  const std::vector<std::string> parts = parts_of(path);
  if (parts.empty() || std::any_of(parts.begin(), parts.end(), is_litter)) return false;
  const std::string& name = parts.back();
  return name.ends_with(".cpp") || name.ends_with(".hpp") || name.ends_with(".h");
}

void EntryRules::expect_file_size(const std::string& path, std::uintmax_t bytes) const {
  if (bytes > limits_.kept_file_bytes)
    refuse(path, fmt::format("is larger than {} KiB, which no exercise needs", limits_.kept_file_bytes / 1024));
}

void EntryRules::keep(SourceFiles& files, const std::string& path, std::string content) {
  expect_file_size(path, content.size());
  kept_bytes_ += content.size();
  if (kept_bytes_ > limits_.kept_bytes)
    refuse(fmt::format("its C++ files are larger than {} MiB together", limits_.kept_bytes >> 20));
  if (!files.emplace(path, std::move(content)).second) refuse(path, "stands there twice: which of the two is meant?");
}

void EntryRules::refuse(const std::string& why) const { throw RefusedFiles(shown_ + ": " + why); }

void EntryRules::refuse(const std::string& path, const std::string& why) const { refuse(quoted(path) + " " + why); }

}  // namespace handbuilt::grader

#include "grader/grade_class/class_folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <regex>
#include <set>

#include "core/error.hpp"
#include "core/file.hpp"
#include "grader/archive/source_files.hpp"
#include "grader/course/fingerprint.hpp"
#include "grader/text/lines.hpp"
#include "grader/text/printable.hpp"

namespace handbuilt::grader {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestSlug = 60;

/// What a platform wrote into a file name.
struct ExportedName {
  std::string student;
  std::string group;  ///< the same for all files of one student
  std::string rest;   ///< the name under which the student handed it in; empty for a folder
  bool is_late = false;
};

/// Of a name that no platform wrote, `group` is empty.
ExportedName read_name(const std::string& name) {
  static const std::regex moodle("(.+)_([0-9]+)_assignsubmission_(?:file|onlinetext)_?(.*)");
  static const std::regex canvas("([^_]+)(_LATE)?_([0-9]+)_([0-9]+)_(.+)");
  std::smatch parts;
  if (name.size() > 500) return {name, "", name};  // std::regex recurses
  if (std::regex_match(name, parts, moodle)) return {parts[1], parts[1].str() + "_" + parts[2].str(), parts[3]};
  if (std::regex_match(name, parts, canvas))
    return {parts[1], parts[1].str() + "_" + parts[3].str(), parts[5], parts[2].matched};
  return {name, "", name};
}

std::string slug_of(const std::string& name) {
  std::string slug;
  for (const char c : name) {
    const bool plain =
        std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || (c == '.' && !slug.empty());
    slug += plain ? c : '-';
  }
  if (slug == name && slug.size() <= kLongestSlug) return slug;
  Fingerprint print;
  print.add(name);
  return slug.substr(0, kLongestSlug) + "-" + print.text().substr(0, 8);
}

/// The students' names by folder ("submission_1234"), as Gradescope's export lists them:
///
///     submission_1234:
///       :submitters:
///       - :name: Jane Smith
std::map<std::string, std::string> read_gradescope_names(const fs::path& file) {
  std::map<std::string, std::string> names;
  if (!fs::is_regular_file(file)) return names;
  std::string folder;
  for (const std::string& line : split_lines(read_file(file))) {
    if (line.starts_with("submission_") && line.ends_with(':')) folder = line.substr(0, line.size() - 1);
    const std::size_t at = line.find("- :name: ");
    if (folder.empty() || at == std::string::npos) continue;
    std::string name(trimmed(line.substr(at + 9)));
    if (name.size() > 1 && (name.front() == '"' || name.front() == '\'')) name = name.substr(1, name.size() - 2);
    names[folder] += (names[folder].empty() ? "" : " and ") + name;
  }
  return names;
}

/// Two entries of one name keep the endings that tell them apart.
void keep_names_apart(std::vector<ClassEntry>& entries) {
  std::map<std::string, int> count;
  for (const ClassEntry& entry : entries) ++count[entry.name];
  for (ClassEntry& entry : entries) {
    if (count[entry.name] < 2 || entry.path.empty()) continue;
    if (entry.student == entry.name) entry.student = entry.path.filename().string();
    entry.name = entry.path.filename().string();
  }
}

void give_slugs(std::vector<ClassEntry>& entries) {
  std::set<std::string> taken;
  for (ClassEntry& entry : entries) {
    entry.slug = slug_of(entry.name);
    for (int i = 2; !taken.insert(entry.slug).second; ++i) entry.slug = fmt::format("{}-{}", slug_of(entry.name), i);
  }
}

bool is_source(const std::string& name) {
  return name.ends_with(".cpp") || name.ends_with(".hpp") || name.ends_with(".h");
}

class ClassReader {
 public:
  explicit ClassReader(const fs::path& folder) : names_(read_gradescope_names(folder / "submission_metadata.yml")) {}

  void take(const fs::path& path) {
    const std::string file_name = path.filename().string();
    const bool is_folder = fs::is_directory(path);
    const bool is_archive = !is_folder && fs::is_regular_file(path) && is_archive_name(file_name);
    const ExportedName exported = read_name(file_name);
    if (is_folder || is_archive) {
      ClassEntry entry;
      entry.name = is_archive ? without_archive_ending(file_name) : file_name;
      const auto listed = names_.find(file_name);
      entry.student = listed != names_.end() ? listed->second : exported.group.empty() ? entry.name : exported.student;
      entry.path = path;
      entry.is_late = exported.is_late;
      result_.entries.push_back(std::move(entry));
    } else if (!exported.group.empty() && is_source(file_name)) {
      ClassEntry& entry = loose_[exported.group];
      entry.name = exported.group;
      entry.student = exported.student;
      entry.is_late = entry.is_late || exported.is_late;
      entry.loose.push_back(path);
    } else if (file_name != "submission_metadata.yml") {
      result_.aside.push_back(printable(file_name) +
                              ": neither a folder nor an archive, and no name that Canvas or Moodle gave");
    }
  }

  ClassFolder finish() {
    for (auto& [group, entry] : loose_) result_.entries.push_back(std::move(entry));
    keep_names_apart(result_.entries);
    std::sort(result_.entries.begin(), result_.entries.end(),
              [](const ClassEntry& one, const ClassEntry& other) { return one.name < other.name; });
    give_slugs(result_.entries);
    return std::move(result_);
  }

 private:
  std::map<std::string, std::string> names_;
  std::map<std::string, ClassEntry> loose_;
  ClassFolder result_;
};

}  // namespace

std::string handed_in_as(const std::string& file_name) {
  static const std::regex again("(.+)-[0-9]{1,3}(\\.[a-z]+)");
  const std::string name = read_name(file_name).rest;
  std::smatch parts;
  return name.size() < 500 && std::regex_match(name, parts, again) ? parts[1].str() + parts[2].str() : name;
}

ClassFolder read_class_folder(const fs::path& folder, const fs::path& except) {
  if (!fs::is_directory(folder))
    throw DataError(folder.string() + ": expected a folder with a folder or an archive for every student");
  std::set<fs::path> paths;  // a folder is read in no particular order
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) paths.insert(entry.path());
  ClassReader reader(folder);
  for (const fs::path& path : paths) {
    const std::string name = path.filename().string();
    if (name.starts_with('.') || name == "__MACOSX") continue;
    if (fs::weakly_canonical(path) == fs::weakly_canonical(except)) continue;
    reader.take(path);
  }
  ClassFolder found = reader.finish();
  if (found.entries.empty())
    throw DataError(folder.string() + ": expected a folder or an archive for every student, found none");
  return found;
}

}  // namespace handbuilt::grader

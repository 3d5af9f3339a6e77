#include "grader/grading/hand_in.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "core/error.hpp"
#include "core/file.hpp"
#include "grader/course/source_file.hpp"

namespace handbuilt::grader {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostHeaders = 64;

/// A folder itself and not a link to one.
bool is_own_folder(const fs::path& path) {
  std::error_code error;
  return fs::symlink_status(path, error).type() == fs::file_type::directory;
}

bool is_there(const fs::path& path) {
  std::error_code error;
  return fs::exists(fs::symlink_status(path, error));
}

bool holds_file_of(const LessonInfo& lesson, const fs::path& folder) {
  return std::any_of(lesson.tasks.begin(), lesson.tasks.end(),
                     [&](const TaskInfo& task) { return is_there(folder / task.file); });
}

/// The only thing in a folder when that is a folder, as archives often pack it; hidden files do not count.
std::optional<fs::path> only_folder_in(const fs::path& folder) {
  std::optional<fs::path> only;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().filename().string().starts_with('.') || entry.path().filename() == "__MACOSX") continue;
    if (only || !is_own_folder(entry.path())) return std::nullopt;
    only = entry.path();
  }
  return only;
}

/// Where the lesson's files lie in the submission, at most `depth` folders down; nowhere when it holds none.
std::optional<fs::path> folder_of(const LessonInfo& lesson, const fs::path& submission, int depth = 3) {
  for (const fs::path& inside : {fs::path("exercises") / lesson.id, fs::path(lesson.id)})
    if (is_own_folder((submission / inside).parent_path()) && is_own_folder(submission / inside))
      return submission / inside;
  if (holds_file_of(lesson, submission)) return submission;
  if (const auto inner = only_folder_in(submission); inner && depth > 0) return folder_of(lesson, *inner, depth - 1);
  return std::nullopt;
}

/// Copies a file, or says why not.
std::string copy(const fs::path& from, const fs::path& to, const std::string& folder_shown) {
  const std::string shown = (fs::path(folder_shown) / from.filename()).string();
  std::string why_not = why_source_is_refused(from, shown, false);
  if (!why_not.empty()) return why_not;
  try {
    write_file(to, read_file(from, kLargestSource));
  } catch (const DataError&) {
    return shown + " cannot be read";
  }
  return "";
}

std::set<std::string> header_names(const fs::path& folder) {
  std::set<std::string> names;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    const std::string ending = entry.path().extension().string();
    if (ending == ".hpp" || ending == ".h") names.insert(entry.path().filename().string());
    if (names.size() == kMostHeaders) break;
  }
  return names;
}

void require_folder(const fs::path& submission) {
  std::error_code error;
  if (!fs::is_directory(submission, error))
    throw DataError(submission.string() + ": expected a folder with exercise files");
}

}  // namespace

std::vector<std::string> lessons_in(const House& house, const fs::path& submission) {
  require_folder(submission);
  std::vector<std::string> ids;
  for (const LessonInfo& lesson : house.lessons)
    if (const auto folder = folder_of(lesson, submission); folder && holds_file_of(lesson, *folder))
      ids.push_back(lesson.id);
  return ids;
}

HandedIn copy_hand_in(const LessonInfo& lesson, const fs::path& submission, const fs::path& to) {
  require_folder(submission);
  const std::optional<fs::path> folder = folder_of(lesson, submission);
  HandedIn handed_in{folder ? folder->lexically_relative(submission).string() : lesson.id};
  fs::remove_all(to);
  fs::create_directories(to);
  const auto take = [&](const std::string& name) {
    if (!folder) return handed_in.shown + "/" + name + " is not there";
    return copy(*folder / name, to / name, handed_in.shown);
  };
  for (const TaskInfo& task : lesson.tasks) {
    if (fs::exists(to / task.file) || handed_in.refused.contains(task.file)) continue;
    if (std::string why_not = take(task.file); !why_not.empty()) handed_in.refused[task.file] = std::move(why_not);
  }
  if (folder)
    for (const std::string& header : header_names(*folder)) take(header);
  return handed_in;
}

}  // namespace handbuilt::grader

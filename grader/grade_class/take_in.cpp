#include "grader/grade_class/take_in.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <new>
#include <set>
#include <tuple>

#include "core/error.hpp"
#include "core/file.hpp"
#include "grader/course/background_work.hpp"
#include "grader/text/printable.hpp"

namespace handbuilt::grader {

namespace {

namespace fs = std::filesystem;

// For reading one archive; a damaged or hostile one may ask for any amount.
constexpr rlim_t kMemoryBytes = rlim_t{1} << 30;
constexpr rlim_t kCpuSeconds = 20;
constexpr rlim_t kFileBytes = rlim_t{4} << 20;
constexpr std::size_t kLargestSource = std::size_t{1} << 20;

void set_limit(__rlimit_resource resource, rlim_t value) {
  const rlimit limit{value, value};
  ::setrlimit(resource, &limit);
}

bool has_files_of(const LessonInfo& lesson, const std::set<std::string>& names) {
  return std::any_of(lesson.tasks.begin(), lesson.tasks.end(),
                     [&](const TaskInfo& task) { return names.contains(task.file); });
}

/// How likely a folder is meant for a lesson: the smaller, the better. `path` ends with '/' or is empty.
int rank_of(const std::string& path, const House& house, const LessonInfo& lesson) {
  const std::string inside = "/" + path;
  if (inside.ends_with("/exercises/" + lesson.id + "/")) return 0;
  if (inside.ends_with("/" + lesson.id + "/"))
    return inside.find("/tests/") == std::string::npos && inside.find("/solutions/") == std::string::npos ? 1 : 3;
  const bool is_anothers = std::any_of(house.lessons.begin(), house.lessons.end(), [&](const LessonInfo& other) {
    return inside.find("/" + other.id + "/") != std::string::npos;
  });
  return is_anothers ? 4 : 2;
}

void write_files(const House& house, const std::vector<std::string>& lessons, const SourceFiles& files,
                 const fs::path& to) {
  for (const LessonInfo& lesson : house.lessons) {
    if (!lessons.empty() && std::find(lessons.begin(), lessons.end(), lesson.id) == lessons.end()) continue;
    for (const auto& [name, content] : files_of_lesson(files, house, lesson)) {
      fs::create_directories(to / lesson.id);
      write_file(to / lesson.id / name, content);
    }
  }
}

}  // namespace

SourceFiles read_entry(const ClassEntry& entry) {
  if (!entry.path.empty()) return fs::is_directory(entry.path) ? read_folder(entry.path) : read_archive(entry.path);
  SourceFiles files;
  for (const fs::path& path : entry.loose) {  // one that was handed in again comes later in the order of names
    const std::string name = handed_in_as(path.filename().string());
    if (fs::file_size(path) > kLargestSource)
      throw RefusedFiles(fmt::format("{}: it is larger than 1024 KiB, which no exercise needs", printable(name)));
    files[name] = read_file(path, kLargestSource);
  }
  return files;
}

SourceFiles files_of_lesson(const SourceFiles& files, const House& house, const LessonInfo& lesson) {
  std::map<std::string, std::set<std::string>> folders;
  for (const auto& [path, content] : files) {
    const std::size_t slash = path.rfind('/');
    const std::size_t name = slash == std::string::npos ? 0 : slash + 1;
    folders[path.substr(0, name)].insert(path.substr(name));
  }
  using Choice = std::tuple<int, std::ptrdiff_t, std::string>;
  std::set<Choice> choices;
  for (const auto& [path, names] : folders) {
    const int rank = rank_of(path, house, lesson);
    if (rank < 4 && has_files_of(lesson, names))
      choices.insert({rank, std::count(path.begin(), path.end(), '/'), path});
  }
  SourceFiles chosen;
  if (choices.empty()) return chosen;
  const std::string& folder = std::get<std::string>(*choices.begin());
  for (const std::string& name : folders[folder]) {
    const bool is_asked = has_files_of(lesson, {name});
    if (is_asked || name.ends_with(".hpp") || name.ends_with(".h")) chosen[name] = files.at(folder + name);
  }
  return chosen;
}

void take_in(const House& house, const std::vector<std::string>& lessons, const ClassEntry& entry, const fs::path& to) {
  const fs::path draft = to.string() + ".draft", refusal = to.string() + ".refused";
  fs::remove_all(draft);
  fs::remove_all(refusal);
  fs::create_directories(draft);
  BackgroundWork reading([&] {
    set_limit(RLIMIT_AS, kMemoryBytes);
    set_limit(RLIMIT_CPU, kCpuSeconds);
    set_limit(RLIMIT_FSIZE, kFileBytes);
    set_limit(RLIMIT_CORE, 0);
    try {
      write_files(house, lessons, read_entry(entry), draft);
    } catch (const RefusedFiles& error) {
      write_file(refusal, error.what());
    } catch (const std::bad_alloc&) {
      write_file(refusal, printable(entry.name) + ": it needs more than 1 GiB of memory to be unpacked");
    }
  });
  const BackgroundWork::State state = reading.wait();
  std::string why = fs::exists(refusal) ? read_file(refusal) : "";
  if (state == BackgroundWork::State::kKilled)
    why = printable(entry.name) + ": it takes more than 20 seconds to be unpacked";
  fs::remove(refusal);
  if (why.empty() && state == BackgroundWork::State::kDone) {
    fs::remove_all(to);
    fs::rename(draft, to);
    return;
  }
  fs::remove_all(draft);
  if (why.empty()) throw Error(printable(entry.name) + ": cannot be taken in (see above)");
  fs::remove_all(to);
  throw RefusedFiles(why);
}

}  // namespace handbuilt::grader

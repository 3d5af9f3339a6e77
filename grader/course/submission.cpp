#include "grader/course/submission.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <set>
#include <utility>

#include "core/error.hpp"
#include "core/file.hpp"
#include "core/parallel.hpp"
#include "grader/compiler_messages.hpp"
#include "grader/course/fingerprint.hpp"
#include "grader/course/process.hpp"
#include "grader/text/lines.hpp"

namespace handbuilt::grader {

namespace {

namespace fs = std::filesystem;

/// The files that a job leaves beside its worker.
fs::path beside(const fs::path& worker, const char* ending) { return worker.string() + ending; }
fs::path object_of(const fs::path& worker) { return beside(worker, ".o"); }
fs::path object_error_of(const fs::path& worker) { return beside(worker, ".o.error"); }
fs::path warnings_of(const fs::path& worker) { return beside(worker, ".warnings"); }
fs::path object_key_of(const fs::path& worker) { return beside(worker, ".o.key"); }

bool holds(const fs::path& file, const std::string& content) { return fs::exists(file) && read_file(file) == content; }

std::string compile_key(const WorkerJob& job) {
  Fingerprint print;
  print.add(job.shown);
  print.add(job.commands.compile);
  print.add_content(job.source);
  print.add_headers(job.source.parent_path());
  for (const std::string& library : job.libraries) print.add_stamp(library);
  return print.text();
}

std::string link_key(const WorkerJob& job) {
  Fingerprint print;
  print.add(job.commands.link);
  print.add(read_file(object_key_of(job.worker)));
  for (const fs::path& other : job.joined) print.add(read_file(object_key_of(other)));
  return print.text();
}

/// The recorded command with the job's paths in place of {source}, {object} and {worker}.
Command filled_in(const std::vector<std::string>& words, const WorkerJob& job, const std::vector<fs::path>& objects) {
  Command command{{}, {}, {"LC_ALL=C"}};
  for (const std::string& word : words) {
    if (word == "{object}")
      for (const fs::path& object : objects) command.words.push_back(object.string());
    else if (word == "{source}")
      command.words.push_back(job.source.string());
    else
      command.words.push_back(word == "{worker}" ? job.worker.string() : word);
  }
  return command;
}

/// What a student may mean by a name: the text of the file and of the headers it can include.
std::string known_names(const WorkerJob& job) {
  std::string text = read_file(job.source);
  for (const std::string& file : job.libraries)
    if (file.ends_with(".hpp")) text += read_file(file);
  return text;
}

/// What the compiler suspects in code that it accepts, as far as there are plain words for it; empty when nothing.
std::string warnings_in(const std::string& output, const WorkerJob& job) {
  auto messages = read_compiler_messages(output, job.source.string());
  std::erase_if(messages, [](const CompilerMessage& message) { return message.plain_words.empty(); });
  return messages.empty() ? "" : describe(messages, job.source.string(), job.shown);
}

/// The compiler's or linker's words for the student; empty when the step succeeded.
std::string error_of(const Command& command, const WorkerJob& job) {
  const Captured step = capture(command);
  if (step.exit_code == 0) {
    if (const std::string warnings = warnings_in(step.output, job); !warnings.empty())
      write_file(warnings_of(job.worker), warnings);
    return "";
  }
  const auto messages = read_compiler_messages(step.output, job.source.string(), known_names(job));
  return messages.empty() ? step.output : describe(messages, job.source.string(), job.shown);
}

bool lies_in(const fs::path& file, const fs::path& folder) {
  return std::mismatch(folder.begin(), folder.end(), file.begin(), file.end()).first == folder.end();
}

/// The first file off limits that the compiler read, by the dependencies it wrote ("object: a.cpp b.hpp \"); empty when
/// there is none.
std::string forbidden_include(const WorkerJob& job, const fs::path& dependencies) {
  for (const std::string& word : words_of(read_file(dependencies))) {
    const fs::path file = fs::absolute(word).lexically_normal();
    if (lies_in(file, job.source.parent_path())) continue;
    for (const fs::path& folder : job.off_limits)
      if (lies_in(file, folder)) return file.lexically_relative(folder.parent_path()).string();
  }
  return "";
}

std::string compile_error(const WorkerJob& job) {
  if (!fs::exists(job.source)) return fmt::format("{} is not there", job.shown);
  const fs::path dependencies = beside(job.worker, ".d");
  Command command = filled_in(job.commands.compile, job, {object_of(job.worker)});
  command.words.insert(command.words.end(), {"-MMD", "-MF", dependencies.string()});
  std::string error = error_of(command, job);
  if (!error.empty()) return error;
  const std::string included = forbidden_include(job, dependencies);
  if (included.empty()) return "";
  return fmt::format("{} includes {}: an exercise may include tasks.hpp, core/ and the standard library", job.shown,
                     included);
}

/// Leaves an object and its key, or what went wrong and the key.
void compile(const WorkerJob& job) {
  const fs::path object = object_of(job.worker), error_file = object_error_of(job.worker);
  const std::string key = fs::exists(job.source) ? compile_key(job) : "no source";
  if (holds(object_key_of(job.worker), key)) return;
  for (const fs::path& old : {object, error_file, warnings_of(job.worker), object_key_of(job.worker)}) fs::remove(old);
  const std::string error = compile_error(job);
  if (!error.empty()) {
    write_file(error_file, error);
    fs::remove(object);
  }
  write_file(object_key_of(job.worker), key);
}

std::string link_error(const WorkerJob& job) {
  if (fs::exists(object_error_of(job.worker))) return read_file(object_error_of(job.worker));
  std::vector<fs::path> objects = {object_of(job.worker)};
  for (const fs::path& other : job.joined) {
    if (!fs::exists(object_of(other)))
      return fmt::format("{} calls functions of {}.cpp, which does not compile", job.shown, other.filename().string());
    objects.push_back(object_of(other));
  }
  return error_of(filled_in(job.commands.link, job, objects), job);
}

/// Leaves a worker or its .compile_error, and the key.
void link(const WorkerJob& job) {
  const fs::path key_file = beside(job.worker, ".key"), error_file = beside(job.worker, ".compile_error");
  const std::string key = link_key(job);
  if (holds(key_file, key)) return;
  for (const fs::path& old : {job.worker, error_file, key_file}) fs::remove(old);
  const std::string error = link_error(job);
  if (!error.empty()) write_file(error_file, error);
  write_file(key_file, key);
}

/// Files differ in how long they take, so each thread takes the next one that waits.
template <class Body>
void for_each_at_once(const std::vector<WorkerJob>& jobs, int at_once, Body&& body) {
  const int count = static_cast<int>(jobs.size());
  Workers threads(std::clamp(at_once, 1, std::max(1, count)));
  std::atomic<int> next = 0;
  threads.parallel_for(threads.count(), [&](int, int, int) {
    for (int i = next++; i < count; i = next++) body(jobs[static_cast<std::size_t>(i)]);
  });
}

}  // namespace

void build_workers(const std::vector<WorkerJob>& jobs, int at_once) {
  for (const WorkerJob& job : jobs) fs::create_directories(job.worker.parent_path());
  for_each_at_once(jobs, at_once, compile);
  for_each_at_once(jobs, at_once, link);
}

std::vector<std::string> files_of(const LessonInfo& lesson, const std::vector<std::string>& task_ids) {
  std::set<std::string> wanted(task_ids.begin(), task_ids.end());
  std::vector<std::string> files;
  // A task stands after those it needs, so going backwards meets every need after the task that has it.
  for (auto task = lesson.tasks.rbegin(); task != lesson.tasks.rend(); ++task) {
    if (!task_ids.empty() && !wanted.contains(task->id)) continue;
    wanted.insert(task->needs.begin(), task->needs.end());
    if (std::find(files.begin(), files.end(), task->file) == files.end()) files.push_back(task->file);
  }
  std::reverse(files.begin(), files.end());
  return files;
}

std::vector<std::string> files_needed_by(const LessonInfo& lesson, const std::string& file) {
  std::vector<std::string> tasks;
  for (const TaskInfo& task : lesson.tasks)
    if (task.file == file) tasks.push_back(task.id);
  std::vector<std::string> files = files_of(lesson, tasks);
  std::erase(files, file);
  return files;
}

}  // namespace handbuilt::grader

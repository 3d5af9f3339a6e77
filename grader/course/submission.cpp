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
#include "grader/course/source_file.hpp"
#include "grader/course/workshop.hpp"
#include "grader/text/lines.hpp"

namespace handbuilt::grader {

namespace {

namespace fs = std::filesystem;

/// The files that a job leaves beside its worker.
fs::path beside(const fs::path& worker, const char* ending) { return worker.string() + ending; }
fs::path object_of(const fs::path& worker) { return beside(worker, ".o"); }
fs::path object_error_of(const fs::path& worker) { return beside(worker, ".o.error"); }
fs::path object_forbidden_of(const fs::path& worker) { return beside(worker, ".o.forbidden"); }
fs::path warnings_of(const fs::path& worker) { return beside(worker, ".warnings"); }
fs::path object_key_of(const fs::path& worker) { return beside(worker, ".o.key"); }

constexpr std::size_t kMostCompilerWords = 4096;

bool holds(const fs::path& file, const std::string& content) { return fs::exists(file) && read_file(file) == content; }

std::string compile_key(const WorkerJob& job) {
  Fingerprint print;
  print.add(job.shown);
  print.add(to_string(job.sandbox));
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

/// The recorded words with paths in place of {source}, {object} (one word each) and {worker}; in "-option,{object}.d"
/// {object} is the only object.
std::vector<std::string> filled_in(const std::vector<std::string>& words, const fs::path& source,
                                   const std::vector<fs::path>& objects, const fs::path& worker) {
  constexpr std::string_view kObject = "{object}";
  std::vector<std::string> filled;
  for (const std::string& word : words) {
    if (word == kObject) {
      for (const fs::path& object : objects) filled.push_back(object.string());
      continue;
    }
    filled.push_back(word == "{source}" ? source.string() : word == "{worker}" ? worker.string() : word);
    if (const std::size_t at = word.find(kObject); at != std::string::npos)
      filled.back().replace(at, kObject.size(), objects.front().string());
  }
  return filled;
}

/// What a student may mean by a name: the text of the file and of the headers it can include.
std::string known_names(const WorkerJob& job) {
  std::string text = read_file(job.source);
  for (const std::string& file : job.libraries)
    if (file.ends_with(".hpp")) text += read_file(file);
  return text;
}

/// What the compiler suspects in code that it accepts, as far as there are plain words for it; empty when nothing.
std::string warnings_in(const std::string& output, const WorkerJob& job, const fs::path& source) {
  auto messages = read_compiler_messages(output, source.string());
  std::erase_if(messages, [](const CompilerMessage& message) { return message.plain_words.empty(); });
  return messages.empty() ? "" : describe(messages, source.string(), job.shown);
}

/// Why a job does not become a worker.
struct Refusal {
  std::string text;  ///< empty: it does
  bool is_forbidden = false;
};

/// The compiler's or linker's words for the student; empty when the step succeeded. `source` is how they call the file.
std::string error_of(const BoundedRun& step, const WorkerJob& job, const fs::path& source) {
  if (!step.stopped.empty())
    return fmt::format("compiling {} {}: an exercise compiles in a second or two", job.shown, step.stopped);
  if (!step.ending.by_signal && step.ending.code == 0) {
    if (const std::string warnings = warnings_in(step.output, job, source); !warnings.empty())
      write_file(warnings_of(job.worker), warnings);
    return "";
  }
  const auto messages = read_compiler_messages(step.output, source.string(), known_names(job));
  if (!messages.empty()) return describe(messages, source.string(), job.shown);
  return step.output.empty() ? fmt::format("the compiler ended without a word on {}", job.shown)
                             : step.output.substr(0, kMostCompilerWords);
}

bool lies_in(const fs::path& file, const fs::path& folder) {
  return std::mismatch(folder.begin(), folder.end(), file.begin(), file.end()).first == folder.end();
}

/// The first file off limits that the compiler or assembler read, by the dependencies they wrote ("object: a.cpp b.hpp
/// \\"); empty when there is none.
std::string forbidden_include(const WorkerJob& job, const fs::path& source, const fs::path& dependencies) {
  if (!fs::exists(dependencies)) return "";
  for (const std::string& word : words_of(read_file(dependencies))) {
    const fs::path file = fs::absolute(word).lexically_normal();
    if (lies_in(file, source.parent_path())) continue;
    for (const fs::path& folder : job.off_limits)
      if (lies_in(file, folder)) return file.lexically_relative(folder.parent_path()).string();
  }
  return "";
}

/// Brings in the source and whatever headers lie beside it.
fs::path bring_in_source(const WorkerJob& job, Workshop& shop) {
  if (job.sandbox != SandboxMode::local)
    for (const fs::path& header : headers_in(job.source.parent_path()))
      if (why_source_is_refused(header, "", false).empty()) shop.bring_in(header);
  return shop.bring_in(job.source);
}

/// Compiles the source to an object; leaves the object, or gives the reason why there is none.
Refusal compile_object(const WorkerJob& job) {
  std::string refused = why_source_is_refused(job.source, job.shown, job.sandbox == SandboxMode::local);
  if (!refused.empty()) return {refused};
  Workshop shop(job.sandbox, job.readable);
  const fs::path source = bring_in_source(job, shop), object = object_of(job.worker);
  const fs::path dependencies = beside(job.worker, ".d"), assembled = beside(job.worker, ".o.d");
  std::vector<std::string> words = filled_in(job.commands.compile, source, {shop.place_for(object)}, {});
  words.insert(words.end(), {"-MMD", "-MF", shop.place_for(dependencies).string()});
  // So that a failed assertion says the same wherever it was compiled.
  if (job.sandbox != SandboxMode::local)
    words.push_back(fmt::format("-ffile-prefix-map={}/=", source.parent_path().string()));
  std::string error = error_of(shop.run(std::move(words), job.limits), job, source);
  if (!error.empty()) return {error};
  for (const fs::path& file : {object, dependencies, assembled}) shop.take_out(file);
  for (const fs::path& file : {dependencies, assembled})
    if (const std::string included = forbidden_include(job, source, file); !included.empty())
      return {fmt::format("{} includes {}: an exercise may include tasks.hpp, core/ and the standard library",
                          job.shown, included),
              true};
  return {};
}

/// Leaves an object and its key, or what went wrong and the key.
void compile(const WorkerJob& job) {
  const fs::path object = object_of(job.worker), error_file = object_error_of(job.worker);
  const bool is_readable = why_source_is_refused(job.source, "", true).empty();
  const std::string key = is_readable ? compile_key(job) : "no source";
  if (is_readable && holds(object_key_of(job.worker), key)) return;
  for (const fs::path& old :
       {object, error_file, object_forbidden_of(job.worker), warnings_of(job.worker), object_key_of(job.worker)})
    fs::remove(old);
  const Refusal refusal = compile_object(job);
  if (!refusal.text.empty()) {
    write_file(error_file, refusal.text);
    if (refusal.is_forbidden) write_file(object_forbidden_of(job.worker), "");
    fs::remove(object);
  }
  write_file(object_key_of(job.worker), key);
}

Refusal link_worker(const WorkerJob& job) {
  if (fs::exists(object_error_of(job.worker)))
    return {read_file(object_error_of(job.worker)), fs::exists(object_forbidden_of(job.worker))};
  std::vector<fs::path> objects = {object_of(job.worker)};
  for (const fs::path& other : job.joined) {
    if (!fs::exists(object_of(other)))
      return {
          fmt::format("{} calls functions of {}.cpp, which does not compile", job.shown, other.filename().string())};
    objects.push_back(object_of(other));
  }
  Workshop shop(job.sandbox, job.readable);
  for (fs::path& object : objects) object = shop.bring_in(object);
  const BoundedRun step = shop.run(filled_in(job.commands.link, {}, objects, shop.place_for(job.worker)), job.limits);
  std::string error = error_of(step, job, job.source);
  if (error.empty()) shop.take_out(job.worker);
  return {error};
}

/// Leaves a worker or its .compile_error, and the key.
void link(const WorkerJob& job) {
  const fs::path key_file = beside(job.worker, ".key"), error_file = beside(job.worker, ".compile_error");
  const fs::path forbidden_file = beside(job.worker, ".forbidden");
  const std::string key = link_key(job);
  if (holds(key_file, key)) return;
  for (const fs::path& old : {job.worker, error_file, forbidden_file, key_file}) fs::remove(old);
  const Refusal refusal = link_worker(job);
  if (!refusal.text.empty()) write_file(error_file, refusal.text);
  if (refusal.is_forbidden) write_file(forbidden_file, "");
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

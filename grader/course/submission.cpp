#include "grader/course/submission.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <functional>
#include <set>

#include "core/error.hpp"
#include "core/file.hpp"
#include "core/parallel.hpp"
#include "grader/compiler_messages.hpp"
#include "grader/course/process.hpp"

namespace handbuilt::grader {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestSource = std::size_t{1} << 20;

/// FNV-1a (Fowler, Noll and Vo, 1991): it tells versions of a file apart, it does not guard against malice.
class Fingerprint {
 public:
  void add(std::string_view bytes) {
    for (const char byte : bytes) mix(static_cast<unsigned char>(byte));
    mix(0);
  }
  [[nodiscard]] std::string text() const { return fmt::format("{:016x}", state_); }

 private:
  void mix(unsigned char byte) {
    state_ ^= byte;
    state_ *= 0x100000001b3;
  }
  std::uint64_t state_ = 0xcbf29ce484222325;
};

bool is_header(const fs::path& path) { return path.extension() == ".hpp" || path.extension() == ".h"; }

std::string fingerprint_of(const WorkerJob& job) {
  Fingerprint print;
  for (const auto& words : {job.commands.compile, job.commands.link})
    for (const std::string& word : words) print.add(word);
  print.add(read_file(job.source, kLargestSource));
  std::set<fs::path> headers;
  for (const fs::directory_entry& entry : fs::directory_iterator(job.source.parent_path()))
    if (is_header(entry.path())) headers.insert(entry.path());
  for (const fs::path& header : headers) {
    print.add(header.filename().string());
    print.add(read_file(header, kLargestSource));
  }
  for (const std::string& library : job.libraries)
    print.add(fmt::format("{} {} {}", library, fs::file_size(library),
                          fs::last_write_time(library).time_since_epoch().count()));
  return print.text();
}

/// Puts the job's paths where a recorded command has {source}, {object} and {worker}.
Command filled_in(const std::vector<std::string>& words, const WorkerJob& job) {
  const std::pair<std::string, std::string> places[] = {
      {"{source}", job.source.string()}, {"{object}", job.worker.string() + ".o"}, {"{worker}", job.worker.string()}};
  Command command{words, {}, {"LC_ALL=C"}};
  for (std::string& word : command.words)
    for (const auto& [place, path] : places)
      if (const std::size_t found = word.find(place); found != std::string::npos)
        word.replace(found, place.size(), path);
  return command;
}

/// What the student reads when the file does not build; empty when it does.
std::string build_error(const WorkerJob& job) {
  for (const std::vector<std::string>& words : {job.commands.compile, job.commands.link}) {
    const Captured step = capture(filled_in(words, job));
    if (step.exit_code == 0) continue;
    const auto messages = read_compiler_messages(step.output, job.source.string());
    return messages.empty() ? step.output : describe(messages, job.source.string(), job.shown);
  }
  return "";
}

void build_worker(const WorkerJob& job) {
  const fs::path key_file = job.worker.string() + ".key", error_file = job.worker.string() + ".compile_error";
  const bool missing = !fs::exists(job.source);
  const std::string key = missing ? "" : fingerprint_of(job);
  const bool built = fs::exists(job.worker) || fs::exists(error_file);
  if (!missing && built && fs::exists(key_file) && read_file(key_file) == key) return;

  for (const fs::path& old : {job.worker, key_file, error_file}) fs::remove(old);
  const std::string error = missing ? fmt::format("{} is not there", job.shown) : build_error(job);
  if (!error.empty()) write_file(error_file, error);
  if (!missing) write_file(key_file, key);
}

}  // namespace

void build_workers(const std::vector<WorkerJob>& jobs, int at_once) {
  for (const WorkerJob& job : jobs) fs::create_directories(job.worker.parent_path());
  const int count = static_cast<int>(jobs.size());
  Workers threads(std::clamp(at_once, 1, std::max(1, count)));
  std::atomic<int> next = 0;  // Files differ in how long they take, so each thread takes the next one that waits.
  threads.parallel_for(threads.count(), [&](int, int, int) {
    for (int i = next++; i < count; i = next++) build_worker(jobs[static_cast<std::size_t>(i)]);
  });
}

std::vector<std::string> files_of(const LessonInfo& lesson, const std::vector<std::string>& task_ids) {
  std::set<std::string> wanted(task_ids.begin(), task_ids.end());
  std::vector<std::string> files;
  // A task stands after those it needs, so going backwards meets every need before its task.
  for (auto task = lesson.tasks.rbegin(); task != lesson.tasks.rend(); ++task) {
    if (!task_ids.empty() && !wanted.contains(task->id)) continue;
    wanted.insert(task->needs.begin(), task->needs.end());
    if (std::find(files.begin(), files.end(), task->file) == files.end()) files.push_back(task->file);
  }
  std::reverse(files.begin(), files.end());
  return files;
}

}  // namespace handbuilt::grader

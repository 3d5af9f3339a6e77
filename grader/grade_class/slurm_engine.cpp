#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <set>
#include <string_view>

#include "core/error.hpp"
#include "core/file.hpp"
#include "grader/course/process.hpp"
#include "grader/course/signals.hpp"
#include "grader/grade_class/engines.hpp"
#include "grader/grade_class/record.hpp"
#include "grader/text/lines.hpp"
#include "grader/text/printable.hpp"

namespace handbuilt::grader {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int kMostElements = 1000;                  // Slurm's own MaxArraySize is 1001
constexpr int kLookEveryMs = 250;                    // at the files
constexpr auto kAskEvery = std::chrono::seconds(2);  // the controller, which many may be asking
constexpr int kMostRefusals = 15;                    // asked in vain as often, the controller is gone

std::string first_line(const std::string& text) {
  const std::vector<std::string> lines = split_lines(text);
  return lines.empty() ? "no message" : printable(lines.front(), false, 300);
}

void need_slurm() {
  for (const char* program : {"sbatch", "squeue", "scancel"})
    if (!is_program(program))
      throw Error(fmt::format("--engine slurm needs {}, which is not installed here: apt-get install -y slurm-client",
                              program));
}

/// One array job, from sbatch to its end.
class ArrayJob {
 public:
  ArrayJob(const fs::path& folder, const Command& submit) : id_file_(folder / "job") {
    const Captured submitted = capture(submit);
    const std::string id = first_line(submitted.output);
    const bool is_number = !id.empty() && std::isdigit(static_cast<unsigned char>(id.front())) != 0;
    if (submitted.exit_code != 0 || !is_number)
      throw Error("Slurm did not take the job: " + first_line(submitted.output));
    id_ = id.substr(0, id.find(';'));  // "ID;cluster"
    write_file(id_file_, id_ + "\n");
  }
  ~ArrayJob() {
    if (is_running_) cancel(id_);
    std::error_code ignored;
    fs::remove(id_file_, ignored);
  }
  ArrayJob(const ArrayJob&) = delete;
  ArrayJob& operator=(const ArrayJob&) = delete;

  /// Asks the controller, though not at every call.
  bool is_running() {
    if (!is_running_ || Clock::now() < next_question_) return is_running_;
    next_question_ = Clock::now() + kAskEvery;
    const Captured queue = capture({{"squeue", "--noheader", "--jobs=" + id_, "--format=%T"}, {}, {}});
    const bool is_forgotten = queue.output.find("Invalid job id") != std::string::npos;
    if (queue.exit_code != 0 && !is_forgotten) {
      if (++refusals_ >= kMostRefusals) throw Error("Slurm's controller does not answer: " + first_line(queue.output));
      return true;
    }
    refusals_ = 0;
    is_running_ = !is_forgotten && !trimmed(queue.output).empty();
    return is_running_;
  }
  [[nodiscard]] const std::string& id() const { return id_; }

  static void cancel(const std::string& id) { capture({{"scancel", id}, {}, {}}); }

 private:
  fs::path id_file_;
  std::string id_;
  bool is_running_ = true;
  int refusals_ = 0;
  Clock::time_point next_question_ = Clock::now();
};

/// Of a run that was killed, whose elements would write the same files.
void cancel_earlier_job(const fs::path& folder) {
  const fs::path file = folder / "job";
  if (!fs::exists(file)) return;
  ArrayJob::cancel(std::string(trimmed(read_file(file))));
  fs::remove(file);
}

std::string element_log(const fs::path& folder, std::size_t element) {
  const fs::path log = folder / fmt::format("element-{}.log", element);
  return fs::exists(log) ? std::string(trimmed(read_file(log))) : "";
}

Command submission(const House& house, const fs::path& folder, int elements, const SlurmOptions& options) {
  const std::string most = options.most_at_once > 0 ? fmt::format("%{}", options.most_at_once) : "";
  const Command element{{(house.build_folder() / "bin" / "course").string(), "grade-class-element",
                         (folder / "plan.json").string(), "--elements", std::to_string(elements)},
                        {},
                        {}};
  Command submit{{"sbatch", "--parsable", "--job-name=handbuilt-grades", "--cpus-per-task=1",
                  fmt::format("--array=0-{}{}", elements - 1, most), "--chdir=" + house.root.string(),
                  "--output=" + (folder / "element-%a.log").string()},
                 {},
                 {}};
  submit.words.insert(submit.words.end(), options.sbatch_words.begin(), options.sbatch_words.end());
  submit.words.push_back("--wrap=exec " + shell_words(element));
  return submit;
}

}  // namespace

EngineEnd grade_with_slurm(const House& house, const ClassPlan& plan, const std::vector<ClassEntry>& entries,
                           const SlurmOptions& options, const OnGraded& on_graded) {
  need_slurm();
  const fs::path folder = plan.state() / "slurm";
  fs::create_directories(folder);
  cancel_earlier_job(folder);
  for (const fs::directory_entry& old : fs::directory_iterator(folder)) fs::remove_all(old.path());
  const int elements = std::min(static_cast<int>(entries.size()), kMostElements);
  std::vector<std::string> slugs;
  for (const ClassEntry& entry : entries) {
    slugs.push_back(entry.slug);
    fs::remove(plan.record_of(entry));
    fs::remove(plan.failure_of(entry));
  }
  write_plan(folder / "plan.json", plan, slugs);

  Signals signals;
  ArrayJob job(folder, submission(house, folder, elements, options));
  std::set<std::size_t> told;
  const auto tell_of_ended = [&] {
    for (std::size_t i = 0; i < entries.size(); ++i)
      if ((fs::exists(plan.record_of(entries[i])) || fs::exists(plan.failure_of(entries[i]))) && told.insert(i).second)
        on_graded(entries[i]);
  };
  while (job.is_running()) {
    tell_of_ended();
    pollfd wait{signals.descriptor(), POLLIN, 0};
    ::poll(&wait, 1, kLookEveryMs);
    if (signals.stop_wanted()) return EngineEnd::kStopped;
  }
  tell_of_ended();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (told.contains(i)) continue;
    const std::size_t element = i % static_cast<std::size_t>(elements);
    const std::string log = element_log(folder, element);
    fs::create_directories(plan.failure_of(entries[i]).parent_path());
    write_file(plan.failure_of(entries[i]),
               fmt::format("element {} of Slurm job {} ended without a grade: {}", element, job.id(),
                           log.empty() ? "it left no message" : first_line(log)));
    on_graded(entries[i]);
  }
  return EngineEnd::kAllDone;
}

int grade_element(const House& house, const fs::path& plan_file, int element, int elements) {
  if (element < 0 || elements < 1 || element >= elements)
    throw ValueError(fmt::format("expected an element below {}, got {}", elements, element));
  const SharedPlan shared = read_plan(plan_file);
  int failures = 0;
  std::vector<ClassEntry> all = read_class_folder(shared.plan.folder, shared.plan.out).entries;
  for (std::size_t i = static_cast<std::size_t>(element); i < shared.slugs.size();
       i += static_cast<std::size_t>(elements)) {
    const auto entry =
        std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.slug == shared.slugs[i]; });
    if (entry == all.end()) throw DataError(shared.slugs[i] + ": the submission is not there any more");
    try {
      grade_entry(house, shared.plan, *entry, 1);
    } catch (const Error& error) {
      fmt::print(stderr, "course: {}\n", error.what());
      ++failures;
    }
  }
  return failures;
}

}  // namespace handbuilt::grader

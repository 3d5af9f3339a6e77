#include "grader/course/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "grader/course/house.hpp"
#include "grader/text/lines.hpp"
#include "grader/text/printable.hpp"

namespace handbuilt::grader {

namespace {

constexpr int kStatusColumns = 14;   // "COMPILE_ERROR" and a space
constexpr int kNarrowTerminal = 60;  // below this a title goes on a line of its own
constexpr std::size_t kPrintedLines = 12;

bool is_waiting(const std::string& status) { return status == "NOT_STARTED" || status == "NOT_CHECKED"; }

Tone tone_of(const std::string& status) {
  if (status == "PASSED") return Tone::kGood;
  return is_waiting(status) ? Tone::kQuiet : Tone::kBad;
}

/// The task shown in full: the first that went wrong, else the first that waits to be written.
const TaskVerdict* first_to_mend(const Verdict& verdict) {
  const auto wrong = std::find_if(verdict.tasks.begin(), verdict.tasks.end(), [](const TaskVerdict& task) {
    return task.status != "PASSED" && !is_waiting(task.status);
  });
  if (wrong != verdict.tasks.end()) return &*wrong;
  const auto waiting = std::find_if(verdict.tasks.begin(), verdict.tasks.end(),
                                    [](const TaskVerdict& task) { return task.status != "PASSED"; });
  return waiting == verdict.tasks.end() ? nullptr : &*waiting;
}

/// What this check cannot know about.
std::string hidden_words(const LessonInfo& lesson) {
  if (lesson.hidden_tests == 0) return "";
  return fmt::format("; {} hidden {} on submission", lesson.hidden_tests,
                     lesson.hidden_tests == 1 ? "test runs" : "tests run");
}

std::string printed_by_student(const TaskVerdict& task, const Terminal& terminal) {
  if (task.printed.empty()) return "";
  std::vector<std::string> lines = split_lines(printable(task.printed, true));
  const std::size_t more = lines.size() - std::min(lines.size(), kPrintedLines);
  lines.resize(lines.size() - more);
  std::string text = "\n" + toned(terminal, Tone::kStrong, "your program printed:") + "\n";
  for (const std::string& line : lines) text += "  | " + line + "\n";
  if (more > 0) text += fmt::format("  | ... and {} more lines\n", more);
  return text;
}

}  // namespace

std::string task_line(const TaskVerdict& task, const Terminal& terminal) {
  const std::string status = toned(terminal, tone_of(task.status), fmt::format("{:<{}}", task.status, kStatusColumns));
  const std::string points = fmt::format("{}/{}", task.points, task.max_points);
  const std::string note = task.note.empty() ? "" : wrapped(printable(task.note, true), terminal.width, "  ");
  if (terminal.width < kNarrowTerminal)
    return fmt::format("{}{}\n{}{}", status, points, wrapped(task.id, terminal.width, "  "), note);
  return fmt::format("{}{:>5}  {}\n{}", status, points, task.id, note);
}

std::string in_full(const TaskVerdict& task, const LessonInfo& lesson, const Request& request,
                    const Terminal& terminal) {
  const auto info = std::find_if(lesson.tasks.begin(), lesson.tasks.end(),
                                 [&](const TaskInfo& candidate) { return candidate.id == task.id; });
  const std::string heading = fmt::format("{}: {}", task.id, task.title);
  std::string text = "\n";
  for (const std::string& line : split_lines(wrapped(heading, terminal.width)))
    text += toned(terminal, Tone::kStrong, line) + "\n";
  if (!task.message.empty()) text += wrapped(printable(task.message, true), terminal.width, "  ");
  if (!task.rationale.empty()) text += "\n" + wrapped("why: " + task.rationale, terminal.width, "  ");
  if (!task.help.empty()) text += "\n" + wrapped("help: " + task.help, terminal.width, "  ");
  if (!task.input.empty()) text += "\n" + wrapped(printable(task.input, true), terminal.width, "  ");
  text += printed_by_student(task, terminal);
  if (task.status == "NOT_CHECKED") return text;
  text += "\n";
  if (task.status == "NOT_STARTED" && info != lesson.tasks.end() && request.options.empty())
    text += wrapped(fmt::format("write it in exercises/{}/{}", lesson.id, info->file), terminal.width);
  const std::string name = short_name(lesson, task.id);
  text += with_command("a hint:", "./course hint " + name, terminal.width);
  if (!task.replay.empty())
    text += with_command("in the debugger:", "./course debug " + name + request.options, terminal.width);
  return text;
}

std::string lesson_standing(const LessonInfo& lesson, int tasks_passed) {
  const std::size_t all = lesson.tasks.size();
  return fmt::format("{} of {} {}{}", tasks_passed, all, all == 1 ? "task passes" : "tasks pass", hidden_words(lesson));
}

std::string status_words(const std::string& status) {
  std::string words;
  for (const char c : status) words += c == '_' ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return words;
}

std::string report(const Verdict& verdict, const LessonInfo& lesson, const Request& request, const Terminal& terminal) {
  std::string text;
  for (const std::string& line : split_lines(wrapped(lesson.id + ": " + lesson.title, terminal.width)))
    text += toned(terminal, Tone::kStrong, line) + "\n";
  for (const TaskVerdict& task : verdict.tasks) text += task_line(task, terminal);
  if (const TaskVerdict* task = first_to_mend(verdict)) text += in_full(*task, lesson, request, terminal);

  const auto passed = std::count_if(verdict.tasks.begin(), verdict.tasks.end(),
                                    [](const TaskVerdict& task) { return task.status == "PASSED"; });
  text += "\n" + wrapped(fmt::format("{} of {} checked tasks passed, {} of {} points{}", passed, verdict.tasks.size(),
                                     verdict.score, verdict.max_score, hidden_words(lesson)),
                         terminal.width);
  text += with_command("the same inputs again:",
                       fmt::format("./course check {}{} --seed {}", request.place, request.options, verdict.seed),
                       terminal.width);
  return text;
}

}  // namespace handbuilt::grader

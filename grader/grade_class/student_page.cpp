#include <fmt/format.h>

#include "grader/course/report.hpp"
#include "grader/grade_class/class_report.hpp"
#include "grader/grade_class/html.hpp"
#include "grader/report/words.hpp"

// What a student gets back. It names nobody else.
namespace handbuilt::grader {

namespace {

std::string paragraph(const char* label, const std::string& text) {
  if (text.empty()) return "";
  return fmt::format("<p><b>{}</b></p>\n<pre class=\"words\">{}</pre>\n", label, escaped(text, true));
}

std::string block(const char* label, const std::string& text) {
  if (text.empty()) return "";
  return fmt::format("<p><b>{}</b></p>\n<pre class=\"said\">{}</pre>\n", label, escaped(text, true));
}

/// All that was said on a task that did not pass.
std::string in_full(const TaskVerdict& task) {
  std::string html = fmt::format("<h3 id=\"{0}\">{1} {0}: {2}</h3>\n", escaped(task.id), status_badge(task.status),
                                 escaped(task.title));
  if (!task.message.empty()) html += fmt::format("<pre class=\"said\">{}</pre>\n", escaped(task.message, true));
  html += paragraph("Why", task.rationale) + paragraph("What to look at", task.help);
  html += block("The call that went wrong", task.input) + block("Your program printed", printed_by(task));
  return html;
}

std::string lesson_part(const House& house, const Verdict& lesson) {
  std::string html = fmt::format(
      "<h2>{}: {}</h2>\n<p>{} points</p>\n<div class=\"wide\"><table>\n<thead><tr><th>Task</th>"
      "<th>Verdict</th><th class=\"number\">Points</th></tr></thead>\n<tbody>\n",
      escaped(lesson.lesson), escaped(find_place(house, lesson.lesson).lesson->title),
      share_words(lesson.score, lesson.max_score));
  for (const TaskVerdict& task : lesson.tasks)
    html += fmt::format("<tr><td>{}: {}{}</td><td>{}</td><td class=\"number\">{} of {}</td></tr>\n", escaped(task.id),
                        escaped(task.title),
                        task.note.empty() ? "" : "<br><span class=\"quiet\">" + escaped(task.note) + "</span>",
                        status_badge(task.status), task.points, task.max_points);
  html += "</tbody></table></div>\n";
  for (const TaskVerdict& task : lesson.tasks)
    if (!has_passed(task)) html += in_full(task);
  return html;
}

}  // namespace

std::string student_page(const House& house, const ClassReport& report, const ClassResult& result) {
  const std::string& name = result.entry.student;
  std::string body = fmt::format("<h1>{}</h1>\n", escaped(name));
  if (name != result.entry.name) body += fmt::format("<p class=\"quiet\">{}</p>\n", escaped(result.entry.name));
  if (!result.grade) {
    body += fmt::format("<p class=\"notice\"><b>Not graded yet.</b> This is no fault of the submission: {}</p>\n",
                        escaped(result.failure));
    return html_page(name, body);
  }
  const Grade& grade = *result.grade;
  body += fmt::format("<ul class=\"numbers\"><li><b>{}</b><span>points of {}</span></li></ul>\n", grade.score(),
                      report.max_score);
  for (const std::string& problem : grade.problems)
    body += fmt::format("<p class=\"notice\">{}</p>\n", escaped(problem));
  if (!result.refused)
    for (const Verdict& lesson : grade.lessons) body += lesson_part(house, lesson);
  body += fmt::format(
      "<h2>How it was graded</h2>\n<p class=\"quiet\">Random inputs from seed {}, sandbox: {}. To see the "
      "same verdict in your own copy: <code>./course check LESSON --seed {}</code></p>\n",
      grade.seed, to_string(grade.sandbox), grade.seed);
  return html_page(name, body);
}

}  // namespace handbuilt::grader

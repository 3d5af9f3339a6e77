#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "grader/grade_class/class_report.hpp"
#include "grader/grade_class/html.hpp"
#include "grader/report/words.hpp"

// What an instructor opens first.
namespace handbuilt::grader {

namespace {

constexpr int kScoreBins = 10;
constexpr std::size_t kPairsHere = 5;

struct Totals {
  int graded = 0, refused = 0, failed = 0;
  double mean = 0, median = 0;
};

Totals totals_of(const ClassReport& report) {
  Totals totals;
  std::vector<int> scores;
  for (const ClassResult& result : report.results) {
    if (!result.grade) {
      ++totals.failed;
      continue;
    }
    ++(result.refused ? totals.refused : totals.graded);
    scores.push_back(result.score());
  }
  if (scores.empty()) return totals;
  std::sort(scores.begin(), scores.end());
  for (const int score : scores) totals.mean += score / static_cast<double>(scores.size());
  const std::size_t half = scores.size() / 2;
  totals.median = scores.size() % 2 == 1 ? scores[half] : (scores[half - 1] + scores[half]) / 2.0;
  return totals;
}

std::string number_card(const std::string& number, const std::string& what) {
  return fmt::format("<li><b>{}</b><span>{}</span></li>\n", number, what);
}

std::string numbers_part(const ClassReport& report, const Totals& totals) {
  std::string html =
      "<ul class=\"numbers\">\n" + number_card(std::to_string(report.results.size()), "submissions") +
      number_card(fmt::format("{:.1f}", totals.mean), fmt::format("points on average, of {}", report.max_score)) +
      number_card(fmt::format("{:g}", totals.median), "points in the middle (median)");
  if (totals.refused > 0) html += number_card(std::to_string(totals.refused), "could not be taken in");
  if (totals.failed > 0) html += number_card(std::to_string(totals.failed), "not graded yet");
  return html + "</ul>\n";
}

/// Submissions whose score lies in each tenth of the points.
plot::Figure distribution(const ClassReport& report) {
  std::vector<double> counts(kScoreBins, 0);
  std::vector<std::string> names;
  for (const ClassResult& result : report.results) {
    if (!result.grade || report.max_score == 0) continue;
    const int bin = std::min(kScoreBins - 1, result.score() * kScoreBins / report.max_score);
    ++counts[static_cast<std::size_t>(bin)];
  }
  for (int bin = 0; bin < kScoreBins; ++bin) names.push_back(fmt::format("{}", bin * 100 / kScoreBins));
  plot::Figure figure("How the points are distributed");
  figure.size(560, 320).axes("percent of the points, from", "submissions").categories(names).bars(counts, "");
  return figure;
}

int passed_by(const ClassReport& report, const TaskColumn& task) {
  return static_cast<int>(std::count_if(report.results.begin(), report.results.end(), [&](const ClassResult& result) {
    const TaskVerdict* verdict = ClassReport::verdict_on(result, task);
    return verdict != nullptr && has_passed(*verdict);
  }));
}

plot::Figure tasks_figure(const ClassReport& report, int graded) {
  std::vector<double> shares;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < report.tasks.size(); ++i) {
    shares.push_back(graded == 0 ? 0 : 100.0 * passed_by(report, report.tasks[i]) / graded);
    names.push_back(std::to_string(i + 1));
  }
  plot::Figure figure("Who passed which task");
  figure.size(560, 320).axes("task", "percent of the submissions").categories(names).y_range(0, 100).bars(shares, "");
  return figure;
}

std::string tasks_part(const ClassReport& report, int graded) {
  std::string html =
      "<h2>The tasks</h2>\n<div class=\"wide\"><table class=\"sortable\">\n<thead><tr><th "
      "class=\"number\">No.</th><th>Task"
      "</th><th class=\"number\">Points</th><th>Passed by</th></tr></thead>\n<tbody>\n";
  for (std::size_t i = 0; i < report.tasks.size(); ++i) {
    const TaskColumn& task = report.tasks[i];
    const int passed = passed_by(report, task);
    html += fmt::format(
        "<tr><td class=\"number\">{}</td><td>{}/{}<br><span class=\"quiet\">{}</span></td>"
        "<td class=\"number\">{}</td><td data-value=\"{}\"><span class=\"bar\"><i style=\"width:{}%\"></i>"
        "</span>{}</td></tr>\n",
        i + 1, escaped(task.lesson), escaped(task.id), escaped(task.title), task.points, passed,
        graded == 0 ? 0 : 100 * passed / graded, share_words(passed, graded));
  }
  return html + "</tbody></table></div>\n";
}

std::string mistakes_part(const ClassReport& report) {
  const std::vector<CommonMistake> mistakes = commonest_mistakes(report);
  std::string html = "<h2>The commonest mistakes</h2>\n";
  if (mistakes.empty()) return html + "<p>No two submissions made the same mistake.</p>\n";
  html +=
      "<div class=\"wide\"><table class=\"sortable\">\n<thead><tr><th class=\"number\">Students</th><th>Task</th>"
      "<th>Verdict</th><th>What they were told</th></tr></thead>\n<tbody>\n";
  for (const CommonMistake& mistake : mistakes)
    html += fmt::format("<tr><td class=\"number\">{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n", mistake.students,
                        escaped(mistake.task.id), status_badge(mistake.status), escaped(mistake.said));
  return html + "</tbody></table></div>\n";
}

/// A mark, the points and, for whoever points at it, the words.
std::string task_cell(const ClassResult& result, const TaskColumn& task) {
  const TaskVerdict* verdict = ClassReport::verdict_on(result, task);
  if (verdict == nullptr) return "<td class=\"cell wait\" title=\"not handed in\" data-value=\"0\">&middot;</td>";
  const bool passed = has_passed(*verdict), waits = was_not_judged(*verdict) || verdict->status == "NOT_STARTED";
  return fmt::format("<td class=\"cell {}\" title=\"{}\" data-value=\"{}\">{} {}</td>",
                     passed  ? "good"
                     : waits ? "wait"
                             : "bad",
                     escaped(task.id + ": " + told_in_a_line(*verdict)), verdict->points,
                     passed  ? "&#10003;"
                     : waits ? "&ndash;"
                             : "&#10007;",
                     verdict->points);
}

std::string student_row(const ClassReport& report, const ClassResult& result) {
  std::string row = fmt::format("<tr><th scope=\"row\"><a href=\"students/{}/feedback.html\">{}</a>{}</th>",
                                escaped(result.entry.slug), escaped(result.entry.student),
                                result.entry.is_late ? " <span class=\"quiet\">(late)</span>" : "");
  if (!result.grade || result.refused)
    return row + fmt::format("<td class=\"number\" data-value=\"{}\">{}</td><td colspan=\"{}\">{}{}</td></tr>\n",
                             result.grade ? "0" : "-1", result.grade ? "0" : "",
                             std::max<std::size_t>(1, report.tasks.size()), result.grade ? "" : "<b>not graded:</b> ",
                             escaped(result.grade ? result.grade->problems.front() : result.failure));
  row += fmt::format("<td class=\"number\">{}</td>", result.score());
  for (const TaskColumn& task : report.tasks) row += task_cell(result, task);
  return row + "</tr>\n";
}

std::string students_part(const ClassReport& report) {
  std::string html =
      "<h2>The students</h2>\n<p class=\"quiet\">&#10003; passed, &#10007; did not, &ndash; not started or "
      "waiting for another task, with the points. A name leads to the page to hand back.</p>\n"
      "<div class=\"wide\"><table class=\"sortable students\">\n<thead><tr><th>Student</th>"
      "<th class=\"number\">Points</th>";
  for (std::size_t i = 0; i < report.tasks.size(); ++i)
    html += fmt::format("<th class=\"cell\" title=\"{}\">{}</th>", escaped(report.tasks[i].id), i + 1);
  html += "</tr></thead>\n<tbody>\n";
  for (const ClassResult& result : report.results) html += student_row(report, result);
  return html + "</tbody></table></div>\n";
}

std::string similarity_part(const ClassReport& report) {
  const SimilarityReport& similarity = report.similarity;
  std::string html = "<h2>Alike</h2>\n";
  if (similarity.pairs.empty())
    return html + fmt::format("<p>None of {} pairs of submissions is unusually alike.</p>\n", similarity.compared);
  html += fmt::format(
      "<p>{} of {} pairs of submissions share so much that somebody should look. That is a reason to look, "
      "not a verdict: <a href=\"similarity.html\">side by side</a>.</p>\n<ul>\n",
      similarity.pairs.size(), similarity.compared);
  for (std::size_t i = 0; i < std::min(kPairsHere, similarity.pairs.size()); ++i) {
    const SimilarPair& pair = similarity.pairs[i];
    html += fmt::format("<li><a href=\"similarity.html#pair-{}\">{} and {}</a>: {:.0f} %</li>\n", i + 1,
                        escaped(report.results[pair.first].entry.student),
                        escaped(report.results[pair.second].entry.student), 100 * pair.share);
  }
  return html + "</ul>\n";
}

std::string notices_part(const ClassReport& report, const Totals& totals) {
  std::string html;
  if (totals.failed > 0)
    html += fmt::format(
        "<p class=\"notice\"><b>{} not graded</b> for a reason that is not the students'. Mend it and run the "
        "same command again: nothing that stands here is graded twice.</p>\n",
        totals.failed);
  for (const std::string& line : report.aside)
    html += fmt::format("<p class=\"notice advice\">Left aside: {}</p>\n", escaped(line));
  return html;
}

}  // namespace

std::string class_page(const House& house, const ClassReport& report) {
  const Totals totals = totals_of(report);
  const int graded = totals.graded + totals.refused;
  std::vector<std::string> lessons;
  for (const TaskColumn& task : report.tasks)
    if (lessons.empty() || lessons.back() != task.lesson) lessons.push_back(task.lesson);
  std::string title = "Grades";
  for (std::size_t i = 0; i < lessons.size(); ++i)
    title += (i == 0 ? ": " : ", ") + lessons[i] +
             (lessons.size() == 1 ? " (" + find_place(house, lessons[i]).lesson->title + ")" : "");
  std::string body = fmt::format(
      "<h1>{}</h1>\n<p class=\"quiet\">Class seed {}, sandbox: {}. Also: <a href=\"grades.csv\">"
      "grades.csv</a> for a spreadsheet, <a href=\"timings.html\">what took how long</a>.</p>\n",
      escaped(title), report.plan.class_seed, to_string(report.plan.sandbox));
  body += notices_part(report, totals) + numbers_part(report, totals);
  if (!report.tasks.empty())
    body += "<div class=\"figures\">\n" + html_figure(distribution(report)) +
            html_figure(tasks_figure(report, graded)) + "</div>\n" + tasks_part(report, graded) + mistakes_part(report);
  return html_page(title, body + students_part(report) + similarity_part(report));
}

std::string timings_page(const ClassReport& report) {
  std::vector<const ClassResult*> slowest;
  for (const ClassResult& result : report.results)
    if (result.grade) slowest.push_back(&result);
  std::stable_sort(slowest.begin(), slowest.end(), [](const ClassResult* one, const ClassResult* other) {
    return one->grade->seconds > other->grade->seconds;
  });
  std::string body =
      "<h1>What took how long</h1>\n<p class=\"quiet\">Seconds on the clock, the slowest first. No grade "
      "depends on them.</p>\n<div class=\"wide\"><table class=\"sortable\">\n<thead><tr><th>Student</th>"
      "<th class=\"number\">Seconds, with compiling</th><th>Slowest task</th></tr></thead>\n<tbody>\n";
  for (const ClassResult* result : slowest) {
    const TaskVerdict* longest = nullptr;
    for (const Verdict& lesson : result->grade->lessons)
      for (const TaskVerdict& task : lesson.tasks)
        if (longest == nullptr || task.seconds > longest->seconds) longest = &task;
    body += fmt::format("<tr><td>{}</td><td class=\"number\">{:.2f}</td><td>{}</td></tr>\n",
                        escaped(result->entry.student), result->grade->seconds,
                        longest == nullptr ? "" : fmt::format("{}: {:.2f} s", escaped(longest->id), longest->seconds));
  }
  return html_page("What took how long", body + "</tbody></table></div>\n");
}

}  // namespace handbuilt::grader

#include "grader/report/junit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "grader/report/words.hpp"
#include "grader/text/printable.hpp"

namespace handbuilt::grader {

namespace {

/// For text and for attributes in double quotes. The text is printable, so no other character is forbidden.
std::string escaped(std::string_view text) {
  std::string xml;
  for (const char c : text) {
    switch (c) {
      case '&':
        xml += "&amp;";
        break;
      case '<':
        xml += "&lt;";
        break;
      case '>':  // "]]>" may not stand in a text
        xml += "&gt;";
        break;
      case '"':
        xml += "&quot;";
        break;
      default:
        xml += c;
    }
  }
  return xml;
}

std::string property(std::string_view name, const std::string& value) {
  return fmt::format("      <property name=\"{}\" value=\"{}\"/>\n", name, escaped(value));
}

std::string test_case(const TaskVerdict& task, const std::string& lesson) {
  const std::string open = fmt::format("    <testcase name=\"{}\" classname=\"{}\" time=\"{:.3f}\"", escaped(task.id),
                                       escaped(lesson), task.seconds);
  std::string inside;
  if (!has_passed(task))
    inside +=
        fmt::format("      <{0} type=\"{1}\" message=\"{2}\">{3}</{0}>\n", was_not_judged(task) ? "skipped" : "failure",
                    escaped(task.status), escaped(told_in_a_line(task)), escaped(told_of(task)));
  if (!task.printed.empty()) inside += fmt::format("      <system-out>{}</system-out>\n", escaped(printed_by(task)));
  return inside.empty() ? open + "/>\n" : open + ">\n" + inside + "    </testcase>\n";
}

struct Counts {
  std::ptrdiff_t tests = 0, failures = 0, skipped = 0;
  double seconds = 0;
};

Counts count(const Verdict& lesson) {
  Counts counts;
  for (const TaskVerdict& task : lesson.tasks) {
    ++counts.tests;
    counts.skipped += was_not_judged(task) ? 1 : 0;
    counts.failures += !has_passed(task) && !was_not_judged(task) ? 1 : 0;
    counts.seconds += task.seconds;
  }
  return counts;
}

std::string test_suite(const Verdict& lesson, const Grade& grade) {
  const Counts counts = count(lesson);
  std::string xml = fmt::format(
      "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" time=\"{:.3f}\">\n",
      escaped(lesson.lesson), counts.tests, counts.failures, counts.skipped, counts.seconds);
  xml += "    <properties>\n";
  xml += property("submission", printable(grade.submission));
  xml += property("sandbox", std::string(to_string(grade.sandbox)));
  xml += property("seed", std::to_string(grade.seed));
  xml += property("score", std::to_string(lesson.score));
  xml += property("max_score", std::to_string(lesson.max_score));
  xml += "    </properties>\n";
  for (const TaskVerdict& task : lesson.tasks) xml += test_case(task, lesson.lesson);
  return xml + "  </testsuite>\n";
}

}  // namespace

std::string junit_report(const Grade& grade) {
  Counts all;
  std::string suites;
  for (const Verdict& lesson : grade.lessons) {
    const Counts counts = count(lesson);
    all.tests += counts.tests;
    all.failures += counts.failures;
    suites += test_suite(lesson, grade);
  }
  return fmt::format(
             "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
             "<testsuites name=\"handbuilt\" tests=\"{}\" failures=\"{}\" errors=\"0\" time=\"{:.3f}\">\n",
             all.tests, all.failures, grade.seconds) +
         suites + "</testsuites>\n";
}

}  // namespace handbuilt::grader

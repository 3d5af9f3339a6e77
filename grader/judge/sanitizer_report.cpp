#include "grader/judge/sanitizer_report.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <regex>

namespace handbuilt::grader {

namespace {

using Match = std::match_results<std::string_view::const_iterator>;

std::optional<Match> search(std::string_view text, const std::string& pattern) {
  Match match;
  if (!std::regex_search(text.begin(), text.end(), match, std::regex(pattern))) return std::nullopt;
  return match;
}

/// A phrase of the undefined-behaviour sanitizer as a regular expression, and what it means ($1 as in std::regex).
struct Explanation {
  const char* phrase;
  const char* plain_words;
};

constexpr std::array kUndefined = std::to_array<Explanation>({
    {"signed integer overflow: (.*) cannot be represented in type '(.*)'",
     "a whole number became too large for its type $2: $1"},
    {"index (-?\\d+) out of bounds for type '(.*)'", "you used index $1 of an array declared as $2"},
    {"division by zero", "you divided a whole number by zero"},
    {"(?:load of|store to|member access within|reference binding to|member call on) null pointer.*",
     "you used a pointer that points nowhere (null)"},
    {"store to address .* with insufficient space for an object of type '(.*)'",
     "you wrote a $1 past the end of a block of memory"},
    {"(?:load of|reference binding to) address .* with insufficient space for an object of type '(.*)'",
     "you read a $1 past the end of a block of memory"},
    {"shift exponent (-?\\d+) is .*", "you shifted a number by $1 bits, more than it has or less than none"},
    {"load of value .*, which is not a valid value for type '(.*)'", "you read a $1 that was never given a value"},
    {"execution reached the end of a value-returning function.*", "the function ended without a return"},
    {"null pointer passed as argument.*", "you handed on a pointer that points nowhere (null)"},
});

std::string explain_undefined(const std::string& phrase) {
  for (const Explanation& explanation : kUndefined) {
    const std::regex pattern(explanation.phrase);
    if (std::regex_match(phrase, pattern)) return std::regex_replace(phrase, pattern, explanation.plain_words);
  }
  return phrase;
}

/// "you read entry 3 of a block that has 3, counted from 0", by the size of the access and of the block it left.
std::string explain_overflow(std::string_view report, const std::string& verb) {
  const auto access = search(report, "(?:READ|WRITE) of size (\\d+)");
  const auto place =
      search(report, "is located (\\d+) bytes (to the right of|after|to the left of|before) (\\d+)-byte");
  if (!place) return "you " + verb + " outside of a variable's memory";
  const bool is_after = (*place)[2] == "to the right of" || (*place)[2] == "after";
  if (!is_after) return "you " + verb + " before the start of a block of memory";
  const long distance = std::stol((*place)[1]), block = std::stol((*place)[3]);
  const long size = access ? std::stol((*access)[1]) : 0;
  if (size == 0 || block % size != 0 || distance % size != 0)
    return "you " + verb + " past the end of a block of memory";
  return "you " + verb + " past the end of a block: entry " + std::to_string((block + distance) / size) +
         " where there are " + std::to_string(block / size) + ", counted from 0";
}

std::string explain_address(const std::string& kind, std::string_view report) {
  const std::string verb = search(report, "WRITE of size|caused by a WRITE") ? "wrote" : "read";
  if (kind.find("overflow") != std::string::npos && kind != "stack-overflow") return explain_overflow(report, verb);
  if (kind == "heap-use-after-free")
    return "you " + verb + " memory that was given back before (or moved, as a list grew)";
  if (kind.starts_with("stack-use-after")) return "you " + verb + " a variable that no longer exists";
  if (kind == "stack-overflow") return "the function calls itself without end";
  if (kind == "attempting") return "you gave back memory twice, or memory that is not yours to give back";
  if (kind.ends_with("-mismatch")) return "memory was given back in another way than it was taken (new, new[], malloc)";
  if (kind == "SEGV") return "you " + verb + " memory that is not yours: an index or a pointer is far off";
  if (kind == "FPE") return "you divided a whole number by zero";
  if (kind == "allocation-size-too-big" || kind == "requested") return "you asked for an impossible amount of memory";
  return kind;
}

/// The line of the topmost call that stands in the student's file: "FOLDER/mean.cpp:22".
int line_in(std::string_view report, std::string_view student_file) {
  for (std::size_t at = 0; (at = report.find(student_file, at)) != std::string_view::npos; at += student_file.size()) {
    const bool is_whole_name = at == 0 || report[at - 1] == '/' || report[at - 1] == ' ' || report[at - 1] == '\n';
    const auto number = search(report.substr(at + student_file.size()), "^:(\\d{1,7})");
    if (is_whole_name && number) return std::stoi((*number)[1]);
  }
  return 0;
}

}  // namespace

std::string SanitizerReport::message(const std::string& student_file) const {
  return (line > 0 ? student_file + ":" + std::to_string(line) + ": " : "") + plain_words +
         (kind == plain_words ? "" : "\n(the sanitizer says: " + kind + ")");
}

SanitizerReport read_sanitizer_report(std::string_view printed, std::string_view student_file) {
  constexpr std::string_view kAddress = "ERROR: AddressSanitizer: ", kUndefinedMark = ": runtime error: ";
  SanitizerReport report;
  const std::size_t address = printed.find(kAddress), undefined = printed.find(kUndefinedMark);
  const std::size_t mark = std::min(address, undefined);
  if (mark == std::string_view::npos) return report;

  // The report starts with the mark's line, or with a ruler and a word above it.
  std::size_t start = printed.rfind('\n', mark) + 1;
  for (const std::string_view heading :
       {"AddressSanitizer:DEADLYSIGNAL\n", "=====\n", "AddressSanitizer:DEADLYSIGNAL\n"})
    if (printed.substr(0, start).ends_with(heading)) start = start < 2 ? 0 : printed.rfind('\n', start - 2) + 1;
  const std::string_view text = printed.substr(start), after = printed.substr(mark);

  report.found = true;
  report.before = printed.substr(0, start);
  report.line = line_in(text, student_file);
  if (mark == address) {
    const std::string_view rest = after.substr(kAddress.size());
    report.kind = rest.substr(0, rest.find_first_of(" \n"));
    report.plain_words = explain_address(report.kind, text);
  } else {
    const std::string_view rest = after.substr(kUndefinedMark.size());
    report.kind = rest.substr(0, rest.find('\n'));
    report.plain_words = explain_undefined(report.kind);
  }
  return report;
}

}  // namespace handbuilt::grader

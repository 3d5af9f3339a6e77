#pragma once

#include <string>
#include <string_view>

namespace handbuilt::grader {

/// What a sanitizer of gcc or clang wrote as it stopped a program, taken apart.
struct SanitizerReport {
  bool found = false;
  int line = 0;             ///< of the student's file; 0 when the report names none
  std::string plain_words;  ///< "you read entry 3 of a block that has 3, counted from 0"
  std::string kind;         ///< in the sanitizer's words: "heap-buffer-overflow"
  std::string before;       ///< what the program itself had printed

  /// "mean.cpp:22: you read ... (the sanitizer says: heap-buffer-overflow)".
  [[nodiscard]] std::string message(const std::string& student_file) const;
};

/// Looks for a report of the address or the undefined-behaviour sanitizer in what a program printed. `student_file` is
/// the name of the file whose line is wanted, without folders.
SanitizerReport read_sanitizer_report(std::string_view printed, std::string_view student_file);

}  // namespace handbuilt::grader

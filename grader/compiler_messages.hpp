#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace handbuilt::grader {

/// One thing a compiler or linker had to say, addressed to the student.
struct CompilerMessage {
  enum class Kind { error, warning };
  Kind kind = Kind::error;
  std::string file;                  ///< as the compiler printed it; empty for the linker
  int line = 0;                      ///< from 1; 0 when unknown
  int column = 0;                    ///< from 1; 0 when unknown
  std::string text;                  ///< the compiler's own words, namespaces and aliases of the library shortened
  std::vector<std::string> excerpt;  ///< the source line with its caret, as the compiler drew it
  std::string plain_words;           ///< what a beginner should look for; empty when the message speaks for itself
};

/// Reads the output of gcc, clang or GNU ld (in the C locale). What happened in `student_file` stands first, errors
/// before warnings. An error inside a header that the student's line caused is reported at the student's line. A line
/// is reported once, for its first message: what follows on the same line is mostly an echo. When `known_names` is
/// given, the text of the files that a student works with, a compiler's "did you mean" counts only for a name that
/// stands there.
std::vector<CompilerMessage> read_compiler_messages(std::string_view output, std::string_view student_file,
                                                    std::string_view known_names = {});

/// The first `most` messages as text to read in a terminal: place, plain words, the compiler's words, the line.
/// `shown_file` replaces the student's path. Says how many more there are.
std::string describe(const std::vector<CompilerMessage>& messages, std::string_view student_file,
                     std::string_view shown_file, std::size_t most = 3);

}  // namespace handbuilt::grader

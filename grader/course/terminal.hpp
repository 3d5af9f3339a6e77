#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace handbuilt::grader {

/// How to write for whoever reads: a terminal has a width and perhaps colours; a file or a pipe has neither.
struct Terminal {
  int width = 80;
  bool colour = false;
  bool words_only = false;  ///< --plain: nothing that a screen reader would spell out, such as a progress bar
};

/// Looks at standard output. `plain` (the --plain option), NO_COLOR, TERM=dumb and anything that is not a terminal give
/// plain words; COLUMNS, when set, is believed.
Terminal find_terminal(bool plain);

enum class Tone { kPlain, kStrong, kGood, kBad, kQuiet };

/// The text in a tone, or as it is where there are no colours. Words carry the meaning; the tone only helps the eye.
std::string toned(const Terminal& terminal, Tone tone, std::string_view text);

/// How much is done, as `[####------]`; nothing for those who asked for words only.
std::string bar(const Terminal& terminal, int done, int all);

/// How many columns a UTF-8 text takes, one a code point.
int columns_of(std::string_view text);

/// Breaks lines that are longer than `width` at spaces, where words allow it; the others stay as they are, and so does
/// code that a compiler quotes, whose marks stand below the words they mean. Every line
/// starts with `indent`, and what a broken line continues with keeps that line's own indentation.
std::string wrapped(std::string_view text, int width, std::string_view indent = "");

/// A label and a command to type, which is never broken: on a line of its own where both do not fit into one.
std::string with_command(std::string_view label, std::string_view command, int width);

/// The known names nearest to a mistyped one, best first: few slips of the finger (Levenshtein, 1966) or the same
/// start.
std::vector<std::string> nearest_names(const std::string& name, const std::vector<std::string>& known,
                                       std::size_t most = 3);

}  // namespace handbuilt::grader

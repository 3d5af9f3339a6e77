#include "grader/compiler_messages.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <set>
#include <utility>

namespace handbuilt::grader {

namespace {

/// A compiler's phrase, with * for any run of characters, and what it means to a beginner. "$1" in the sentence stands
/// for what the first * matched.
struct Explanation {
  std::string_view pattern;
  std::string_view sentence;
};

// The first pattern that fits wins, so the special stands before the general.
constexpr std::array kExplanations = std::to_array<Explanation>({
    // Punctuation
    {"expected ',' or ';' before *", "A semicolon is missing at the end of the statement before this place."},
    {"expected ';' before '<' token", "The three parts of a for loop are separated by semicolons, not commas."},
    {"expected ';' before ')' token", "The three parts of a for loop are separated by semicolons, not commas."},
    {"expected ';' before *", "A semicolon is missing just before this place, often at the end of the line above."},
    {"expected ';' after *", "A semicolon is missing at the end of this statement."},
    {"expected ';' at end of *", "A semicolon is missing at the end of this statement."},
    {"expected '}' at end of input", "An opening brace { is never closed: count the braces, one } is missing."},
    {"expected '}'", "An opening brace { is never closed: count the braces, one } is missing."},
    {"expected declaration before '}' token", "There is one closing brace } too many: the function ended further up."},
    {"extraneous closing brace*", "There is one closing brace } too many: the function ended further up."},
    {"expected unqualified-id before *",
     "The compiler thinks the function is over here: look for a } too many, or a stray ; after the function's "
     "first line."},
    {"expected ')' before *", "A closing parenthesis ) is missing before this place."},
    {"expected ')'", "A closing parenthesis ) is missing before this place."},
    {"missing terminating \" character", "A text in \"quotes\" is not closed on its line."},
    {"extended character * is not valid in an identifier",
     "The character $1 is not plain C++: curly quotes and long dashes come along when code is pasted from a document. "
     "Type it anew."},
    {"stray * in program",
     "There is a character here that C++ does not know: it may have come along with pasted text."},
    {"unexpected character *",
     "There is a character here that C++ does not know: it may have come along with pasted text."},
    {"'else' without a previous 'if'", "This else belongs to no if: put the statements of the if in braces { }."},

    // Names
    {"'While' was not declared in this scope*", "C++ tells upper from lower case: it is while."},
    {"'For' was not declared in this scope*", "C++ tells upper from lower case: it is for."},
    {"'cout' was not declared in this scope*", "Write std::cout, and #include <iostream> at the top of the file."},
    {"'endl' was not declared in this scope*", "Write std::endl, and #include <iostream> at the top of the file."},
    {"'*' was not declared in this scope; did you mean 'std::*'?", "$1 lives in the standard library: write std::$2."},
    {"'*' was not declared in this scope; did you mean '*'?", "There is nothing called $1 here. Perhaps you meant $2?"},
    {"'vector' was not declared in this scope*", "vector lives in the standard library: write std::vector."},
    {"'exp' was not declared in this scope*", "Write std::exp, and #include <cmath> at the top of the file."},
    {"'log' was not declared in this scope*", "Write std::log, and #include <cmath> at the top of the file."},
    {"'sqrt' was not declared in this scope*", "Write std::sqrt, and #include <cmath> at the top of the file."},
    {"'cout' is not a member of 'std'*", "Add #include <iostream> at the top of the file."},
    {"'*' is not a member of 'std'*",
     "The header that declares std::$1 is not included: <cmath> for exp, log and sqrt, <algorithm> for max, min, fill "
     "and sort, <numeric> for accumulate."},
    {"'*' was not declared in this scope*",
     "There is nothing called $1 here: check the spelling, and whether it was declared inside a loop or block that "
     "has ended, or further down in the file."},
    {"use of undeclared identifier '*'*",
     "There is nothing called $1 here: check the spelling and where it is declared."},
    {"redeclaration of '*'",
     "$1 was declared before: leave the type away to give the old variable a new value, or "
     "take another name."},
    {"redefinition of '*'", "This is defined twice: take one away, or give it another name."},
    {"*: No such file or directory",
     "There is no header $1 here. An exercise includes tasks.hpp and the standard library, nothing more."},
    {"'*' file not found",
     "There is no header $1 here. An exercise includes tasks.hpp and the standard library, nothing more."},

    // Functions
    {"'*' should have been declared inside '*'",
     "tasks.hpp declares no function of this name with these parameters: the first line of a task must stay as it "
     "was."},
    {"no declaration matches '*'",
     "tasks.hpp declares no function of this name with these parameters: the first line of a task must stay as it "
     "was."},
    {"ambiguating new declaration of '*'",
     "The return type differs from the one in tasks.hpp: the first line of a task must stay as it was."},
    {"out-of-line definition of '*' does not match*",
     "tasks.hpp declares no function of this name with these parameters: the first line of a task must stay as it "
     "was."},
    {"no return statement in function returning non-void", "The function promises a value and never returns one."},
    {"control reaches end of non-void function",
     "There is a way through this function that reaches its end without a return."},
    {"return-statement with no value, in function returning '*'", "The function promises a $1: return one."},
    {"too few arguments to function '*'", "This call gives too few arguments."},
    {"too many arguments to function '*'", "This call gives too many arguments."},
    {"void value not ignored as it ought to be", "This function returns nothing, so there is no value to use."},
    {"no match for call to '(const Tensor) (*)'",
     "A tensor takes one index for each of its dimensions, one to four whole numbers."},
    {"no match for call to '(Tensor) (*)'",
     "A tensor takes one index for each of its dimensions, one to four whole numbers."},
    {"no match for call to '(const std::vector<*>) (*)'", "A list takes its index in square brackets: list[i]."},
    {"no match for call to '(std::vector<*>) (*)'", "A list takes its index in square brackets: list[i]."},
    {"no matching function for call to 'Tensor::shape(*) const'",
     "shape() takes no index: one of its extents is shape()[0], shape()[1], ..."},
    {"no matching function for call to 'Tensor::BasicTensor(*,*)'",
     "A tensor's extents stand in braces: Tensor({rows, columns})."},
    {"could not convert '{*}' from '<brace-enclosed initializer list>' to 'Tensor'",
     "A tensor of these extents is made by Tensor({$1})."},
    {"no matching function for call to 'm*(*)'",
     "std::min and std::max want two values of the same type: make both float, or write std::max<float>(a, b)."},
    {"no matching function for call to '*'", "No version of this function takes arguments of these types."},

    // Types
    {"invalid types '<unresolved overloaded function type>[int]' for array subscript",
     "This is a function: write parentheses () after its name and before [ ], as in shape()[0]."},
    {"*from expression of type '<unresolved overloaded function type>'",
     "This is a function: write parentheses () after its name, as in indices()."},
    {"cannot convert 'Tensor::shape' from type *", "shape is a function: write shape() with parentheses."},
    {"base operand of '->' has non-pointer type '*'", "A $1 is no pointer: write a dot instead of ->."},
    {"invalid initialization of reference of type '*' from expression of type '*'",
     "A $2 stands where a $1 is wanted."},
    {"cannot convert '*size' from type *", "size is a function: write size() with parentheses."},
    {"invalid use of member function *", "This is a function: write parentheses () after it."},
    {"cannot convert 'const Tensor' to '*' in return", "The function promises a $1 and this returns a whole tensor."},
    {"cannot convert 'Tensor' to '*' in return", "The function promises a $1 and this returns a whole tensor."},
    {"cannot convert '*' to '*' in *", "A $1 stands where a $2 is wanted."},
    {"could not convert '{*}' from '<brace-enclosed initializer list>' to '*'",
     "The braces { } hold something else than the fields of a $2, which come in the order of tasks.hpp."},
    {"could not convert '*' from '*' to '*'", "A $2 stands where a $3 is wanted."},
    {"invalid types '*[int]' for array subscript",
     "[ ] works on one index of a list. A tensor takes its indices in parentheses: tensor(i, j)."},
    {"'*' has no member named '*'; did you mean '*'?", "A $1 has nothing called $2. Perhaps you meant $3?"},
    {"'*std::vector<*>' has no member named '*'",
     "A list (std::vector) has nothing called $3. It knows size(), push_back(), resize(), front(), back() and [ ]."},
    {"'*Tensor*' has no member named '*'",
     "A tensor has nothing called $3. It knows shape(), size(), rank(), fill() and indices()."},
    {"'*' has no member named '*'", "A $1 has nothing called $2: tasks.hpp names its fields."},
    {"no member named '*' in '*'", "A $2 has nothing called $1."},
    {"request for member '*' in '*', which is of non-class type '*'", "$2 is a plain $3: it has no $1."},
    {"only * names provided for structured binding",
     "shape() always gives four extents: name four, as in const auto [batch, channels, height, width], or take one by "
     "shape()[0]."},
    {"structured binding declaration cannot have type '*'",
     "In C++ the brackets stand behind the name, and a list is a std::vector<$1>."},
    {"narrowing conversion of '*' from '*' to '*'",
     "A $2 does not fit a $3 inside braces { }: convert it with static_cast<$3>(...)."},
    {"invalid operands of types '*' and '*' to binary 'operator%'",
     "The remainder % works on whole numbers only: std::fmod is the one for $1."},
    {"no match for 'operator*' (operand types are '*' and '*')",
     "There is no $1 between a $2 and a $3. Tensors are combined entry by entry, in a loop."},

    // What may be changed
    {"lvalue required as left operand of assignment",
     "What stands left of = cannot be changed. The inputs are const: make a tensor of your own and write into that."},
    {"passing 'const *' as 'this' argument discards qualifiers",
     "This would change an input, and the inputs are const: make a copy, Tensor mine = input;, and change that."},
    {"assignment of read-only *",
     "$1 is const and cannot be changed: take away const where you declared it, or use another variable."},
    {"increment of read-only *", "$1 is const and cannot be changed: take away const where you declared it."},

    // Slips that compile and do something else
    {"suggest parentheses around assignment used as truth value", "One = assigns. To compare, write ==."},
    {"'*' is used uninitialized", "$1 has no value yet when it is first used: give it one where you declare it."},
    {"'*' may be used uninitialized", "$1 may have no value yet here: give it one where you declare it."},
    {"top-level comma expression in array subscript is deprecated",
     "[ ] takes one index. A tensor takes its indices in parentheses: tensor(i, j)."},
    {"comparison of unsigned expression in '>= 0' is always true",
     "An unsigned number is never negative, so this loop cannot end here: make it an int."},
    {"value computed is not used", "This computes a value and throws it away. Did you mean = instead of ==?"},
    {"this 'for' clause does not guard*",
     "Only the first statement after this for is repeated, and a ; alone counts as one: braces missing, or a ; too "
     "many?"},
    {"suggest braces around empty body in an*", "The ; after the parentheses ends the statement: nothing is guarded."},
    {"comparison of integer expressions of different signedness: *",
     "int is compared with an unsigned size: write static_cast<int>(list.size())."},

    // The linker
    {"undefined reference to `main'", "The program's own part is missing: build the course again with ./course."},
    {"undefined reference to `*'",
     "$1 is declared, but this file does not define it. Should it: keep the name in front of ::, as in Tensor "
     "convnet::conv2d_forward(...), and the parameters as they were. Is it another task's: only a task that says so "
     "may "
     "call the others."},
    {"multiple definition of `main'*",
     "An exercise has no main(): take yours out, the judge calls your functions itself."},
    {"multiple definition of `*'*",
     "$1 is defined in two files that are linked together. A helper of yours: write static in front of it. A task's "
     "function: it belongs in one file, once."},
});

/// Whether `text` as a whole fits `pattern`; what each * matched (the shortest possible) goes to `captures`.
bool fits(std::string_view pattern, std::string_view text, std::vector<std::string_view>& captures) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == text;
  if (text.substr(0, star) != pattern.substr(0, star)) return false;
  const std::string_view rest = pattern.substr(star + 1);
  for (std::size_t length = 0; star + length <= text.size(); ++length) {
    captures.push_back(text.substr(star, length));
    if (fits(rest, text.substr(star + length), captures)) return true;
    captures.pop_back();
  }
  return false;
}

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

/// Takes away what a beginner never wrote: namespaces, aliases' expansions, default allocators, option names.
std::string shortened(std::string text) {
  for (std::size_t aka = 0; (aka = text.find(" {aka ")) != std::string::npos;) {
    const std::size_t end = text.find('}', aka);
    if (end == std::string::npos) break;
    text.erase(aka, end + 1 - aka);
  }
  if (const std::size_t option = text.rfind(" [-"); option != std::string::npos && text.back() == ']')
    text.erase(option);
  text = replace_all(std::move(text), "handbuilt::BasicTensor<float>", "Tensor");
  text = replace_all(std::move(text), "handbuilt::BasicTensor<double>", "TensorD");
  text = replace_all(std::move(text), "handbuilt::", "");
  for (const char* kind : {"class ", "struct "}) {
    text = replace_all(std::move(text), std::string("'") + kind, "'");
    text = replace_all(std::move(text), std::string("'const ") + kind, "'const ");
  }
  text = replace_all(std::move(text), ", std::allocator<float> ", "");
  text = replace_all(std::move(text), ", std::allocator<int> ", "");
  return replace_all(std::move(text), ", std::allocator<double> ", "");
}

/// The sentence with "$1" replaced by the first capture and so on, and "a int" by "an int".
std::string filled_in(std::string_view sentence, const std::vector<std::string_view>& captures) {
  std::string text;
  for (std::size_t at = 0; at < sentence.size(); ++at) {
    const std::size_t index = at + 1 < sentence.size() ? static_cast<std::size_t>(sentence[at + 1] - '1') : 0;
    if (sentence[at] != '$' || index >= captures.size()) {
      text += sentence[at];
      continue;
    }
    const bool after_article = text == "A " || text.ends_with(" a ");
    if (after_article && captures[index].find_first_of("aeiou") == 0) text.insert(text.size() - 1, "n");
    text += captures[index];
    ++at;
  }
  return text;
}

/// Without "; did you mean 'wcwidth'?" when that name stands nowhere in `known_names`.
std::string without_far_suggestion(std::string text, std::string_view known_names) {
  constexpr std::string_view kSuggestion = "; did you mean '";
  const std::size_t at = text.rfind(kSuggestion);
  if (known_names.empty() || at == std::string::npos) return text;
  const std::size_t begin = at + kSuggestion.size();
  const std::string name = text.substr(begin, text.find('\'', begin) - begin);
  if (!name.starts_with("std::") && known_names.find(name) == std::string_view::npos) text.erase(at);
  return text;
}

std::string explain(std::string_view text) {
  for (const Explanation& explanation : kExplanations) {
    std::vector<std::string_view> captures;
    if (fits(explanation.pattern, text, captures)) return filled_in(explanation.sentence, captures);
  }
  return {};
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

struct Place {
  std::string_view file;
  int line = 0;
  int column = 0;
  std::string_view rest;  // what follows "file:line:column: "
};

/// "file:12:7: error: text" taken apart. The file's name may hold colons and spaces.
std::optional<Place> place_of(std::string_view line) {
  for (std::size_t colon = line.find(':'); colon != std::string_view::npos; colon = line.find(':', colon + 1)) {
    Place place{line.substr(0, colon), 0, 0, {}};
    const char* const end = line.data() + line.size();
    const auto [after_line, line_error] = std::from_chars(line.data() + colon + 1, end, place.line);
    if (line_error != std::errc{} || after_line == end || *after_line != ':') continue;
    const auto [after_column, column_error] = std::from_chars(after_line + 1, end, place.column);
    if (column_error != std::errc{} || after_column == end || *after_column != ':') continue;
    place.rest = std::string_view(after_column + 1, static_cast<std::size_t>(end - after_column - 1));
    if (!place.rest.empty() && place.rest.front() == ' ') place.rest.remove_prefix(1);
    return place;
  }
  return std::nullopt;
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

/// gcc draws "   12 |   code" and "      |   ^~~"; clang draws both without a margin.
bool is_excerpt(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" 0123456789");
  return first != std::string_view::npos && first > 0 && line[first] == '|';
}

}  // namespace

std::vector<CompilerMessage> read_compiler_messages(std::string_view output, std::string_view student_file,
                                                    std::string_view known_names) {
  std::vector<CompilerMessage> messages;
  std::optional<Place> required_from;  // the student's line that made the compiler look into a header
  bool excerpt_belongs = false;

  for (const std::string_view line : lines_of(output)) {
    std::optional<Place> place = place_of(line);
    if (!place) {
      // The linker: "...: undefined reference to `name'", once a name.
      for (const std::string_view phrase : {"undefined reference to `", "multiple definition of `"}) {
        const std::size_t at = line.find(phrase);
        if (at == std::string_view::npos) continue;
        const std::string text = shortened(std::string(line.substr(at)));
        const bool known = std::any_of(messages.begin(), messages.end(), [&](const auto& m) { return m.text == text; });
        if (!known) messages.push_back({CompilerMessage::Kind::error, {}, 0, 0, text, {}, explain(text)});
      }
      if (excerpt_belongs && is_excerpt(line) && messages.back().excerpt.size() < 2)
        messages.back().excerpt.emplace_back(line);
      continue;
    }

    excerpt_belongs = false;
    if (place->file == student_file && place->rest.find("required from here") != std::string_view::npos) {
      required_from = place;
      continue;
    }
    CompilerMessage message;
    std::string_view text = place->rest;
    if (take_prefix(text, "error: ") || take_prefix(text, "fatal error: "))
      message.kind = CompilerMessage::Kind::error;
    else if (take_prefix(text, "warning: "))
      message.kind = CompilerMessage::Kind::warning;
    else
      continue;  // a note, or a line on the way to the error
    if (place->file != student_file && required_from) {
      place->file = required_from->file;
      place->line = required_from->line;
      place->column = required_from->column;
    } else {
      excerpt_belongs = true;
    }
    required_from.reset();
    message.file = place->file;
    message.line = place->line;
    message.column = place->column;
    message.text = without_far_suggestion(shortened(std::string(text)), known_names);
    message.plain_words = explain(message.text);
    messages.push_back(std::move(message));
  }

  std::stable_sort(messages.begin(), messages.end(), [&](const CompilerMessage& a, const CompilerMessage& b) {
    const auto rank = [&](const CompilerMessage& m) {
      return std::pair(m.kind == CompilerMessage::Kind::warning, m.file != student_file);
    };
    return rank(a) < rank(b);
  });
  // Where the code does not compile, a warning that has no plain words is mostly an echo of the error.
  if (!messages.empty() && messages.front().kind == CompilerMessage::Kind::error)
    std::erase_if(messages, [](const CompilerMessage& m) {
      return m.kind == CompilerMessage::Kind::warning && m.plain_words.empty();
    });
  std::set<std::pair<std::string, int>> seen;
  std::erase_if(messages, [&](const CompilerMessage& m) {
    return m.line > 0 && !seen.insert({m.file, m.line}).second;
  });
  return messages;
}

std::string describe(const std::vector<CompilerMessage>& messages, std::string_view student_file,
                     std::string_view shown_file, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < std::min(most, messages.size()); ++i) {
    const CompilerMessage& message = messages[i];
    if (i > 0) text += '\n';
    if (!message.file.empty()) {
      text += message.file == student_file ? shown_file : std::string_view(message.file);
      text += ":" + std::to_string(message.line) + ": ";
    }
    if (message.kind == CompilerMessage::Kind::warning) text += "warning: ";
    if (message.plain_words.empty()) {
      text += message.text + "\n";
    } else {
      text += message.plain_words + "\n";
      text += "  (the compiler says: " + message.text + ")\n";
    }
    for (const std::string& line : message.excerpt) text += line + "\n";
  }
  if (messages.size() > most) {
    const std::size_t more = messages.size() - most;
    text += "and " + std::to_string(more) + (more == 1 ? " more message" : " more messages") +
            ", which may vanish with the first ones\n";
  }
  return text;
}

}  // namespace handbuilt::grader

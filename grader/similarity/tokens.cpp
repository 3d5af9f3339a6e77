#include "grader/similarity/tokens.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace handbuilt::grader {

namespace {

constexpr std::uint32_t kName = 1, kNumber = 2, kText = 3;

// What decides the flow or the type of a program. Any other word is a name.
constexpr std::array<std::string_view, 32> kKeywords = {
    "bool",     "break",  "case",  "catch",  "char",   "class",  "continue", "default", "delete", "do",    "double",
    "else",     "enum",   "false", "float",  "for",    "goto",   "if",       "int",     "long",   "new",   "nullptr",
    "operator", "return", "short", "sizeof", "struct", "switch", "this",     "throw",   "true",   "while",
};

// What comes and goes without changing what the program does.
constexpr std::array<std::string_view, 11> kWithoutWeight = {
    "const", "auto", "constexpr", "static", "inline", "unsigned", "signed", "noexcept", "mutable", "register", "std"};

template <class Words>
bool contains(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool begins_a_name(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }
bool continues_a_name(char c) { return begins_a_name(c) || is_digit(c); }

std::uint32_t hash_of(std::string_view word) {
  std::uint32_t hash = 2166136261U;  // FNV-1a
  for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash | 16U;  // clear of the kinds above
}

class Tokeniser {
 public:
  explicit Tokeniser(std::string_view text) : text_(text) {}

  std::vector<Token> read() {
    while (at_ < text_.size()) step();
    return std::move(tokens_);
  }

 private:
  [[nodiscard]] bool sees(std::string_view word) const { return text_.substr(at_).starts_with(word); }

  void advance(std::size_t count) {
    for (const std::size_t end = std::min(text_.size(), at_ + count); at_ < end; ++at_)
      if (text_[at_] == '\n') ++line_;
  }
  void advance_to(std::string_view end) {
    const std::size_t found = text_.find(end, at_);
    advance(found == std::string_view::npos ? text_.size() - at_ : found + end.size() - at_);
  }
  void add(std::uint32_t kind) { tokens_.push_back({kind, line_}); }

  void step() {
    const char c = text_[at_];
    if (std::isspace(static_cast<unsigned char>(c)) != 0) return advance(1);
    if (sees("//")) return advance_to("\n");
    if (sees("/*")) return advance(2), advance_to("*/");
    if (c == '#') return directive();
    if (c == '"' || c == '\'') return quoted(c);
    if (is_digit(c) || (c == '.' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]))) return number();
    if (begins_a_name(c)) return name();
    sign();
  }

  void directive() {
    while (at_ < text_.size() && text_[at_] != '\n') advance(text_[at_] == '\\' ? 2 : 1);
  }

  void quoted(char end) {
    add(kText);
    advance(1);
    while (at_ < text_.size() && text_[at_] != end && text_[at_] != '\n') advance(text_[at_] == '\\' ? 2 : 1);
    advance(1);
    after_access_ = false;
  }

  void number() {
    add(kNumber);
    while (at_ < text_.size() && (continues_a_name(text_[at_]) || text_[at_] == '.' || text_[at_] == '\'')) advance(1);
    after_access_ = false;
  }

  void name() {
    std::size_t end = at_;
    while (end < text_.size() && continues_a_name(text_[end])) ++end;
    const std::string_view word = text_.substr(at_, end - at_);
    if (contains(kKeywords, word))
      add(hash_of(word));
    else if (after_access_)
      add(hash_of(word));
    else if (!contains(kWithoutWeight, word))
      add(kName);
    after_access_ = false;
    advance(word.size());
  }

  void sign() {
    // The longer signs first: "<<=" is not "<" and "<=".
    constexpr std::array<std::string_view, 23> kSigns = {
        "<<=", ">>=", "...", "->", "::", "++", "--", "+=", "-=", "*=", "/=", "%=",
        "==",  "!=",  "<=",  ">=", "&&", "||", "<<", ">>", "&=", "|=", "^="};
    const auto found = std::find_if(kSigns.begin(), kSigns.end(), [&](std::string_view sign) { return sees(sign); });
    const std::string_view sign = found == kSigns.end() ? text_.substr(at_, 1) : *found;
    after_access_ = sign == "." || sign == "->" || sign == "::";
    if (sign != "::" && sign != "{" && sign != "}" && sign != "(" && sign != ")") add(hash_of(sign));
    advance(sign.size());
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
  bool after_access_ = false;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokens_of(std::string_view text) { return Tokeniser(text).read(); }

}  // namespace handbuilt::grader

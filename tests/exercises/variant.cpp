#include "tests/exercises/variant.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/file.hpp"
#include "grader/text/lines.hpp"
#include "grader/text/stub.hpp"

namespace handbuilt::grader {

namespace {

namespace fs = std::filesystem;

toml::table parse(const fs::path& path) {
  try {
    return toml::parse(read_file(path));
  } catch (const toml::parse_error& error) {
    throw DataError(fmt::format("{}:{}: {}", path.string(), error.source().begin.line, error.description()));
  }
}

int occurrences(const std::string& text, const std::string& piece) {
  int count = 0;
  for (std::size_t at = text.find(piece); at != std::string::npos; at = text.find(piece, at + piece.size())) ++count;
  return count;
}

std::string with_replaced(const Variant& variant, std::string solution) {
  const int count = occurrences(solution, variant.replace);
  if (count != 1)
    throw DataError(fmt::format("{}: expected \"{}\" to stand once in the solution, found it {} times",
                                variant.path.string(), variant.replace, count));
  return solution.replace(solution.find(variant.replace), variant.replace.size(), variant.with);
}

std::string with_body(const Variant& variant, const std::string& solution) {
  const FencedSource source = split_fences(solution, variant.path);
  std::string text;
  bool found = false;
  for (std::size_t i = 0; i < source.surroundings.size(); ++i) {
    text += join_lines(source.surroundings[i]);
    if (i >= source.fences.size()) continue;
    const bool here = source.fences[i].task == variant.task;
    text += join_lines(here ? split_lines(variant.body) : source.fences[i].body);
    found = found || here;
  }
  if (!found) throw DataError(fmt::format("{}: no fence is for task \"{}\"", variant.path.string(), variant.task));
  return text;
}

}  // namespace

Variant read_variant(const fs::path& path) {
  Variant variant{path, "", "", "", "", "", ""};
  const std::vector<std::pair<std::string_view, std::string*>> keys = {
      {"task", &variant.task}, {"replace", &variant.replace}, {"with", &variant.with},
      {"body", &variant.body}, {"head", &variant.head},       {"says", &variant.says}};
  const toml::table table = parse(path);
  for (const auto& [key, node] : table) {
    const std::string_view name = key.str();
    const auto known = std::find_if(keys.begin(), keys.end(), [name](const auto& k) { return k.first == name; });
    if (known == keys.end() || !node.is_string())
      throw DataError(fmt::format("{}:{}: expected task, replace, with, body, head or says, each a string, got \"{}\"",
                                  path.string(), node.source().begin.line, name));
    *known->second = node.as_string()->get();
  }
  if (variant.task.empty()) throw DataError(path.string() + ": expected \"task\"");
  if (variant.replace.empty() == variant.body.empty())
    throw DataError(path.string() + ": expected either \"replace\" with \"with\", or \"body\"");
  return variant;
}

std::vector<Variant> read_variants(const fs::path& folder) {
  std::vector<fs::path> files;
  if (fs::is_directory(folder))
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<Variant> variants;
  for (const fs::path& file : files) variants.push_back(read_variant(file));
  return variants;
}

std::string apply_variant(const Variant& variant, const std::string& solution) {
  const std::string head = variant.head.empty() ? "" : join_lines(split_lines(variant.head));
  return head + (variant.body.empty() ? with_replaced(variant, solution) : with_body(variant, solution));
}

}  // namespace handbuilt::grader

#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace handbuilt::grader {

/// A known answer to a task, kept as one change to the solution:
///
///     task = "conv2d-forward"
///     replace = "weights(o, c, i, j)"                            one piece of the file, which must stand there once,
///     with = "weights(o, c, kernel - 1 - i, kernel - 1 - j)"     and what stands there instead
///     body = "..."                                               or all that stands inside the task's fence
///     head = "#include <set>"                                    what stands above the file's first line, if anything
///     says = "the kernel is flipped"                             what the message must contain (wrong answers only)
struct Variant {
  std::filesystem::path path;
  std::string task;
  std::string replace, with;
  std::string body;
  std::string head;
  std::string says;

  [[nodiscard]] std::string name() const { return path.stem().string(); }
};

/// Throws DataError naming file and line for a key that is missing, unknown or one too many.
Variant read_variant(const std::filesystem::path& path);

/// Every NAME.toml of a folder, by name; none when there is no folder.
std::vector<Variant> read_variants(const std::filesystem::path& folder);

/// The solution with the variant's change. Throws DataError when `replace` does not stand there exactly once, or no
/// fence is the task's.
std::string apply_variant(const Variant& variant, const std::string& solution);

}  // namespace handbuilt::grader

#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace handbuilt::grader {

/// A source file taken apart at its fences. A fence is `// BEGIN SOLUTION task-id` ... `// END SOLUTION`, each alone on
/// its line; what stands between is the student's to write.
struct FencedSource {
  struct Fence {
    std::string task;               ///< "conv2d-forward"
    int line = 0;                   ///< of BEGIN, counted from 1
    std::string indent;             ///< the white space before BEGIN
    std::vector<std::string> body;  ///< the lines between, without line ends
  };
  /// The lines outside, fence marks included: surroundings[i] ends with the BEGIN of fences[i], and the next one starts
  /// with its END.
  std::vector<std::vector<std::string>> surroundings;
  std::vector<Fence> fences;
};

/// Throws DataError "path:line: ..." for a fence inside another, one that is not closed, an END without a BEGIN, a task
/// that is fenced twice, or (when `tasks` is not empty) a task that is not among them.
FencedSource split_fences(const std::string& text, const std::filesystem::path& path,
                          const std::vector<std::string>& tasks = {});

/// What a student gets instead of a solution: inside each fence its `// STUB: ...` lines without that mark, or
/// `not_started();` when it has none. The fences stay. Throws as `split_fences`.
std::string make_stub(const std::string& solution, const std::filesystem::path& path,
                      const std::vector<std::string>& tasks = {});

/// What writing a stub found where the stub belongs.
enum class StubState {
  kWritten,   ///< there was none, or one that nobody had touched and that differed outside its fences
  kCurrent,   ///< it was there already
  kEdited,    ///< a student has written inside its fences: left as it is
  kOutdated,  ///< as kEdited, and what stands outside the fences is no longer what the course has there
};

/// Compares an exercise file with the stub it came from.
StubState compare_stub(const std::string& exercise, const std::string& stub, const std::filesystem::path& path);

/// Writes a stub unless a student's work stands there.
StubState write_stub(const std::filesystem::path& path, const std::string& stub);

}  // namespace handbuilt::grader

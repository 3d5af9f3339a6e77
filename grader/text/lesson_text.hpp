#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace handbuilt::grader {

/// A measured number, as a lesson's results.json holds it.
struct Measured {
  double value = 0;
  double low = 0, high = 0;  ///< its interval
  int n = 0;                 ///< how many runs it was measured over
};

/// Where the text of a lesson takes its code and its numbers from.
struct TextSources {
  /// The text of a file of the repository, named from its root. Throws DataError when it is missing.
  std::function<std::string(const std::string& path)> file;
  /// A number of a lesson ("10_convnet", or "" for the lesson whose text this is). Throws DataError when there is none.
  std::function<Measured(const std::string& lesson, const std::string& name)> number;
};

/// The lines between `// #region name` and `// #endregion name` (or `# #region` in scripts), moved left as far as they
/// go, without the marks of other regions and of exercise fences. Throws DataError "path: ..." or "path:line: ..." for
/// a region that is missing, stands there twice or is not closed.
std::string extract_region(const std::string& source, const std::string& path, const std::string& region);

/// Brings the quoted code and the numbers of a Markdown text up to date:
///
///     <!-- code: lib/nn/conv2d.cpp#forward -->          the fenced block that follows becomes the region
///     <!-- number: accuracy percent digits=1 -->98.9 %<!-- /number -->
///
/// A number's words after its name: `low`, `high`, `n`, `interval` ("98.9 % (98.7 to 99.1)") choose what is shown
/// instead of the value; `percent` multiplies by 100 and adds the sign; `digits=N` rounds to N decimals (default 2).
/// `10_convnet/accuracy` takes the number of another lesson.
///
/// Throws DataError "path:line: ..." for whatever cannot be found or read.
std::string refresh_text(const std::string& text, const std::string& path, const TextSources& sources);

/// The lines (counted from 1) at which two texts differ.
std::vector<int> differing_lines(const std::string& before, const std::string& after);

}  // namespace handbuilt::grader

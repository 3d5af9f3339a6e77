#include <fmt/format.h>

#include <algorithm>

#include "core/file.hpp"
#include "grader/grade_class/class_report.hpp"
#include "grader/grade_class/html.hpp"
#include "grader/text/lines.hpp"

namespace handbuilt::grader {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFiles = 8, kMostPieces = 4;
constexpr int kLinesAround = 1, kMostLines = 60;

/// Lines of a file with those that are alike marked, and their numbers.
std::string excerpt(const fs::path& file, int begin, int end) {
  const std::vector<std::string> lines = split_lines(fs::exists(file) ? read_file(file) : "");
  const int last = std::min({static_cast<int>(lines.size()), end + kLinesAround, begin + kMostLines});
  std::string html = "<pre>";
  for (int line = std::max(1, begin - kLinesAround); line <= last; ++line) {
    const std::string text = fmt::format("{:>4}  {}", line, escaped(lines[static_cast<std::size_t>(line - 1)], true));
    html += line >= begin && line <= end ? "<mark>" + text + "</mark>" : text + "\n";
  }
  return html + "</pre>";
}

std::string file_part(const ClassReport& report, const SimilarPair& pair, const SimilarFile& file) {
  const ClassEntry& first = report.results[pair.first].entry;
  const ClassEntry& second = report.results[pair.second].entry;
  std::string html = fmt::format("<details><summary>{}: {:.0f} %, {} tokens alike</summary>\n", escaped(file.file),
                                 100 * file.share, file.tokens);
  for (std::size_t i = 0; i < std::min(kMostPieces, file.lines.size()); ++i) {
    const SimilarLines& lines = file.lines[i];
    html += fmt::format(
        "<div class=\"pair\"><div><p class=\"quiet\">{}, lines {} to {}</p>{}</div>"
        "<div><p class=\"quiet\">{}, lines {} to {}</p>{}</div></div>\n",
        escaped(first.student), lines.first_begin, lines.first_end,
        excerpt(report.plan.taken_in(first) / file.file, lines.first_begin, lines.first_end), escaped(second.student),
        lines.second_begin, lines.second_end,
        excerpt(report.plan.taken_in(second) / file.file, lines.second_begin, lines.second_end));
  }
  if (file.lines.size() > kMostPieces)
    html += fmt::format("<p class=\"quiet\">and {} shorter pieces</p>\n", file.lines.size() - kMostPieces);
  return html + "</details>\n";
}

}  // namespace

std::string similarity_page(const ClassReport& report) {
  const SimilarityReport& similarity = report.similarity;
  std::string body = fmt::format(
      "<h1>Alike</h1>\n<p class=\"notice advice\"><b>A reason to look, not a verdict.</b> Short functions have few "
      "right "
      "forms: two people who never met may write the same one. Read both, and talk with both, before you conclude "
      "anything.</p>\n<p>Every pair of submissions is compared word for word, whatever names, numbers, comments, "
      "layout and "
      "the order of functions they have. What stood in the exercise as it was handed out does not count, nor does what "
      "more "
      "than half of the class wrote. The percentage is the shared part of the shorter of the two works. Over "
      "all {} "
      "pairs of this class it is {:.0f} % in the middle, and 95 in 100 pairs stay below {:.0f} %.</p>\n",
      similarity.compared, 100 * similarity.median, 100 * similarity.high);
  if (similarity.pairs.empty()) body += "<p>No pair stands out.</p>\n";
  for (std::size_t i = 0; i < similarity.pairs.size(); ++i) {
    const SimilarPair& pair = similarity.pairs[i];
    body += fmt::format(
        "<h2 id=\"pair-{}\">{}. {} and {}: {:.0f} %</h2>\n<p class=\"quiet\">{} tokens alike in {} {}</p>\n", i + 1,
        i + 1, escaped(report.results[pair.first].entry.student), escaped(report.results[pair.second].entry.student),
        100 * pair.share, pair.tokens, pair.files.size(), pair.files.size() == 1 ? "file" : "files");
    for (std::size_t file = 0; file < std::min(kMostFiles, pair.files.size()); ++file)
      body += file_part(report, pair, pair.files[file]);
  }
  return html_page("Alike", body);
}

}  // namespace handbuilt::grader

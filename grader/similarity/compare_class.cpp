#include "grader/similarity/compare_class.hpp"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <mutex>
#include <unordered_map>

#include "core/parallel.hpp"

namespace handbuilt::grader {

namespace {

// One file on its own says something from here on.
constexpr int kTellingTokens = 60;
constexpr double kTellingShare = 0.9;

/// What somebody wrote into one file.
struct Work {
  ComparedText text;
  std::vector<bool> own;
  int own_count = 0;
};
using Works = std::map<std::string, Work>;

Passages passages_of(const ComparedText& text) { return {text.passages.begin(), text.passages.end()}; }

/// What most of the class wrote into this file, and nobody needs to explain.
Passages common_passages(const std::vector<Works>& class_works, const std::string& file,
                         const SimilarityOptions& options) {
  std::unordered_map<std::uint64_t, int> writers;
  int handed_in = 0;
  for (const Works& works : class_works) {
    const auto work = works.find(file);
    if (work == works.end()) continue;
    ++handed_in;
    for (const std::uint64_t passage : passages_of(work->second.text)) ++writers[passage];
  }
  Passages common;
  if (handed_in <= options.common_from) return common;
  for (const auto& [passage, count] : writers)
    if (count > 1 + options.common_share * (handed_in - 1)) common.insert(passage);
  return common;
}

/// What counts for nobody, by file.
using LeftOut = std::map<std::string, Passages>;

LeftOut leave_out_what_is_common(std::vector<Works>& class_works, const FileTexts& templates,
                                 const SimilarityOptions& options) {
  LeftOut left_out;
  for (const Works& works : class_works)
    for (const auto& [file, work] : works)
      if (!left_out.contains(file)) left_out[file] = common_passages(class_works, file, options);
  for (const auto& [file, text] : templates) left_out[file].merge(passages_of(prepare_text(text, options)));
  for (Works& works : class_works) {
    for (auto& [file, work] : works) {
      work.own = own_tokens(work.text, left_out[file]);
      work.own_count = static_cast<int>(std::count(work.own.begin(), work.own.end(), true));
    }
  }
  return left_out;
}

int own_in(const std::vector<bool>& own, int begin, int length) {
  return static_cast<int>(std::count(own.begin() + begin, own.begin() + begin + length, true));
}

/// The lines of a run, from its first to its last token of somebody's own.
SimilarLines lines_of(const Match& match, int tokens, const Work& first, const Work& second) {
  const auto begin = first.own.begin() + match.first_begin, end = begin + match.length;
  const auto from = static_cast<int>(std::find(begin, end, true) - begin);
  const auto to =
      static_cast<int>(std::find(std::reverse_iterator(end), std::reverse_iterator(begin), true).base() - begin) - 1;
  const auto line = [](const Work& work, int token) { return work.text.tokens[static_cast<std::size_t>(token)].line; };
  return {line(first, match.first_begin + from), line(first, match.first_begin + to),
          line(second, match.second_begin + from), line(second, match.second_begin + to), tokens};
}

SimilarPair compare(const Works& first, const Works& second, const LeftOut& left_out,
                    const SimilarityOptions& options) {
  SimilarPair pair;
  int comparable = 0;
  for (const auto& [file, left] : first) {
    const auto found = second.find(file);
    if (found == second.end()) continue;
    const Work& right = found->second;
    const int smaller = std::min(left.own_count, right.own_count);
    if (smaller < options.shortest_match) continue;
    comparable += smaller;
    SimilarFile similar{file, 0, 0, {}};
    for (const Match& match : find_matches(left.text, right.text, left_out.at(file), options)) {
      const int tokens = std::min(own_in(left.own, match.first_begin, match.length),
                                  own_in(right.own, match.second_begin, match.length));
      if (tokens == 0) continue;
      similar.tokens += tokens;
      similar.lines.push_back(lines_of(match, tokens, left, right));
    }
    if (similar.tokens == 0) continue;
    similar.share = static_cast<double>(similar.tokens) / smaller;
    pair.tokens += similar.tokens;
    pair.files.push_back(std::move(similar));
  }
  if (comparable > 0) pair.share = static_cast<double>(pair.tokens) / comparable;
  std::stable_sort(pair.files.begin(), pair.files.end(),
                   [](const SimilarFile& one, const SimilarFile& other) { return one.tokens > other.tokens; });
  return pair;
}

bool is_worth_a_look(const SimilarPair& pair, double least_share) {
  return (pair.tokens > 0 && pair.share >= least_share) ||
         std::any_of(pair.files.begin(), pair.files.end(), [](const SimilarFile& file) {
           return file.tokens >= kTellingTokens && file.share >= kTellingShare;
         });
}

bool ranks_before(const SimilarPair& one, const SimilarPair& other) {
  if (one.share != other.share) return one.share > other.share;
  if (one.tokens != other.tokens) return one.tokens > other.tokens;
  return std::pair{one.first, one.second} < std::pair{other.first, other.second};
}

double quantile(std::vector<double>& values, double share) {
  if (values.empty()) return 0;
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

}  // namespace

SimilarityReport compare_class(const std::vector<FileTexts>& submissions, const FileTexts& templates,
                               const SimilarityOptions& options, double least_share, std::size_t most) {
  std::vector<Works> class_works(submissions.size());
  for (std::size_t i = 0; i < submissions.size(); ++i)
    for (const auto& [file, text] : submissions[i]) class_works[i][file] = {prepare_text(text, options), {}, 0};
  const LeftOut left_out = leave_out_what_is_common(class_works, templates, options);

  SimilarityReport report;
  std::vector<double> shares;
  std::mutex result;
  std::atomic<std::size_t> next = 0;
  Workers threads;
  threads.parallel_for(threads.count(), [&](int, int, int) {
    for (std::size_t first = next++; first < class_works.size(); first = next++) {
      for (std::size_t second = first + 1; second < class_works.size(); ++second) {
        SimilarPair pair = compare(class_works[first], class_works[second], left_out, options);
        pair.first = first;
        pair.second = second;
        const std::scoped_lock lock(result);
        shares.push_back(pair.share);
        if (is_worth_a_look(pair, least_share)) report.pairs.push_back(std::move(pair));
      }
    }
  });
  std::sort(report.pairs.begin(), report.pairs.end(), ranks_before);
  if (report.pairs.size() > most) report.pairs.resize(most);
  report.compared = shares.size();
  report.median = quantile(shares, 0.5);
  report.high = quantile(shares, 0.95);
  return report;
}

}  // namespace handbuilt::grader

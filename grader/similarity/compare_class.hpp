#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "grader/similarity/matches.hpp"

namespace handbuilt::grader {

/// Texts by the file they stand in: "10_convnet/conv2d_forward.cpp".
using FileTexts = std::map<std::string, std::string>;

/// Lines that stand in both files, apart from names, numbers, comments and layout. Counted from 1, ends included.
struct SimilarLines {
  int first_begin = 0, first_end = 0;
  int second_begin = 0, second_end = 0;
  int tokens = 0;
};

struct SimilarFile {
  std::string file;
  double share = 0;                 ///< matched tokens, of the own tokens of whoever wrote less
  int tokens = 0;                   ///< matched
  std::vector<SimilarLines> lines;  ///< longest first
};

struct SimilarPair {
  std::size_t first = 0, second = 0;  ///< which submissions, first < second
  double share = 0;                   ///< as in SimilarFile, over all files that both handed in
  int tokens = 0;
  std::vector<SimilarFile> files;  ///< most alike first; only files with a match
};

struct SimilarityReport {
  std::vector<SimilarPair> pairs;  ///< the most alike, best first
  std::size_t compared = 0;        ///< pairs
  double median = 0, high = 0;     ///< share of a pair in the middle, and of one that 95 in 100 stay below
};

/// Compares every pair of submissions, file by file. What stands in the template (the exercise as it was handed out) is
/// nobody's, and so is what more than half of the others wrote, too. The `most` pairs are told of that share at least
/// `least_share` of everything, or of one file of some length. The same submissions in the same order give the same
/// report, on any number of threads.
SimilarityReport compare_class(const std::vector<FileTexts>& submissions, const FileTexts& templates,
                               const SimilarityOptions& options = {}, double least_share = 0.7, std::size_t most = 40);

}  // namespace handbuilt::grader

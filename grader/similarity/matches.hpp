#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "grader/similarity/tokens.hpp"

namespace handbuilt::grader {

/// How pieces of code are compared.
struct SimilarityOptions {
  int shortest_match = 15;    ///< tokens; what is shorter stands in everybody's loops
  double common_share = 0.5;  ///< what more than this share of at least `common_from` others wrote, too, is common
  int common_from = 12;
};

/// Runs of `shortest_match` tokens, by hash: those of the template, and those that are common.
using Passages = std::unordered_set<std::uint64_t>;

/// A text ready to be compared.
struct ComparedText {
  std::vector<Token> tokens;
  std::vector<std::uint64_t> passages;  ///< the hash of the run that starts at each token; shorter than `tokens`
  std::vector<std::pair<std::uint64_t, std::size_t>> places;  ///< every passage and where it starts, sorted
};
ComparedText prepare_text(std::string_view text, const SimilarityOptions& options);

/// A run of tokens that stands in both texts.
struct Match {
  int first_begin = 0, second_begin = 0;  ///< index of a token
  int length = 0;                         ///< in tokens
};

/// Which tokens are somebody's own: those outside every passage that is to be left out.
std::vector<bool> own_tokens(const ComparedText& text, const Passages& left_out);

/// The longest runs that both texts share, largest first, none overlapping another in either text: greedy string
/// tiling. A run must hold a passage that is not to be left out; it may go on over such passages, so that a copy is
/// found as one piece. Winnowing (Schleimer, Wilkerson and Aiken, 2003) picks passages to start from where millions of
/// lines are searched; exercise files are short, so every passage can start a run here and none is missed. Source: Wise
/// (1993), "String similarity via greedy string tiling and running Karp-Rabin matching".
std::vector<Match> find_matches(const ComparedText& first, const ComparedText& second, const Passages& left_out,
                                const SimilarityOptions& options);

}  // namespace handbuilt::grader

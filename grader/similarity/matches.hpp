#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "grader/similarity/tokens.hpp"

namespace handbuilt::grader {

/// How pieces of code are compared.
struct SimilarityOptions {
  int shortest_match = 12;    ///< tokens; what is shorter stands in everybody's loops
  double common_share = 0.5;  ///< what more than this share of at least `common_from` others wrote, too, is common
  int common_from = 5;
};

/// Runs of `shortest_match` tokens, by hash: those of the template, and those that are common.
using Passages = std::unordered_set<std::uint64_t>;

/// A text ready to be compared.
struct ComparedText {
  std::vector<Token> tokens;
  std::vector<std::uint64_t> passages;  ///< the hash of the run that starts at each token; shorter than `tokens`
};
ComparedText prepare_text(std::string_view text, const SimilarityOptions& options);

/// A run of tokens that stands in both texts.
struct Match {
  int first_begin = 0, second_begin = 0;  ///< index of a token
  int length = 0;                         ///< in tokens
};

/// Which tokens are somebody's own: those outside every passage that is to be left out.
std::vector<bool> own_tokens(const ComparedText& text, const Passages& left_out);

/// The longest runs that both texts share, largest first, none overlapping another in either text: greedy string tiling.
/// Only tokens of their own count, in both. Winnowing (Schleimer, Wilkerson and Aiken, 2003) picks passages to start
/// from where whole classes are searched; two exercise files are short, so every passage can start a match here and none
/// is missed.
/// Source: Wise (1993), "String similarity via greedy string tiling and running Karp-Rabin matching".
std::vector<Match> find_matches(const ComparedText& first, const std::vector<bool>& first_own,
                                const ComparedText& second, const std::vector<bool>& second_own,
                                const SimilarityOptions& options);

}  // namespace handbuilt::grader

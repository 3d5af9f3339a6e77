#include "grader/similarity/matches.hpp"

#include <algorithm>
#include <unordered_map>

namespace handbuilt::grader {

namespace {

std::uint64_t hash_of(const std::vector<Token>& tokens, std::size_t begin, std::size_t length) {
  std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a over whole tokens
  for (std::size_t i = begin; i < begin + length; ++i) hash = (hash ^ tokens[i].kind) * 0x100000001b3;
  return hash;
}

/// One text while runs are taken out of it.
struct Side {
  const ComparedText& text;
  std::vector<bool> free;

  [[nodiscard]] bool is_free(std::size_t at) const { return at < free.size() && free[at]; }
};

/// How far the two texts go on alike from here, over free tokens.
int run_length(const Side& first, std::size_t a, const Side& second, std::size_t b) {
  int length = 0;
  while (first.is_free(a) && second.is_free(b) && first.text.tokens[a].kind == second.text.tokens[b].kind) {
    ++a;
    ++b;
    ++length;
  }
  return length;
}

void take(Side& side, int begin, int length) {
  std::fill_n(side.free.begin() + begin, length, false);
}

}  // namespace

ComparedText prepare_text(std::string_view text, const SimilarityOptions& options) {
  ComparedText prepared{tokens_of(text), {}};
  const auto length = static_cast<std::size_t>(options.shortest_match);
  for (std::size_t i = 0; i + length <= prepared.tokens.size(); ++i)
    prepared.passages.push_back(hash_of(prepared.tokens, i, length));
  return prepared;
}

std::vector<bool> own_tokens(const ComparedText& text, const Passages& left_out) {
  std::vector<bool> own(text.tokens.size(), true);
  const std::size_t length = text.tokens.size() - text.passages.size() + 1;  // of a passage, when there is one
  for (std::size_t i = 0; i < text.passages.size(); ++i)
    if (left_out.contains(text.passages[i])) std::fill_n(own.begin() + static_cast<std::ptrdiff_t>(i), length, false);
  return own;
}

std::vector<Match> find_matches(const ComparedText& first, const std::vector<bool>& first_own,
                                const ComparedText& second, const std::vector<bool>& second_own,
                                const SimilarityOptions& options) {
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> places;
  for (std::size_t b = 0; b < second.passages.size(); ++b) places[second.passages[b]].push_back(b);
  std::vector<Match> candidates;
  Side left{first, first_own}, right{second, second_own};
  for (std::size_t a = 0; a < first.passages.size(); ++a) {
    const auto found = places.find(first.passages[a]);
    if (found == places.end()) continue;
    for (const std::size_t b : found->second) {
      // The middle of a run is found from its start.
      if (a > 0 && b > 0 && left.is_free(a - 1) && right.is_free(b - 1) &&
          first.tokens[a - 1].kind == second.tokens[b - 1].kind)
        continue;
      const int length = run_length(left, a, right, b);
      if (length >= options.shortest_match) candidates.push_back({static_cast<int>(a), static_cast<int>(b), length});
    }
  }
  const auto longer = [](const Match& one, const Match& other) {
    if (one.length != other.length) return one.length < other.length;
    if (one.first_begin != other.first_begin) return one.first_begin > other.first_begin;
    return one.second_begin > other.second_begin;
  };
  std::make_heap(candidates.begin(), candidates.end(), longer);
  std::vector<Match> matches;
  while (!candidates.empty()) {
    std::pop_heap(candidates.begin(), candidates.end(), longer);
    Match best = candidates.back();
    candidates.pop_back();
    // A run that lost a part to a longer one competes again with what is left of it.
    int taken = 0;
    while (taken < best.length && !(left.is_free(static_cast<std::size_t>(best.first_begin + taken)) &&
                                    right.is_free(static_cast<std::size_t>(best.second_begin + taken))))
      ++taken;
    const Match rest{best.first_begin + taken, best.second_begin + taken,
                     taken == best.length ? 0
                                          : run_length(left, static_cast<std::size_t>(best.first_begin + taken), right,
                                                       static_cast<std::size_t>(best.second_begin + taken))};
    if (rest.length < options.shortest_match) continue;
    if (rest.length < best.length) {
      candidates.push_back(rest);
      std::push_heap(candidates.begin(), candidates.end(), longer);
      continue;
    }
    take(left, best.first_begin, best.length);
    take(right, best.second_begin, best.length);
    matches.push_back(best);
  }
  return matches;
}

}  // namespace handbuilt::grader

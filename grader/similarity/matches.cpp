#include "grader/similarity/matches.hpp"

#include <algorithm>

namespace handbuilt::grader {

namespace {

// Of one passage in one text: a file of nothing but repetitions shall not cost its square.
constexpr std::size_t kMostPlaces = 32;
// A file of an exercise has a few hundred.
constexpr std::size_t kMostTokens = 20'000;

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

/// The parts of a run of which nothing is taken yet in either text.
std::vector<Match> free_parts(const Match& run, const Side& first, const Side& second) {
  std::vector<Match> parts;
  bool goes_on = false;
  for (int i = 0; i < run.length; ++i) {
    const bool is_free = first.is_free(static_cast<std::size_t>(run.first_begin + i)) &&
                         second.is_free(static_cast<std::size_t>(run.second_begin + i));
    if (is_free && !goes_on) parts.push_back({run.first_begin + i, run.second_begin + i, 0});
    if (is_free) ++parts.back().length;
    goes_on = is_free;
  }
  return parts;
}

/// Does a run of the text hold a passage that is not left out?
bool holds_more_than(const Passages& left_out, const ComparedText& text, std::size_t begin, int length,
                     const SimilarityOptions& options) {
  const auto first = text.passages.begin() + static_cast<std::ptrdiff_t>(begin);
  return std::any_of(first, first + (length - options.shortest_match + 1),
                     [&](std::uint64_t passage) { return !left_out.contains(passage); });
}

void take(Side& side, int begin, int length) { std::fill_n(side.free.begin() + begin, length, false); }

}  // namespace

ComparedText prepare_text(std::string_view text, const SimilarityOptions& options) {
  ComparedText prepared{tokens_of(text), {}, {}};
  if (prepared.tokens.size() > kMostTokens) prepared.tokens.resize(kMostTokens);
  const auto length = static_cast<std::size_t>(options.shortest_match);
  for (std::size_t i = 0; i + length <= prepared.tokens.size(); ++i)
    prepared.passages.push_back(hash_of(prepared.tokens, i, length));
  for (std::size_t i = 0; i < prepared.passages.size(); ++i) prepared.places.emplace_back(prepared.passages[i], i);
  std::sort(prepared.places.begin(), prepared.places.end());
  return prepared;
}

std::vector<bool> own_tokens(const ComparedText& text, const Passages& left_out) {
  std::vector<bool> own(text.tokens.size(), true);
  const std::size_t length = text.tokens.size() - text.passages.size() + 1;  // of a passage, when there is one
  for (std::size_t i = 0; i < text.passages.size(); ++i)
    if (left_out.contains(text.passages[i])) std::fill_n(own.begin() + static_cast<std::ptrdiff_t>(i), length, false);
  return own;
}

std::vector<Match> find_matches(const ComparedText& first, const ComparedText& second, const Passages& left_out,
                                const SimilarityOptions& options) {
  std::vector<Match> candidates;
  Side left{first, std::vector<bool>(first.tokens.size(), true)};
  Side right{second, std::vector<bool>(second.tokens.size(), true)};
  for (std::size_t a = 0; a < first.passages.size(); ++a) {
    auto place =
        std::lower_bound(second.places.begin(), second.places.end(), std::pair{first.passages[a], std::size_t{0}});
    for (std::size_t seen = 0; seen < kMostPlaces && place != second.places.end(); ++seen, ++place) {
      if (place->first != first.passages[a]) break;
      const std::size_t b = place->second;
      // The middle of a run is found from its start.
      if (a > 0 && b > 0 && first.tokens[a - 1].kind == second.tokens[b - 1].kind) continue;
      const int length = run_length(left, a, right, b);
      if (length >= options.shortest_match && holds_more_than(left_out, first, a, length, options))
        candidates.push_back({static_cast<int>(a), static_cast<int>(b), length});
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
    if (const std::vector<Match> rest = free_parts(best, left, right);
        rest.size() != 1 || rest[0].length < best.length) {
      // A run that lost a part to a longer one competes again with what is left of it.
      for (const Match& part : rest) {
        if (part.length < options.shortest_match) continue;
        candidates.push_back(part);
        std::push_heap(candidates.begin(), candidates.end(), longer);
      }
      continue;
    }
    if (!holds_more_than(left_out, first, static_cast<std::size_t>(best.first_begin), best.length, options)) continue;
    take(left, best.first_begin, best.length);
    take(right, best.second_begin, best.length);
    matches.push_back(best);
  }
  return matches;
}

}  // namespace handbuilt::grader

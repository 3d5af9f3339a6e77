#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/matrix.hpp"
#include "similarity/whitener.hpp"

namespace handbuilt::similarity {

constexpr int kMostActions = 10'000;

struct MemoryOptions {
  int actions = 2;      ///< actions are 0 ... actions - 1, at most kMostActions
  int capacity = 5000;  ///< situations held at once
  int neighbours = 15;  ///< of each action, that speak in a recall
  /// How far away, in whitened units, a memory still is a memory of this: what lies farther says nothing, and where all
  /// do, the situation is strange. Set by hand or by calibrate().
  double familiar_distance = 3;
};

/// What is remembered of one action in situations like the one asked about.
struct ActionMemory {
  double gain = 0;            ///< mean gain, the nearer counting more; NaN when nothing is remembered
  double count = 0;           ///< how many equally near situations would know as much (Kish 1965)
  double standard_error = 0;  ///< of the gain; infinite for a count below 2
};

/// The answer to "what is this like?"
struct Recall {
  std::vector<ActionMemory> actions;
  double distance = 0;    ///< to the nearest memory; infinite when there is none
  bool familiar = false;  ///< false: "I have never seen anything like this"

  /// The action with the largest gain (the lower one of equals); none when the situation is strange.
  [[nodiscard]] std::optional<int> best() const;
};

/// Remembers what was sensed, done and gained, and says what was gained by each action in situations like this one.
///
///     SituationMemory memory(Whitener(sensed_so_far), {.actions = 3});
///     memory.store(sensed, action, gain);
///     const std::optional<int> action = memory.recall(sensed).best();   // none: try something
///
/// A recall weighs the nearest memories of each action by exp(-(distance / width)^2 / 2); the width is their median
/// distance, so that it adapts to how much is known around here (Nadaraya 1964; Watson 1964).
///
/// When it is full, of the two memories of one action that are nearest to each other the older is forgotten: what is
/// said twice goes first, what is unlike everything else stays. A new memory is never the one that goes, unless its
/// twin is itself new. Storing then takes time in proportion to the capacity.
class SituationMemory {
 public:
  /// Throws ValueError for options outside their range.
  SituationMemory(Whitener space, const MemoryOptions& options);

  /// sensed [columns]. Throws ShapeError for another size; ValueError for numbers that are not finite or an action that
  /// is none. The memory is then as it was.
  void store(const VectorD& sensed, int action, double gain);
  /// Throws like store(). An empty memory finds everything strange.
  [[nodiscard]] Recall recall(const VectorD& sensed) const;

  /// Sets the familiar distance so that at most this share of situations like these rows, which must not be those
  /// stored, counts as strange: conformal_threshold says what that promises. Throws ShapeError for an empty memory.
  void calibrate(const data::MatrixView& sensed, double rate);

  [[nodiscard]] int size() const { return static_cast<int>(entries_.size()); }
  [[nodiscard]] const MemoryOptions& options() const { return options_; }
  [[nodiscard]] const Whitener& space() const { return space_; }

 private:
  struct Entry {
    VectorD place;  // whitened
    int action;
    double gain;
    std::uint64_t age;     // number of stores before it
    double twin_distance;  // squared, to the nearest other of its action
    std::uint64_t twin;    // whose age is this
  };
  friend std::string encode_memory(const SituationMemory& memory);
  friend SituationMemory decode_memory(std::string_view bytes, const std::string& source);

  [[nodiscard]] VectorD place_of(const VectorD& sensed) const;
  void forget_one();
  void find_twin(Entry& entry) const;

  Whitener space_;
  MemoryOptions options_;
  std::vector<Entry> entries_;
  std::uint64_t stored_ = 0;
};

/// A memory on disk, sealed as data/sealed_bytes.hpp says, with the magic 0x89 "HBSM" carriage return, line feed, 0x1a.
/// The content: columns, dimensions, actions, capacity, neighbours and entries (4 bytes each); the familiar distance;
/// the mean and matrix of the whitener; the number of stores (8 bytes); then of each entry its age and action (8 and 4
/// bytes), gain and place. What is saved and loaded recalls to the last bit as before.
///
/// save_memory() writes beside the file and renames. load_memory() throws DataError, naming the file and the byte, for
/// one that is missing, no memory, of another version, truncated, damaged, or that holds what no memory can.
void save_memory(const std::filesystem::path& path, const SituationMemory& memory);
SituationMemory load_memory(const std::filesystem::path& path);
/// The same in memory; `source` is what messages call the bytes.
std::string encode_memory(const SituationMemory& memory);
SituationMemory decode_memory(std::string_view bytes, const std::string& source);

}  // namespace handbuilt::similarity

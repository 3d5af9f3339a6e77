#include <limits>
#include <utility>

#include "core/error.hpp"
#include "core/file.hpp"
#include "data/sealed_bytes.hpp"
#include "similarity/situation_memory.hpp"

namespace handbuilt::similarity {

namespace {

constexpr data::SealedKind kMemoryFile{"\x89HBSM\r\n\x1a", 1, "situation memory", "record the situations again"};

/// A count that an int holds, and of which each takes at least `bytes_each` of what is left in the file.
int count_of(data::SealedReader& reader, const std::string& field, std::size_t least, std::size_t bytes_each = 0) {
  const std::size_t start = reader.position();
  const auto count = reader.number<std::uint32_t>(field);
  if (count < least || count > std::uint32_t{std::numeric_limits<int>::max()})
    reader.refuse_at(start,
                     "expected " + field + " of at least " + std::to_string(least) + ", got " + std::to_string(count));
  if (bytes_each > 0 && count > reader.left() / bytes_each)
    reader.refuse_at(start, "expected " + field + " that fit into the file, got " + std::to_string(count));
  return static_cast<int>(count);
}

}  // namespace

std::string encode_memory(const SituationMemory& memory) {
  data::SealedWriter writer(kMemoryFile);
  const Whitener& space = memory.space_;
  const MemoryOptions& options = memory.options_;
  for (const Eigen::Index count :
       {space.matrix().rows(), space.matrix().cols(), Eigen::Index{options.actions}, Eigen::Index{options.capacity},
        Eigen::Index{options.neighbours}, Eigen::Index{memory.size()}})
    writer.number(static_cast<std::uint32_t>(count));
  writer.real(options.familiar_distance);
  for (const double value : space.mean()) writer.real(value);
  for (Eigen::Index i = 0; i < space.matrix().size(); ++i) writer.real(space.matrix().data()[i]);
  writer.number(memory.stored_);
  for (const SituationMemory::Entry& entry : memory.entries_) {
    writer.number(entry.age);
    writer.number(static_cast<std::uint32_t>(entry.action));
    writer.real(entry.gain);
    for (const double value : entry.place) writer.real(value);
  }
  return std::move(writer).sealed();
}

SituationMemory decode_memory(std::string_view bytes, const std::string& source) {
  data::SealedReader reader(bytes, source, kMemoryFile);
  const int columns = count_of(reader, "columns", 1, sizeof(double));
  const int dimensions = count_of(reader, "dimensions", 1, sizeof(double) * static_cast<std::size_t>(columns));
  MemoryOptions options;
  options.actions = count_of(reader, "actions", 1);
  if (options.actions > kMostActions)
    reader.refuse("expected at most " + std::to_string(kMostActions) + " actions, got " +
                  std::to_string(options.actions));
  options.capacity = count_of(reader, "capacity", 1);
  options.neighbours = count_of(reader, "neighbours", 1);
  const int entries = count_of(reader, "entries", 0, sizeof(double) * static_cast<std::size_t>(dimensions));
  if (entries > options.capacity)
    reader.refuse("expected at most " + std::to_string(options.capacity) + " entries, got " + std::to_string(entries));
  options.familiar_distance = reader.real("familiar distance");
  if (options.familiar_distance < 0) reader.refuse("expected a familiar distance of at least 0");
  VectorD mean(columns);
  for (double& value : mean) value = reader.real("mean");
  MatrixD matrix(columns, dimensions);
  for (Eigen::Index i = 0; i < matrix.size(); ++i) matrix.data()[i] = reader.real("matrix");
  SituationMemory memory(Whitener(std::move(mean), std::move(matrix)), options);
  memory.stored_ = reader.number<std::uint64_t>("number of stores");
  std::uint64_t youngest = 0;
  for (int i = 0; i < entries; ++i) {
    const std::string which = "entry " + std::to_string(i);
    const std::size_t start = reader.position();
    const auto age = reader.number<std::uint64_t>("age of " + which);
    if (age >= memory.stored_ || (i > 0 && age <= youngest))
      reader.refuse_at(start, "the age of " + which + " is none");
    youngest = age;
    const auto action = reader.number<std::uint32_t>("action of " + which);
    if (action >= static_cast<std::uint32_t>(options.actions))
      reader.refuse("expected an action below " + std::to_string(options.actions) + " in " + which + ", got " +
                    std::to_string(action));
    const double gain = reader.real("gain of " + which);
    VectorD place(dimensions);
    for (double& value : place) value = reader.real("place of " + which);
    memory.entries_.push_back({std::move(place), static_cast<int>(action), gain, age, 0, 0});
  }
  reader.expect_end("entry");
  for (SituationMemory::Entry& entry : memory.entries_) memory.find_twin(entry);
  return memory;
}

void save_memory(const std::filesystem::path& path, const SituationMemory& memory) {
  write_file(path, encode_memory(memory));
}

SituationMemory load_memory(const std::filesystem::path& path) { return decode_memory(read_file(path), path.string()); }

}  // namespace handbuilt::similarity

#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "robot_sim/simulator/simulator.hpp"
#include "robot_sim/trace/trace_header.hpp"

/// A run as a file: what it started from and every command, with the state's hash every two seconds. Replaying steps
/// the simulator again, so everything that could be seen in the run can be seen again, to the last bit.
///
/// All numbers are little endian; every checksum is CRC-32 (ISO 3309, as zlib computes it).
///
/// | bytes | meaning                                                                                         |
/// |-------|-------------------------------------------------------------------------------------------------|
/// |     8 | "HBTRACE\n"                                                                                     |
/// |     4 | version, 1                                                                                      |
/// |     4 | size of the header                                                                              |
/// |     4 | checksum of the 16 bytes before                                                                 |
/// |     n | the header (trace_header.cpp)                                                                   |
/// |     4 | its checksum                                                                                    |
///
/// Then blocks of up to 100 ticks, and at last one of none, without which the trace was cut:
///
/// | bytes | meaning                                                                                         |
/// |-------|-------------------------------------------------------------------------------------------------|
/// |     4 | size of the block's events                                                                      |
/// |     4 | its first tick                                                                                  |
/// |     4 | its number of ticks                                                                             |
/// |     4 | checksum of the 12 bytes before                                                                 |
/// |     n | events                                                                                          |
/// |     8 | the state's hash after them                                                                     |
/// |     4 | checksum of events and hash                                                                     |
///
/// An event is a byte and what belongs to it: 0 and a number n: n commands like the last one, each with the next
/// sequence number; 1, a mask of 32 bits and the bytes of the next command that are not like that; 2 and a text: these
/// faults are injected; 3: a cat is put onto the robot. Numbers within are seven bits a byte, lowest first.
namespace handbuilt::robot_sim {

/// Writes a trace while a run goes on. What stands in the file can be replayed at any time, also after a crash.
class TraceWriter {
 public:
  /// Begins the file anew. Throws DataError when it cannot be written, as do the others.
  TraceWriter(std::filesystem::path path, const TraceHeader& header);

  /// To be called before the step that they happen in.
  void inject(const Fault& fault);
  void drop_cat();
  /// To be called after each step, with the command that it took.
  void record(const CommandFrame& command, const Simulator& after);
  /// To be called after the last step. Without it the trace counts as cut.
  void finish(const Simulator& after);

 private:
  void end_run_of_equals();
  void write_block(const Simulator& after);
  void write(const std::string& bytes);

  std::filesystem::path path_;
  std::ofstream file_;
  std::string events_, pending_;  // pending: before the next command
  CommandFrame last_;
  std::uint32_t equals_ = 0, ticks_ = 0, block_start_ = 0;
};

/// A trace whose checksums hold, up to where it is whole.
struct Trace {
  struct Block {
    std::string_view events;
    std::uint32_t first_tick = 0, ticks = 0;
    std::uint64_t hash = 0;
  };
  std::string name;  ///< of the file, for messages
  std::shared_ptr<const std::string> bytes;
  TraceHeader header;
  std::vector<Block> blocks;
  std::uint32_t ticks = 0;
  bool complete = false;  ///< false: the file ends before the run did
};

/// Throws DataError, beginning with the file's name, for a file that is no trace, is of another version, was altered,
/// or ends within its header.
Trace read_trace(const std::filesystem::path& path);
Trace parse_trace(std::string bytes, const std::string& name);

/// Steps through a trace.
class Replay {
 public:
  explicit Replay(Trace trace);

  /// One tick; false when there is none left. Throws DataError, beginning with the trace's name, when the state is not
  /// what it was at that time, or an event makes no sense.
  bool step();

  [[nodiscard]] const Trace& trace() const { return trace_; }
  [[nodiscard]] const Simulator& simulator() const { return simulator_; }
  /// What the last step took and gave.
  [[nodiscard]] const CommandFrame& command() const { return command_; }
  [[nodiscard]] const std::optional<CameraPatch>& patch() const { return patch_; }
  /// The faults that were injected before it.
  [[nodiscard]] const std::vector<Fault>& injected() const { return injected_; }
  /// Whether a cat was put onto the robot before it.
  [[nodiscard]] bool cat_dropped() const { return cat_dropped_; }

 private:
  void read_event();
  void check_block_end();

  Trace trace_;
  Simulator simulator_;
  CommandFrame command_;
  std::optional<CameraPatch> patch_;
  std::vector<Fault> injected_;
  std::size_t block_ = 0, event_ = 0;
  std::uint32_t equals_ = 0, ticks_ = 0;
  bool has_command_ = false, cat_dropped_ = false;
};

}  // namespace handbuilt::robot_sim

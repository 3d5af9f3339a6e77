#include <array>
#include <bit>
#include <cstdio>
#include <utility>

#include "core/error.hpp"
#include "robot_sim/trace/bytes.hpp"
#include "robot_sim/trace/layout.hpp"
#include "robot_sim/trace/trace.hpp"

namespace handbuilt::robot_sim {

namespace {

/// The command that differs from the expected one where the event says.
CommandFrame changed_command(const CommandFrame& expected, ByteReader& bytes) {
  auto raw = std::bit_cast<std::array<std::uint8_t, sizeof(CommandFrame)>>(expected);
  const std::uint32_t mask = bytes.take_varint();
  for (std::size_t i = 0; i < raw.size(); ++i)
    if ((mask >> i & 1u) != 0) raw[i] = bytes.take<std::uint8_t>();
  return std::bit_cast<CommandFrame>(raw);
}

/// A trace's simulator. A start that does not fit, in a file whose checksums hold, is the file's error.
Simulator simulator_of(const Trace& trace) {
  try {
    return Simulator(trace.header.home, trace.header.options);
  } catch (const Error& error) {
    throw DataError(trace.name + ": the header makes no sense: " + error.what());
  }
}

}  // namespace

Replay::Replay(Trace trace) : trace_(std::move(trace)), simulator_(simulator_of(trace_)) {}

bool Replay::step() {
  // Blocks of no ticks hold the end, or nothing.
  while (block_ < trace_.blocks.size() && ticks_ == trace_.blocks[block_].first_tick + trace_.blocks[block_].ticks)
    check_block_end();
  if (block_ == trace_.blocks.size()) return false;
  try {
    has_command_ = false;
    injected_.clear();
    cat_dropped_ = false;
    while (!has_command_) read_event();
  } catch (const Error& error) {
    throw DataError(trace_.name + ": tick " + std::to_string(ticks_) + ": an event makes no sense: " + error.what());
  }
  simulator_.step(command_);
  patch_ = simulator_.patch();
  ++ticks_;
  if (ticks_ == trace_.blocks[block_].first_tick + trace_.blocks[block_].ticks) check_block_end();
  return true;
}

void Replay::read_event() {
  if (equals_ > 0) {
    --equals_;
    command_ = trace_layout::following(command_);
    has_command_ = true;
    return;
  }
  const std::string_view events = trace_.blocks[block_].events.substr(event_);
  ByteReader bytes(events);
  switch (const auto kind = bytes.take<std::uint8_t>()) {
    case trace_layout::kSame:
      equals_ = bytes.take_varint();
      break;
    case trace_layout::kChanged:
      command_ = changed_command(trace_layout::following(command_), bytes);
      has_command_ = true;
      break;
    case trace_layout::kInject:
      for (const Fault& fault : parse_faults(bytes.take_text())) {
        simulator_.inject(fault);
        injected_.push_back(fault);
      }
      break;
    case trace_layout::kDropCat:
      simulator_.drop_cat();
      cat_dropped_ = true;
      break;
    default:
      throw DataError("expected an event 0 to 3, got " + std::to_string(kind));
  }
  event_ += events.size() - bytes.left();
}

void Replay::check_block_end() {
  const Trace::Block& block = trace_.blocks[block_];
  if (event_ != block.events.size() || equals_ != 0)
    throw DataError(trace_.name + ": tick " + std::to_string(ticks_) + ": an event makes no sense: expected " +
                    std::to_string(block.ticks) + " ticks in its block");
  if (simulator_.state_hash() != block.hash) {
    char words[96];
    std::snprintf(words, sizeof words, ": between %.1f and %.1f s the replay differs from the run; ",
                  block.first_tick * 0.02, ticks_ * 0.02);
    throw DataError(trace_.name + words + "the trace was written by another version of the simulator, or altered");
  }
  ++block_;
  event_ = 0;
}

}  // namespace handbuilt::robot_sim

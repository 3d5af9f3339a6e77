#pragma once

#include <cstdint>
#include <string_view>

#include "robot_sim/firmware/protocol/frames.hpp"

/// What writer and reader of traces agree on; trace.hpp tells the whole.
namespace handbuilt::robot_sim::trace_layout {

constexpr std::string_view kMagic = "HBTRACE\n";
constexpr std::uint32_t kVersion = 1;
constexpr std::uint32_t kBlockTicks = 100;
constexpr std::size_t kPreludeBytes = 20, kBlockHeaderBytes = 16, kBlockTrailerBytes = 12, kChecksumBytes = 4;
// The first byte of an event.
constexpr std::uint8_t kSame = 0, kChanged = 1, kInject = 2, kDropCat = 3;

std::uint32_t checksum(std::string_view bytes);

/// The command that is expected after another: the same, with the next sequence number.
inline CommandFrame following(CommandFrame command) {
  ++command.sequence;
  return command;
}

}  // namespace handbuilt::robot_sim::trace_layout

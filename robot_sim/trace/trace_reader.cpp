#include <zlib.h>

#include <utility>

#include "core/error.hpp"
#include "core/file.hpp"
#include "robot_sim/trace/bytes.hpp"
#include "robot_sim/trace/layout.hpp"
#include "robot_sim/trace/trace.hpp"

namespace handbuilt::robot_sim {

namespace {

using namespace trace_layout;

[[noreturn]] void refuse(const Trace& trace, std::size_t at, const std::string& what) {
  throw DataError(trace.name + ": byte " + std::to_string(at) + ": " + what);
}

/// Reads the header, and returns where the blocks begin.
std::size_t read_header(Trace& trace) {
  const std::string_view bytes = *trace.bytes;
  if (bytes.substr(0, kMagic.size()) != kMagic.substr(0, bytes.size()) || bytes.empty())
    throw DataError(trace.name + ": expected a trace of a robot's run, which begins with HBTRACE");
  const std::string cut = "the trace ends within its header; nothing of it can be replayed";
  if (bytes.size() < kPreludeBytes) refuse(trace, bytes.size(), cut);
  ByteReader prelude(bytes.substr(kMagic.size(), kPreludeBytes - kMagic.size()));
  if (const auto version = prelude.take<std::uint32_t>(); version != kVersion)
    throw DataError(trace.name + ": expected a trace of version " + std::to_string(kVersion) + ", got version " +
                    std::to_string(version));
  const std::size_t size = prelude.take<std::uint32_t>();
  if (prelude.take<std::uint32_t>() != checksum(bytes.substr(0, kPreludeBytes - kChecksumBytes)))
    refuse(trace, kMagic.size(), "the trace was altered: the checksum of its first 16 bytes does not hold");
  if (bytes.size() < kPreludeBytes + size + kChecksumBytes) refuse(trace, bytes.size(), cut);

  const std::string_view content = bytes.substr(kPreludeBytes, size);
  if (ByteReader(bytes.substr(kPreludeBytes + size)).take<std::uint32_t>() != checksum(content))
    refuse(trace, kPreludeBytes, "the trace was altered: the checksum of its header does not hold");
  try {
    trace.header = trace_header_from(content);
  } catch (const Error& error) {
    refuse(trace, kPreludeBytes, std::string("the header makes no sense: ") + error.what());
  }
  return kPreludeBytes + size + kChecksumBytes;
}

/// Reads the block at `at` and moves on; false where the file ends before the block does.
bool read_block(Trace& trace, std::size_t& at) {
  const std::string_view rest = std::string_view(*trace.bytes).substr(at);
  if (rest.size() < kBlockHeaderBytes) return false;
  ByteReader head(rest);
  const std::size_t size = head.take<std::uint32_t>();
  Trace::Block block;
  block.first_tick = head.take<std::uint32_t>();
  block.ticks = head.take<std::uint32_t>();
  if (head.take<std::uint32_t>() != checksum(rest.substr(0, kBlockHeaderBytes - kChecksumBytes)))
    refuse(trace, at, "the trace was altered: the checksum of a block's start does not hold");
  if (block.first_tick != trace.ticks || block.ticks > kBlockTicks)
    refuse(trace, at,
           "the trace was altered: expected the block of tick " + std::to_string(trace.ticks) + ", got that of tick " +
               std::to_string(block.first_tick));
  if (rest.size() < kBlockHeaderBytes + size + kBlockTrailerBytes) return false;
  block.events = rest.substr(kBlockHeaderBytes, size);
  ByteReader tail(rest.substr(kBlockHeaderBytes + size));
  block.hash = tail.take<std::uint64_t>();
  if (tail.take<std::uint32_t>() !=
      checksum(rest.substr(kBlockHeaderBytes, size + kBlockTrailerBytes - kChecksumBytes)))
    refuse(trace, at + kBlockHeaderBytes, "the trace was altered: the checksum of a block does not hold");
  at += kBlockHeaderBytes + size + kBlockTrailerBytes;
  trace.ticks += block.ticks;
  trace.blocks.push_back(block);
  return true;
}

}  // namespace

std::uint32_t trace_layout::checksum(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<z_size_t>(bytes.size())));
}

Trace read_trace(const std::filesystem::path& path) { return parse_trace(read_file(path), path.string()); }

Trace parse_trace(std::string bytes, const std::string& name) {
  Trace trace;
  trace.name = name;
  trace.bytes = std::make_shared<const std::string>(std::move(bytes));
  std::size_t at = read_header(trace);
  while (!trace.complete && read_block(trace, at)) trace.complete = trace.blocks.back().ticks == 0;
  if (trace.complete && at != trace.bytes->size()) refuse(trace, at, "expected nothing after the run's end");
  return trace;
}

}  // namespace handbuilt::robot_sim

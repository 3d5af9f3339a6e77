#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <utility>

#include "core/error.hpp"
#include "robot_sim/trace/bytes.hpp"
#include "robot_sim/trace/layout.hpp"
#include "robot_sim/trace/trace.hpp"

namespace handbuilt::robot_sim {

TraceWriter::TraceWriter(std::filesystem::path path, const TraceHeader& header)
    : path_(std::move(path)), file_(path_, std::ios::binary | std::ios::trunc) {
  if (!file_) throw DataError(path_.string() + ": cannot write the file: " + std::strerror(errno));
  const std::string content = to_bytes(header);
  std::string bytes(trace_layout::kMagic);
  put(bytes, trace_layout::kVersion);
  put(bytes, static_cast<std::uint32_t>(content.size()));
  put(bytes, trace_layout::checksum(bytes));
  bytes += content;
  put(bytes, trace_layout::checksum(content));
  write(bytes);
}

void TraceWriter::end_run_of_equals() {
  if (equals_ == 0) return;
  put(events_, trace_layout::kSame);
  put_varint(events_, equals_);
  equals_ = 0;
}

void TraceWriter::inject(const Fault& fault) {
  put(pending_, trace_layout::kInject);
  put_text(pending_, to_string({fault}));
}

void TraceWriter::drop_cat() { put(pending_, trace_layout::kDropCat); }

void TraceWriter::record(const CommandFrame& command, const Simulator& after) {
  if (!pending_.empty()) {
    end_run_of_equals();
    events_ += pending_;
    pending_.clear();
  }
  const CommandFrame expected = trace_layout::following(last_);
  if (command == expected) {
    ++equals_;
  } else {
    end_run_of_equals();
    using Raw = std::array<std::uint8_t, sizeof(CommandFrame)>;
    const Raw got = std::bit_cast<Raw>(command), before = std::bit_cast<Raw>(expected);
    std::uint32_t mask = 0;
    std::string changed;
    for (std::size_t i = 0; i < got.size(); ++i)
      if (got[i] != before[i]) {
        mask |= 1u << i;
        put(changed, got[i]);
      }
    put(events_, trace_layout::kChanged);
    put_varint(events_, mask);
    events_ += changed;
  }
  last_ = command;
  if (++ticks_ - block_start_ == trace_layout::kBlockTicks) write_block(after);
}

void TraceWriter::finish(const Simulator& after) {
  if (ticks_ != block_start_) write_block(after);
  write_block(after);
}

void TraceWriter::write_block(const Simulator& after) {
  end_run_of_equals();
  std::string bytes;
  put(bytes, static_cast<std::uint32_t>(events_.size()));
  put(bytes, block_start_);
  put(bytes, ticks_ - block_start_);
  put(bytes, trace_layout::checksum(bytes));
  put(events_, after.state_hash());
  bytes += events_;
  put(bytes, trace_layout::checksum(events_));
  write(bytes);
  events_.clear();
  block_start_ = ticks_;
}

void TraceWriter::write(const std::string& bytes) {
  file_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file_.flush();
  if (!file_) throw DataError(path_.string() + ": cannot write the file: " + std::strerror(errno));
}

}  // namespace handbuilt::robot_sim

#include "grader/protocol/frame.hpp"

#include "grader/protocol/codec.hpp"

namespace handbuilt::grader {

namespace {

constexpr std::uint32_t kMark = 0x31464248;  // "HBF1"

bool is_kind(FrameKind kind) {
  switch (kind) {
    case FrameKind::call:
    case FrameKind::batch:
    case FrameKind::returned:
    case FrameKind::not_started:
    case FrameKind::threw:
    case FrameKind::out_of_memory:
    case FrameKind::refused:
      return true;
  }
  return false;
}

}  // namespace

std::string encode_frame(FrameHeader header, std::string_view payload) {
  if (payload.size() > kLargestPayload)
    throw ProtocolError("a message holds at most " + std::to_string(kLargestPayload) + " bytes, got " +
                        std::to_string(payload.size()));
  ByteWriter out;
  write_value(out, kMark);
  write_value(out, header.kind);
  write_value(out, header.nonce);
  write_value(out, header.sequence);
  write_value(out, static_cast<std::uint64_t>(payload.size()));
  out.raw(payload.data(), payload.size());
  return std::move(out).take();
}

FrameHeader decode_frame_header(std::string_view bytes) {
  ByteReader in(bytes);
  if (read_value<std::uint32_t>(in) != kMark) throw ProtocolError("expected the mark of a message");
  FrameHeader header;
  read_value(in, header.kind);
  read_value(in, header.nonce);
  read_value(in, header.sequence);
  read_value(in, header.length);
  if (!is_kind(header.kind))
    throw ProtocolError("no kind of message is " + std::to_string(static_cast<std::uint32_t>(header.kind)));
  if (header.length > kLargestPayload)
    throw ProtocolError("expected at most " + std::to_string(kLargestPayload) + " bytes in a message, got " +
                        std::to_string(header.length));
  return header;
}

}  // namespace handbuilt::grader

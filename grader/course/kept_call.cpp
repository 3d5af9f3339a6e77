#include "grader/course/kept_call.hpp"

#include <map>

#include "grader/protocol/codec.hpp"
#include "grader/protocol/frame.hpp"

namespace handbuilt::grader {

KeptCall read_kept_call(std::string_view bytes) {
  std::map<std::string, std::uint64_t> calls;
  KeptCall last;
  ByteReader frames(bytes);
  do {
    const FrameHeader header = decode_frame_header(frames.view(kFrameHeaderSize));
    ByteReader in(frames.view(header.length));
    last.function = read_value<std::string>(in);
    last.earlier_calls = calls[last.function];
    calls[last.function] += header.kind == FrameKind::batch ? read_value<std::uint64_t>(in) : 1;
  } while (frames.remaining() > 0);
  return last;
}

}  // namespace handbuilt::grader

#include "grader/judge/answer_reader.hpp"

#include <utility>

#include "grader/protocol/codec.hpp"

namespace handbuilt::grader {

namespace {

Reply meddled(std::string reason) { return {Reply::Kind::meddled, {}, {}, {}, std::move(reason)}; }

}  // namespace

bool AnswerReader::take(std::string_view bytes) {
  if (received_.size() > kFrameHeaderSize + kLargestPayload) return false;
  received_.append(bytes);
  return true;
}

std::optional<Reply> AnswerReader::finished() {
  if (received_.size() < kFrameHeaderSize) return std::nullopt;
  FrameHeader header;
  try {
    header = decode_frame_header(std::string_view(received_).substr(0, kFrameHeaderSize));
  } catch (const ProtocolError&) {
    return meddled("it wrote on descriptor 4, which belongs to the grader");
  }
  if (header.kind == FrameKind::call || header.kind == FrameKind::batch || header.nonce != call_.nonce ||
      header.sequence != call_.sequence)
    return meddled("it sent an answer to something that was not asked");
  if (received_.size() < kFrameHeaderSize + header.length) return std::nullopt;
  if (received_.size() > kFrameHeaderSize + header.length) return meddled("it answered more than it was asked");
  received_.erase(0, kFrameHeaderSize);
  return Reply{Reply::Kind::answered, header.kind, std::exchange(received_, {}), {}, {}};
}

}  // namespace handbuilt::grader

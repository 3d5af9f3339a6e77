#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "grader/judge/reply.hpp"

namespace handbuilt::grader {

/// Puts the bytes that a worker sends together to the answer to a call, or to meddling. The bytes may be anybody's:
/// whatever they are, no more than one largest message of them is kept, and only the answer to the call that was
/// announced last is taken for one.
class AnswerReader {
 public:
  /// From now on the answer must repeat the nonce and sequence of this call.
  void expect(const FrameHeader& call) { call_ = call; }

  /// False when the bytes are more than an answer can have.
  bool take(std::string_view bytes);

  /// The answer once it is whole; meddling as soon as the bytes cannot become one.
  [[nodiscard]] std::optional<Reply> finished();

 private:
  FrameHeader call_;
  std::string received_;
};

}  // namespace handbuilt::grader

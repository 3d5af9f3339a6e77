#pragma once

#include <string>

#include "grader/protocol/frame.hpp"
#include "grader/sandbox/limits.hpp"

namespace handbuilt::grader {

/// What came of a call.
struct Reply {
  enum class Kind {
    answered,
    out_of_cpu_time,
    out_of_wall_time,
    out_of_memory,  ///< with all that it started
    ended,          ///< the program is gone
    meddled         ///< it wrote what is no answer, or closed the channel
  };
  Kind kind = Kind::answered;
  FrameKind frame = FrameKind::returned;  ///< of an answer
  std::string payload;                    ///< of an answer
  Ending ending;                          ///< of a program that is gone
  std::string reason;                     ///< of meddling
};

}  // namespace handbuilt::grader

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace handbuilt::grader {

/// The call that went wrong, of those that a judge kept in a file: the last one.
struct KeptCall {
  std::string function;             ///< "convnet::conv2d_forward"
  std::uint64_t earlier_calls = 0;  ///< of the same function, in the same file
};

/// Reads the contents of the file. Throws ProtocolError when it holds no calls.
KeptCall read_kept_call(std::string_view bytes);

}  // namespace handbuilt::grader

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace handbuilt::grader {

/// What a message is. The judge sends `call` and `batch`; the worker answers each with one of the others.
enum class FrameKind : std::uint32_t {
  call = 1,            ///< function name, arguments
  batch = 2,           ///< function name, count, arguments of every call in turn
  returned = 16,       ///< result, then changed arguments; of every call in turn
  not_started = 17,    ///< the stub's not_started() was reached
  threw = 18,          ///< ThrownKind, name of the exception's type, its text
  out_of_memory = 19,  ///< std::bad_alloc
  refused = 20         ///< the worker cannot run the call, through no fault of the student's: the reason
};

/// Which family an exception that left a student's function belongs to.
enum class ThrownKind : std::uint32_t {
  index_error = 1,
  other_handbuilt_error = 2,
  something_else = 3,
  changed_constant = 4
};

/// The head of every message, before `length` bytes of payload. The judge draws a fresh nonce for each call and counts
/// calls in `sequence`; an answer must repeat both, so an answer given early, twice or by guess is none.
struct FrameHeader {
  FrameKind kind = FrameKind::call;
  std::uint64_t nonce = 0;
  std::uint64_t sequence = 0;
  std::uint64_t length = 0;
};

inline constexpr std::size_t kFrameHeaderSize = 32;
inline constexpr std::uint64_t kLargestPayload = std::uint64_t{256} << 20;

/// The descriptors on which a worker reads calls and writes answers.
inline constexpr int kCallDescriptor = 3;
inline constexpr int kAnswerDescriptor = 4;

/// With this exit code a worker says that it could no longer read calls or write answers.
inline constexpr int kChannelBrokenExitCode = 97;

[[nodiscard]] std::string encode_frame(FrameHeader header, std::string_view payload);

/// Reads the head of a message from its `kFrameHeaderSize` bytes. Throws ProtocolError for a wrong mark, a kind that is
/// none, or a length above `kLargestPayload`.
[[nodiscard]] FrameHeader decode_frame_header(std::string_view bytes);

}  // namespace handbuilt::grader

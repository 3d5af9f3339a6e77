#include "grader/course/kept_call.hpp"

#include <gtest/gtest.h>

#include "grader/protocol/codec.hpp"
#include "grader/protocol/frame.hpp"

namespace handbuilt::grader {
namespace {

std::string call_of(const std::string& function) {
  ByteWriter payload;
  write_value(payload, function);
  return encode_frame({FrameKind::call, 0, 0, 0}, payload.bytes());
}

std::string batch_of(const std::string& function, std::uint64_t count) {
  ByteWriter payload;
  write_value(payload, function);
  write_value(payload, count);
  return encode_frame({FrameKind::batch, 0, 0, 0}, payload.bytes());
}

TEST(KeptCall, IsTheLastOfAFile) { EXPECT_EQ(read_kept_call(call_of("a::f") + call_of("a::g")).function, "a::g"); }

TEST(KeptCall, CountsTheCallsOfItsFunctionThatCameBefore) {
  EXPECT_EQ(read_kept_call(call_of("a::f") + call_of("a::g") + batch_of("a::f", 5) + call_of("a::f")).earlier_calls,
            6u);
}

TEST(KeptCall, IsNotInAnEmptyFile) { EXPECT_THROW((void)read_kept_call(""), ProtocolError); }

}  // namespace
}  // namespace handbuilt::grader

// Compiled, with its own copy of the tensor's source, under HANDBUILT_CHECK_BOUNDS: all objects of a program must agree
// on it, so these tests have a program of their own.
#include <gtest/gtest.h>

#include "core/error.hpp"
#include "core/tensor.hpp"
#include "support/message_of.hpp"

static_assert(HANDBUILT_CHECK_BOUNDS, "this program is to be compiled with HANDBUILT_CHECK_BOUNDS=1");

namespace handbuilt {
namespace {

using test::message_of;

TEST(CheckedBounds, RefuseAnIndexOutsideAndNameIt) {
  const Tensor tensor({2, 3});
  EXPECT_EQ(message_of<IndexError>([&] { (void)tensor(1, 3); }), "index (1, 3) is outside a tensor of shape [2, 3]");
  EXPECT_EQ(message_of<IndexError>([&] { (void)tensor(-1, 0); }), "index (-1, 0) is outside a tensor of shape [2, 3]");
}

TEST(CheckedBounds, RefuseAnIndexThatWouldFallOnAnotherElement) {
  // Row 0, column 3 of [2, 3] lies where row 1 begins.
  EXPECT_THROW((void)Tensor({2, 3})(0, 3), IndexError);
}

TEST(CheckedBounds, RefuseAnotherNumberOfIndicesThanDimensions) {
  const Tensor tensor({2, 3});
  EXPECT_EQ(message_of<IndexError>([&] { (void)tensor(1); }), "a tensor of shape [2, 3] takes 2 indices, got 1");
  EXPECT_EQ(message_of<IndexError>([&] { (void)tensor(0, 0, 0, 0); }),
            "a tensor of shape [2, 3] takes 2 indices, got 4");
  EXPECT_EQ(message_of<IndexError>([] { (void)Tensor({5})(0, 0); }), "a tensor of shape [5] takes 1 index, got 2");
}

TEST(CheckedBounds, RefuseAWriteOutside) {
  Tensor tensor({2, 2, 2, 2});
  EXPECT_THROW(tensor(0, 0, 2, 0) = 1, IndexError);
  EXPECT_EQ(tensor, Tensor({2, 2, 2, 2}));
}

TEST(CheckedBounds, RefuseAFlatPositionOutside) {
  Tensor tensor({2, 3});
  EXPECT_THROW(tensor[6] = 1, IndexError);
  EXPECT_THROW((void)tensor[-1], IndexError);
  EXPECT_NO_THROW(tensor[5] = 1);
}

TEST(CheckedBounds, RefuseEveryIndexOfAnEmptyTensor) { EXPECT_THROW((void)Tensor()(0), IndexError); }

TEST(CheckedBounds, AllowEveryIndexInside) {
  const Tensor tensor({2, 3, 4, 5});
  for (const auto [n, c, y, x] : tensor.indices()) EXPECT_NO_THROW((void)tensor(n, c, y, x));
}

}  // namespace
}  // namespace handbuilt

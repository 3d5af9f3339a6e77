#include "core/tensor.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/matrix.hpp"
#include "support/message_of.hpp"

namespace handbuilt {
namespace {

using test::message_of;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TensorD counting(const Shape& shape) {
  TensorD tensor(shape);
  for (std::ptrdiff_t i = 0; i < tensor.size(); ++i) tensor[i] = static_cast<double>(i);
  return tensor;
}

TEST(Shape, KnowsItsRankSizeAndExtents) {
  const Shape shape{2, 3, 5};
  EXPECT_EQ(shape.rank(), 3);
  EXPECT_EQ(shape.size(), 30);
  EXPECT_EQ(shape[0], 2);
  EXPECT_EQ(shape[2], 5);
  EXPECT_EQ(shape.to_string(), "[2, 3, 5]");
}

TEST(Shape, ReadsExtentsPastItsRankAsOne) {
  const auto [batch, channels, height, width] = Shape{7, 4};
  EXPECT_THAT((std::vector<int>{batch, channels, height, width}), ElementsAre(7, 4, 1, 1));
}

TEST(Shape, OfADefaultTensorIsEmpty) {
  EXPECT_EQ(Shape().rank(), 1);
  EXPECT_EQ(Shape().size(), 0);
}

TEST(Shape, TellsRanksApartThatHoldTheSameNumbers) {
  EXPECT_EQ((Shape{2, 3}), Shape(std::vector<int>{2, 3}));
  EXPECT_NE((Shape{2, 3}), (Shape{2, 3, 1}));
  EXPECT_NE((Shape{2, 3}), (Shape{3, 2}));
}

TEST(Shape, RefusesRanksOtherThanOneToFour) {
  EXPECT_EQ(message_of<ShapeError>([] { (void)Shape(std::vector<int>{}); }),
            "a tensor has one to four dimensions, got []");
  EXPECT_THROW((Shape{1, 2, 3, 4, 5}), ShapeError);
}

TEST(Shape, RefusesANegativeExtent) {
  EXPECT_EQ(message_of<ShapeError>([] { (void)Shape{3, -1}; }), "an extent cannot be negative, got [3, -1]");
}

TEST(Shape, RefusesMoreElementsThanMemoryCouldAddress) {
  constexpr int kMost = std::numeric_limits<int>::max();
  EXPECT_THAT(message_of<ShapeError>([] { (void)Shape{kMost, kMost, kMost, kMost}; }), HasSubstr("more elements"));
}

TEST(Tensor, StartsFilledWithZeros) {
  EXPECT_THAT(Tensor({3, 4}), Each(0.0f));
  EXPECT_TRUE(Tensor().empty());
}

TEST(Tensor, KeepsItsLastIndexFastest) {
  const TensorD tensor = counting({2, 3, 4, 5});
  for (int n = 0; n < 2; ++n)
    for (int c = 0; c < 3; ++c)
      for (int y = 0; y < 4; ++y)
        for (int x = 0; x < 5; ++x) EXPECT_EQ(tensor(n, c, y, x), ((n * 3 + c) * 4 + y) * 5 + x);
}

TEST(Tensor, TakesAsManyIndicesAsItHasDimensions) {
  EXPECT_EQ(counting({9})(7), 7);
  EXPECT_EQ(counting({3, 3})(2, 1), 7);
  EXPECT_EQ(counting({2, 2, 3})(1, 0, 1), 7);
}

TEST(Tensor, VisitsItsIndicesInMemoryOrder) {
  const TensorD tensor = counting({2, 1, 3, 2});
  std::vector<double> visited;
  for (const auto [n, c, y, x] : tensor.indices()) visited.push_back(tensor(n, c, y, x));
  EXPECT_THAT(visited, ::testing::ElementsAreArray(tensor.begin(), tensor.end()));
}

TEST(Tensor, VisitsNoIndexWhenAnyExtentIsZero) {
  for (const Shape& shape : {Shape{0, 3}, Shape{3, 0}, Shape{2, 0, 4, 1}})
    for (const auto index : Tensor(shape).indices())
      ADD_FAILURE() << "visited " << index.n << " of " << shape.to_string();
  EXPECT_EQ(Tensor({3, 0}).size(), 0);
}

TEST(Tensor, RefusesAnotherNumberOfValuesThanItsShapeHolds) {
  EXPECT_EQ(message_of<ShapeError>([] {
              (void)Tensor({2, 3}, {1, 2, 3, 4, 5});
            }),
            "a tensor of shape [2, 3] holds 6 values, got 5");
  EXPECT_THROW((void)Tensor({2}, std::vector<float>{1, 2, 3}), ShapeError);
}

TEST(Tensor, StartsOnACacheLine) {
  for (int size = 1; size < 20; ++size)
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(Tensor({size}).data()) % 64, 0u) << size;
}

TEST(Tensor, IsAPlainValue) {
  const TensorD original = counting({2, 2});
  TensorD copy = original;
  copy(0, 0) = 100;
  EXPECT_EQ(original(0, 0), 0);
  EXPECT_NE(copy, original);
  const double* const memory = copy.data();
  const TensorD moved = std::move(copy);
  EXPECT_EQ(moved.data(), memory);
}

TEST(Tensor, ReshapesTheSameNumbers) {
  const TensorD reshaped = counting({2, 6}).reshaped({3, 2, 2});
  EXPECT_EQ(reshaped, counting({3, 2, 2}));
}

TEST(Tensor, RefusesAReshapeToAnotherSize) {
  EXPECT_EQ(message_of<ShapeError>([] {
              (void)Tensor({2, 6}).reshaped({5});
            }),
            "cannot reshape [2, 6] (12 values) to [5] (5 values)");
}

TEST(Tensor, ResizesAndFills) {
  Tensor tensor({2});
  tensor.resize({3, 4});
  tensor.fill(2.5f);
  EXPECT_EQ(tensor.shape(), Shape({3, 4}));
  EXPECT_THAT(tensor, Each(2.5f));
}

TEST(Tensor, IsSeenByEigenAsRowsAndEverythingElse) {
  TensorD tensor = counting({2, 3, 2});
  const auto matrix = as_matrix(tensor);
  EXPECT_EQ(matrix.rows(), 2);
  EXPECT_EQ(matrix.cols(), 6);
  EXPECT_EQ(matrix(1, 4), tensor(1, 2, 0));
  as_matrix(tensor)(0, 1) = 50;
  EXPECT_EQ(tensor(0, 0, 1), 50);
  EXPECT_EQ(as_matrix(std::as_const(tensor)).data(), tensor.data());
}

TEST(Tensor, WithoutRowsIsAMatrixThatKeepsItsColumns) {
  const Tensor none({0, 5, 2});
  EXPECT_EQ(as_matrix(none).rows(), 0);
  EXPECT_EQ(as_matrix(none).cols(), 10);
}

TEST(RequireShape, NamesPlaceAndBothShapes) {
  EXPECT_NO_THROW(require_shape("Dense", "input", {2, 3}, {2, 3}));
  EXPECT_EQ(message_of<ShapeError>([] {
              require_shape("Dense", "input", {2, 3}, {3, 2});
            }),
            "Dense: expected input [2, 3], got [3, 2]");
}

}  // namespace
}  // namespace handbuilt

#include "baselines.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"

namespace handbuilt::lessons::convnet {
namespace {

/// Two classes of pictures of two pixels: class 0 is dark left, class 2 is dark right. There is no class 1.
data::LabelledImages two_kinds() { return {Tensor({3, 1, 1, 2}, {1.0F, 0.0F, 0.8F, 0.2F, 0.0F, 1.0F}), {0, 0, 2}}; }

TEST(Baselines, TheCommonestClassIsSaidWhateverTheImage) {
  EXPECT_EQ(commonest_class(two_kinds(), Tensor({2, 1, 1, 2}, {0, 1, 1, 0})), (std::vector<int>{0, 0}));
}

TEST(Baselines, TheNearestMeanAnswersWithItsClassThoughAClassIsMissing) {
  EXPECT_EQ(nearest_mean(two_kinds(), Tensor({2, 1, 1, 2}, {0.1F, 0.9F, 0.9F, 0.1F})), (std::vector<int>{2, 0}));
}

TEST(Baselines, TheMeanIsNotTheNearestPicture) {
  // Class 0 stands at 0 and 10, its mean at 5; class 1 at 7. A picture at 9 is nearest to 10 and nearer to 7 than to 5.
  const data::LabelledImages train{Tensor({3, 1, 1, 1}, {0, 10, 7}), {0, 0, 1}};
  const Tensor picture({1, 1, 1, 1}, {9});
  EXPECT_EQ(nearest_neighbour(train, picture), std::vector<int>{0});
  EXPECT_EQ(nearest_mean(train, picture), std::vector<int>{1});
}

TEST(Baselines, TheNearestNeighbourOfATrainingPictureIsItself) {
  const data::LabelledImages train = two_kinds();
  EXPECT_EQ(nearest_neighbour(train, train.images), train.labels);
}

TEST(Baselines, MovingRightBringsInZerosAndLosesTheEdge) {
  EXPECT_EQ(moved_right(Tensor({1, 1, 2, 3}, {1, 2, 3, 4, 5, 6}), 2), Tensor({1, 1, 2, 3}, {0, 0, 1, 0, 0, 4}));
}

TEST(Baselines, HalfRightIsOneHalf) { EXPECT_DOUBLE_EQ(share_right({1, 2}, {1, 3}), 0.5); }

TEST(Baselines, RefuseToLearnFromNothing) {
  const data::LabelledImages nothing{Tensor({0, 1, 1, 2}), {}};
  const Tensor picture({1, 1, 1, 2});
  EXPECT_THROW(commonest_class(nothing, picture), ValueError);
  EXPECT_THROW(nearest_mean(nothing, picture), ValueError);
  EXPECT_THROW(nearest_neighbour(nothing, picture), ValueError);
}

}  // namespace
}  // namespace handbuilt::lessons::convnet

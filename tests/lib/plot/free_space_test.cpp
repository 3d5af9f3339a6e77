#include "plot/free_space.hpp"

#include <gtest/gtest.h>

namespace {

using namespace handbuilt::plot;

constexpr Rectangle kBox{10, 10, 20, 10, {}};

TEST(FreeSpace, ALineThatPassesThroughTouches) {
  EXPECT_TRUE(touches(Polyline{{{0, 0}, {40, 30}}, {}, 1, false}, kBox));
  EXPECT_TRUE(touches(Polyline{{{20, 0}, {20, 90}}, {}, 1, false}, kBox));
}

TEST(FreeSpace, ALineThatPassesByDoesNotTouch) {
  EXPECT_FALSE(touches(Polyline{{{0, 0}, {40, 5}}, {}, 1, false}, kBox));
  EXPECT_FALSE(touches(Polyline{{{0, 25}, {15, 40}}, {}, 1, false}, kBox));
  EXPECT_FALSE(touches(Polyline{{{12, 0}, {12, 9}, {40, 9}}, {}, 1, false}, kBox));
}

TEST(FreeSpace, APolygonAroundTheBoxTouches) {
  EXPECT_TRUE(touches(Polygon{{{0, 0}, {90, 0}, {90, 90}, {0, 90}}, {}}, kBox));
  EXPECT_FALSE(touches(Polygon{{{50, 0}, {90, 0}, {90, 90}, {50, 90}}, {}}, kBox));
}

TEST(FreeSpace, ATextTouchesWhereItIsAnchored) {
  const Text text{{45, 18}, "reaches back", 10, Text::Anchor::end, false, false, {}};
  EXPECT_TRUE(touches(text, kBox));
  Text forward = text;
  forward.anchor = Text::Anchor::start;
  EXPECT_FALSE(touches(forward, kBox));
}

TEST(FreeSpace, FindsTheFirstBoxThatIsFree) {
  const std::vector<DisplayList::Item> items{Rectangle{0, 0, 15, 15, {}}};
  const auto found = first_free({kBox, {50, 50, 5, 5, {}}, {80, 80, 5, 5, {}}}, items);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->x, 50);
  EXPECT_FALSE(first_free({kBox}, items));
}

}  // namespace

#include "figures.hpp"

#include <gtest/gtest.h>

#include "support/text_figures.hpp"

namespace handbuilt::lessons::convnet {

TEST(TextFigures, AreTheOnesBesideTheTextAndShownInIt) {
  handbuilt::testing::expect_beside_the_text(text_figures(), "10_convnet");
}

}  // namespace handbuilt::lessons::convnet

#include "lessons/01_flat_rate/figures.hpp"

#include <gtest/gtest.h>

#include "support/text_figures.hpp"

namespace handbuilt::lessons::flat_rate {

TEST(Lesson01Figures, AreTheOnesBesideTheTextAndShownInIt) {
  handbuilt::testing::expect_beside_the_text(text_figures(), "01_flat_rate");
}

}  // namespace handbuilt::lessons::flat_rate

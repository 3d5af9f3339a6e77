#include "figures.hpp"

#include <gtest/gtest.h>

#include "support/text_figures.hpp"

namespace handbuilt::lessons::mixtures {

TEST(Lesson06Figures, AreTheOnesBesideTheTextAndShownInIt) {
  handbuilt::testing::expect_beside_the_text(text_figures(), "06_mixtures");
}

}  // namespace handbuilt::lessons::mixtures

#include "lessons/05_k_means/figures.hpp"

#include <gtest/gtest.h>

#include "support/text_figures.hpp"

namespace handbuilt::lessons::k_means {

TEST(Lesson05Figures, AreTheOnesBesideTheTextAndShownInIt) {
  handbuilt::testing::expect_beside_the_text(text_figures(), "05_k_means");
}

}  // namespace handbuilt::lessons::k_means

#include "lessons/03_three_parameters/figures.hpp"

#include <gtest/gtest.h>

#include "support/text_figures.hpp"

namespace handbuilt::lessons::three_parameters {

TEST(Lesson03Figures, AreTheOnesBesideTheTextAndShownInIt) {
  handbuilt::testing::expect_beside_the_text(text_figures(), "03_three_parameters");
}

}  // namespace handbuilt::lessons::three_parameters

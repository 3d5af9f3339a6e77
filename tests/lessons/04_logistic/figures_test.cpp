#include "figures.hpp"

#include <gtest/gtest.h>

#include "support/text_figures.hpp"

namespace handbuilt::lessons::logistic {

TEST(TextFigures, AreTheOnesBesideTheTextAndShownInIt) {
  handbuilt::testing::expect_beside_the_text(text_figures(), "04_logistic");
}

}  // namespace handbuilt::lessons::logistic

#include "lessons/07_similarity/figures.hpp"

#include <gtest/gtest.h>

#include "support/text_figures.hpp"

namespace handbuilt::lessons::likeness {

TEST(Lesson07Figures, AreTheOnesBesideTheTextAndShownInIt) {
  handbuilt::testing::expect_beside_the_text(text_figures(), "07_similarity");
}

}  // namespace handbuilt::lessons::likeness

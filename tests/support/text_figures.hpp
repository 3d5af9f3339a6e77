#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/file.hpp"
#include "lessons/text_figure.hpp"
#include "plot/svg.hpp"

namespace handbuilt::testing {

/// A lesson's pictures are the ones beside its text, each is shown there, and each says in words what it shows.
inline void expect_beside_the_text(const std::vector<lessons::TextFigure>& figures, const std::string& lesson) {
  const std::string folder = std::string(HANDBUILT_SOURCE_DIR) + "/lessons/" + lesson;
  const std::string text = read_file(folder + "/README.md");
  for (const auto& [file, picture] : figures) {
    EXPECT_EQ(plot::to_svg(picture), read_file(folder + "/figures/" + file))
        << "draw it again: lesson_" << lesson.substr(0, 2) << "_draw_figures lessons/" << lesson << "/figures";
    EXPECT_NE(text.find("(figures/" + file + ")"), std::string::npos) << file;
    EXPECT_GT(picture.description.size(), 60U) << file;
  }
}

}  // namespace handbuilt::testing

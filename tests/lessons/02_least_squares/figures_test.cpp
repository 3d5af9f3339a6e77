#include "lessons/02_least_squares/figures.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "core/file.hpp"
#include "plot/svg.hpp"

namespace handbuilt::lessons::least_squares {
namespace {

const std::filesystem::path kLesson = std::filesystem::path(HANDBUILT_SOURCE_DIR) / "lessons/02_least_squares";

TEST(TextFigures, AreTheOnesThatStandBesideTheText) {
  for (const auto& [file, picture] : text_figures())
    EXPECT_EQ(plot::to_svg(picture), read_file(kLesson / "figures" / file))
        << "draw it again: lesson_02_draw_figures lessons/02_least_squares/figures";
}

TEST(TextFigures, AreAllShownInTheText) {
  const std::string text = read_file(kLesson / "README.md");
  for (const auto& [file, picture] : text_figures())
    EXPECT_NE(text.find("(figures/" + file + ")"), std::string::npos) << file;
}

TEST(TextFigures, SayInWordsWhatTheyShow) {
  for (const auto& [file, picture] : text_figures()) EXPECT_GT(picture.description.size(), 60U) << file;
}

}  // namespace
}  // namespace handbuilt::lessons::least_squares

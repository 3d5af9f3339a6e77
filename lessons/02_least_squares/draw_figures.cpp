// Writes the pictures of the lesson's text into a folder:
//   build/default/bin/lesson_02_draw_figures lessons/02_least_squares/figures

#include "lessons/02_least_squares/figures.hpp"

int main(int argc, char** argv) {
  return handbuilt::lessons::write_text_figures(argc, argv, handbuilt::lessons::least_squares::text_figures);
}

// Writes the pictures of the lesson's text into a folder:
//   build/default/bin/lesson_01_draw_figures lessons/01_flat_rate/figures

#include "lessons/01_flat_rate/figures.hpp"

int main(int argc, char** argv) {
  return handbuilt::lessons::write_text_figures(argc, argv, handbuilt::lessons::flat_rate::text_figures);
}

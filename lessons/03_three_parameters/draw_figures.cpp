// Writes the pictures of the lesson's text into a folder:
//   build/default/bin/lesson_03_draw_figures lessons/03_three_parameters/figures

#include "lessons/03_three_parameters/figures.hpp"

int main(int argc, char** argv) {
  return handbuilt::lessons::write_text_figures(argc, argv, handbuilt::lessons::three_parameters::text_figures);
}

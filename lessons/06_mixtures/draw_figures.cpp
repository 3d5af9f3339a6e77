// Writes the pictures of the lesson's text into a folder:
//   build/default/bin/lesson_06_draw_figures lessons/06_mixtures/figures

#include "figures.hpp"

int main(int argc, char** argv) {
  return handbuilt::lessons::write_text_figures(argc, argv, handbuilt::lessons::mixtures::text_figures);
}

// Writes the pictures of the lesson's text into a folder:
//   build/default/bin/lesson_04_draw_figures lessons/04_logistic/figures

#include "figures.hpp"

int main(int argc, char** argv) {
  return handbuilt::lessons::write_text_figures(argc, argv, handbuilt::lessons::logistic::text_figures);
}

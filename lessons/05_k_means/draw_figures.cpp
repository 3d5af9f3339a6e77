// Writes the pictures of the lesson's text into a folder:
//   build/default/bin/lesson_05_draw_figures lessons/05_k_means/figures

#include "lessons/05_k_means/figures.hpp"

int main(int argc, char** argv) {
  return handbuilt::lessons::write_text_figures(argc, argv, handbuilt::lessons::k_means::text_figures);
}

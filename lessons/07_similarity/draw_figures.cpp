// Writes the pictures of the lesson's text into a folder:
//   build/default/bin/lesson_07_draw_figures lessons/07_similarity/figures

#include "lessons/07_similarity/figures.hpp"

int main(int argc, char** argv) {
  return handbuilt::lessons::write_text_figures(argc, argv, handbuilt::lessons::likeness::text_figures);
}

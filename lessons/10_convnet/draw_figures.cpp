// Writes the pictures of the lesson's text into a folder:
//   build/default/bin/lesson_10_draw_figures lessons/10_convnet/figures

#include "figures.hpp"

int main(int argc, char** argv) {
  return handbuilt::lessons::write_text_figures(argc, argv, handbuilt::lessons::convnet::text_figures);
}

// Writes the pictures of the lesson's text into a folder:
//   build/default/bin/lesson_10_draw_figures lessons/10_convnet/figures

#include <cstdio>
#include <filesystem>

#include "core/error.hpp"
#include "core/file.hpp"
#include "figures.hpp"
#include "plot/svg.hpp"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  try {
    for (const auto& [file, picture] : handbuilt::lessons::convnet::text_figures())
      handbuilt::write_file(folder / file, handbuilt::plot::to_svg(picture));
  } catch (const handbuilt::Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  }
  return 0;
}

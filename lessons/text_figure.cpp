#include "lessons/text_figure.hpp"

#include <cstdio>
#include <exception>
#include <filesystem>

#include "core/file.hpp"
#include "plot/svg.hpp"

namespace handbuilt::lessons {

int write_text_figures(int argc, char** argv, std::vector<TextFigure> (*figures)()) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  try {
    for (const auto& [file, picture] : figures()) write_file(folder / file, plot::to_svg(picture));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  }
  return 0;
}

}  // namespace handbuilt::lessons

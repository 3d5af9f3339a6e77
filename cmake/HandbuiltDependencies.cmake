# Everything comes from Debian and is found by its own CMake package. `course doctor` and the `course` script name the
# package to install when one is missing.
find_package(Threads REQUIRED)
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(SDL2 REQUIRED)
find_package(GTest REQUIRED)
find_package(benchmark REQUIRED)
find_package(CLI11 REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(ZLIB REQUIRED)
find_package(hwy REQUIRED)
find_package(LibArchive REQUIRED)
find_package(yaml-cpp REQUIRED)

# stb ships headers only, without a CMake package.
find_path(STB_INCLUDE_DIR NAMES stb_image.h stb/stb_image.h PATH_SUFFIXES stb REQUIRED)
add_library(stb INTERFACE)
target_include_directories(stb SYSTEM INTERFACE "${STB_INCLUDE_DIR}")

# Dear ImGui has a library with the SDL2 platform backend, and no CMake package.
find_path(IMGUI_INCLUDE_DIR NAMES imgui.h PATH_SUFFIXES imgui REQUIRED)
find_library(IMGUI_LIBRARY NAMES imgui REQUIRED)
find_library(STB_LIBRARY NAMES stb)
add_library(imgui INTERFACE)
target_include_directories(imgui SYSTEM INTERFACE "${IMGUI_INCLUDE_DIR}")
target_link_libraries(imgui INTERFACE "${IMGUI_LIBRARY}")
if(STB_LIBRARY)
  target_link_libraries(imgui INTERFACE "${STB_LIBRARY}")
endif()

# Cairo paints the pictures of lib/window; it has no CMake package.
find_path(CAIRO_INCLUDE_DIR NAMES cairo.h PATH_SUFFIXES cairo REQUIRED)
find_library(CAIRO_LIBRARY NAMES cairo REQUIRED)
add_library(cairo INTERFACE)
target_include_directories(cairo SYSTEM INTERFACE "${CAIRO_INCLUDE_DIR}")
target_link_libraries(cairo INTERFACE "${CAIRO_LIBRARY}")

# libseccomp makes the list of system calls that a student's code may use; it has no CMake package.
find_path(SECCOMP_INCLUDE_DIR NAMES seccomp.h REQUIRED)
find_library(SECCOMP_LIBRARY NAMES seccomp REQUIRED)

# What an editor needs to complete and check code as it is typed. Editors (clangd in VS Code, vim and others) look for
# compile_commands.json in the folders above a file; CMake writes one into the build folder, and the root links to it.
if(PROJECT_BINARY_DIR STREQUAL "${PROJECT_SOURCE_DIR}/build/default")
  file(CREATE_LINK "build/default/compile_commands.json" "${PROJECT_SOURCE_DIR}/compile_commands.json" RESULT ignored
    SYMBOLIC)
endif()

# handbuilt_editor(NN_name SDK folder HEADER file SDK_HEADERS file ...)
#
# Exercise files are compiled by recipe and not by CMake. This gives each an entry in compile_commands.json all the
# same: the flags of the recipe, the SDK as its include folder, and what HEADER includes without asking. That is not the
# precompiled header itself, which clang would want to read and cannot where gcc made it. The headers of the SDK are
# copied when the program `course` is built, so that an editor finds them before the first check.
function(handbuilt_editor lesson)
  cmake_parse_arguments(arg "" "SDK;HEADER" "SDK_HEADERS" ${ARGN})
  file(GLOB exercises "${PROJECT_SOURCE_DIR}/exercises/${lesson}/*.cpp")
  if(NOT exercises)
    return()
  endif()
  set(header "${PROJECT_BINARY_DIR}/exercises/${lesson}/editor.hpp")
  configure_file("${arg_HEADER}" "${header}" COPYONLY)
  add_library(editor_${lesson} OBJECT EXCLUDE_FROM_ALL ${exercises})
  target_compile_options(editor_${lesson} PRIVATE ${HANDBUILT_WORKER_FLAGS} -Wno-unused-parameter
    "SHELL:-include \"${header}\"")
  target_include_directories(editor_${lesson} PRIVATE "${arg_SDK}")

  add_custom_target(sdk_${lesson} DEPENDS ${arg_SDK_HEADERS})
  add_dependencies(editor_${lesson} sdk_${lesson})
  add_dependencies(course sdk_${lesson})
endfunction()

# handbuilt_exercise(NN_name [JUDGE_LINKS target ...] [LESSON dir] [TESTS dir])
#
# All that judging the exercise of a lesson needs beforehand. lesson.toml and tasks.hpp lie in LESSON (default:
# lessons/NN_name); TESTS (default: tests/exercises/NN_name) holds judge.cpp or several *.judge.cpp, and FILE.worker.cpp
# for each exercise file FILE.cpp. Makes the target judge_NN_name, and with it
#
#   bin/judge_NN_name                 the judge, a GoogleTest program linked with JUDGE_LINKS (lib's plain versions)
#   sdk/NN_name/                      all that a student's file may include
#   exercises/NN_name/recipe.json     how to compile and link a student's file without CMake, with its prebuilt objects
#
# all in the build folder. The recipe:
#
#   {"lesson": "10_convnet",
#    "files": {"conv2d_forward.cpp": {"normal":    {"compile": [words], "link": [words]},
#                                     "sanitized": {"compile": [words], "link": [words]},
#                                     "libraries": [what the program is linked with, or compiled against],
#                                     "readable": [files and folders that a sandbox lets the two commands read]}}}
#
# In the words {source} stands for the student's file, {object} for the object made of it and {worker} for the program;
# a list of words is run as it stands, without a shell.

# Everything that is linked with a student's file is compiled apart from the rest: with bounds checks, which all objects
# of a program must agree on. The student's own file gets -Wall but no -Wconversion. A warning
# stops nobody, but for a forgotten return: what such a function does is anybody's guess. With sanitizers only that file
# is instrumented: the heap is guarded for all, and nothing has to be built twice.
set(HANDBUILT_WORKER_FLAGS -std=c++20 -O1 -Wall -Wextra -Werror=return-type -ffp-contract=off
  -DHANDBUILT_CHECK_BOUNDS=1 -D_GLIBCXX_ASSERTIONS)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$")
  list(APPEND HANDBUILT_WORKER_FLAGS -march=x86-64-v2)
endif()
set(HANDBUILT_SANITIZERS -fsanitize=address,undefined)
set(HANDBUILT_SANITIZED_FLAGS -g ${HANDBUILT_SANITIZERS} -fno-omit-frame-pointer -fno-sanitize-recover=all)
set(HANDBUILT_SDK_CORE_HEADERS error.hpp matmul.hpp random.hpp tensor.hpp)

# handbuilt_core_checked: what of lib/core an exercise may use, and the protocol; and beside it the worker's main().
function(handbuilt_core_checked)
  if(TARGET handbuilt_core_checked)
    return()
  endif()
  get_target_property(core handbuilt_core SOURCES)
  list(FILTER core INCLUDE REGEX "\\.cpp$")
  list(TRANSFORM core PREPEND "${PROJECT_SOURCE_DIR}/lib/core/")
  add_library(handbuilt_core_checked STATIC ${core} "${PROJECT_SOURCE_DIR}/grader/protocol/frame.cpp"
    "${PROJECT_SOURCE_DIR}/grader/protocol/parts.cpp")
  set_target_properties(handbuilt_core_checked PROPERTIES ARCHIVE_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/exercises"
    EXCLUDE_FROM_ALL TRUE)
  target_compile_options(handbuilt_core_checked PRIVATE ${HANDBUILT_WORKER_FLAGS} -O2)
  target_include_directories(handbuilt_core_checked PRIVATE "${PROJECT_SOURCE_DIR}" "${PROJECT_SOURCE_DIR}/lib"
    "${PROJECT_SOURCE_DIR}/grader/sdk")
  target_link_libraries(handbuilt_core_checked PRIVATE Eigen3::Eigen hwy::hwy)

  # The worker's main() is no part of a library, from which a student's own main() would keep it out.
  add_library(handbuilt_worker_main OBJECT EXCLUDE_FROM_ALL "${PROJECT_SOURCE_DIR}/grader/worker/main.cpp")
  target_compile_options(handbuilt_worker_main PRIVATE ${HANDBUILT_WORKER_FLAGS} -O2)
  target_include_directories(handbuilt_worker_main PRIVATE "${PROJECT_SOURCE_DIR}" "${PROJECT_SOURCE_DIR}/lib"
    "${PROJECT_SOURCE_DIR}/grader/sdk")
  set(main "${PROJECT_BINARY_DIR}/exercises/worker_main.o")
  add_custom_command(OUTPUT "${main}" DEPENDS handbuilt_worker_main "$<TARGET_OBJECTS:handbuilt_worker_main>" VERBATIM
    COMMAND "${CMAKE_COMMAND}" -E copy "$<TARGET_OBJECTS:handbuilt_worker_main>" "${main}"
    COMMENT "Preparing the main() of every worker")
  add_custom_target(handbuilt_worker_main_copy DEPENDS "${main}")
endfunction()

# Sets `out` to a JSON array of the words.
function(handbuilt_json_array out)
  set(items "")
  foreach(word IN LISTS ARGN)
    string(REPLACE "\\" "\\\\" word "${word}")
    string(REPLACE "\"" "\\\"" word "${word}")
    list(APPEND items "\"${word}\"")
  endforeach()
  list(JOIN items ", " items)
  set(${out} "[${items}]" PARENT_SCOPE)
endfunction()

function(handbuilt_exercise lesson)
  cmake_parse_arguments(arg "" "LESSON;TESTS" "JUDGE_LINKS" ${ARGN})
  if(NOT arg_LESSON)
    set(arg_LESSON "${PROJECT_SOURCE_DIR}/lessons/${lesson}")
  endif()
  if(NOT arg_TESTS)
    set(arg_TESTS "${PROJECT_SOURCE_DIR}/tests/exercises/${lesson}")
  endif()
  handbuilt_core_checked()
  file(GLOB judge_sources CONFIGURE_DEPENDS "${arg_TESTS}/judge.cpp" "${arg_TESTS}/*.judge.cpp")
  file(GLOB worker_sources CONFIGURE_DEPENDS "${arg_TESTS}/*.worker.cpp")

  # The judge.
  add_executable(judge_${lesson} ${judge_sources})
  set_target_properties(judge_${lesson} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
  target_include_directories(judge_${lesson} PRIVATE "${arg_LESSON}" "${arg_TESTS}")
  target_link_libraries(judge_${lesson} PRIVATE handbuilt_options handbuilt_judge_main ${arg_JUDGE_LINKS})

  # The SDK: copied whenever an original changes, so that nothing else can be included from there.
  set(sdk "${PROJECT_BINARY_DIR}/sdk/${lesson}")
  list(TRANSFORM HANDBUILT_SDK_CORE_HEADERS PREPEND "core/" OUTPUT_VARIABLE core_headers)
  set(sdk_headers "")
  foreach(header IN LISTS core_headers)
    handbuilt_sdk_header("${PROJECT_SOURCE_DIR}/lib/${header}" "${sdk}/${header}")
  endforeach()
  handbuilt_sdk_header("${PROJECT_SOURCE_DIR}/grader/sdk/exercise.hpp" "${sdk}/exercise.hpp")
  handbuilt_sdk_header("${arg_LESSON}/tasks.hpp" "${sdk}/tasks.hpp")

  # A precompiled header of tasks.hpp and the parts of the standard library that exercises use most. GCC finds it by the
  # name before ".gch"; clang is told.
  set(folder "${PROJECT_BINARY_DIR}/exercises/${lesson}")
  set(header "${folder}/precompiled.hpp")
  file(CONFIGURE OUTPUT "${header}" CONTENT [[
#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "tasks.hpp"
]])
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    set(precompiled "${header}.gch")
    set(use_precompiled -include "${header}")
    set(dependencies "-Wa,--MD,{object}.d")  # GNU as tells of what .incbin reads
  else()
    set(precompiled "${header}.pch")
    set(use_precompiled -include-pch "${precompiled}")
    set(dependencies "")
  endif()
  set(compiler "${CMAKE_CXX_COMPILER}" ${HANDBUILT_WORKER_FLAGS} "-I${sdk}")
  add_custom_command(OUTPUT "${precompiled}" DEPENDS ${sdk_headers} "${header}" VERBATIM
    COMMAND ${compiler} -x c++-header "${header}" -o "${precompiled}" COMMENT "Precompiling the header of ${lesson}")
  set(prebuilt ${sdk_headers} "${precompiled}" handbuilt_core_checked handbuilt_worker_main_copy)

  # The workers, and the recipe of each. The copy of an object has a name that the recipe can know now.
  handbuilt_json_array(compile ${compiler} ${use_precompiled} ${dependencies} -c "{source}" -o "{object}")
  handbuilt_json_array(compile_sanitized ${compiler} ${HANDBUILT_SANITIZED_FLAGS} -include "${header}" ${dependencies}
    -c "{source}" -o "{object}")
  set(core "${PROJECT_BINARY_DIR}/exercises/libhandbuilt_core_checked.a")
  set(main "${PROJECT_BINARY_DIR}/exercises/worker_main.o")
  set(recipes "")
  foreach(source IN LISTS worker_sources)
    get_filename_component(stem "${source}" NAME)
    string(REPLACE ".worker.cpp" "" stem "${stem}")
    set(worker worker_${lesson}_${stem})
    add_library(${worker} OBJECT EXCLUDE_FROM_ALL "${source}")
    target_compile_options(${worker} PRIVATE ${HANDBUILT_WORKER_FLAGS})
    target_include_directories(${worker} PRIVATE "${PROJECT_SOURCE_DIR}" "${PROJECT_SOURCE_DIR}/lib"
      "${PROJECT_SOURCE_DIR}/grader/sdk" "${arg_LESSON}" "${arg_TESTS}")
    set(object "${folder}/${stem}.worker.o")
    add_custom_command(OUTPUT "${object}" DEPENDS ${worker} "$<TARGET_OBJECTS:${worker}>" VERBATIM
      COMMAND "${CMAKE_COMMAND}" -E copy "$<TARGET_OBJECTS:${worker}>" "${object}"
      COMMENT "Preparing ${stem} of ${lesson}")
    list(APPEND prebuilt "${object}")

    set(linked "{object}" "${object}" "${main}" "${core}" -Wl,--as-needed -lhwy -lpthread -o "{worker}")
    handbuilt_json_array(link "${CMAKE_CXX_COMPILER}" ${linked})
    handbuilt_json_array(link_sanitized "${CMAKE_CXX_COMPILER}" ${HANDBUILT_SANITIZERS} ${linked})
    handbuilt_json_array(libraries "${object}" "${main}" "${core}" ${sdk_headers})
    handbuilt_json_array(readable "${sdk}" "${header}" "${precompiled}" "${object}" "${main}" "${core}")
    list(APPEND recipes "  \"${stem}.cpp\": {
   \"normal\": {\"compile\": ${compile},
    \"link\": ${link}},
   \"sanitized\": {\"compile\": ${compile_sanitized},
    \"link\": ${link_sanitized}},
   \"libraries\": ${libraries},
   \"readable\": ${readable}}")
  endforeach()
  list(JOIN recipes ",\n" recipes)
  file(CONFIGURE OUTPUT "${folder}/recipe.json" CONTENT "{\"lesson\": \"${lesson}\",\n \"files\": {\n@recipes@}}\n"
    @ONLY)

  add_custom_target(workers_${lesson} DEPENDS ${prebuilt})
  add_dependencies(judge_${lesson} workers_${lesson})
  handbuilt_editor(${lesson} SDK "${sdk}" HEADER "${header}" SDK_HEADERS ${sdk_headers})
endfunction()

# Copies a header into the SDK, and adds the copy to the caller's `sdk_headers`.
function(handbuilt_sdk_header from to)
  get_filename_component(name "${from}" NAME)
  add_custom_command(OUTPUT "${to}" DEPENDS "${from}" VERBATIM
    COMMAND "${CMAKE_COMMAND}" -E copy "${from}" "${to}" COMMENT "Preparing ${name} of ${lesson}")
  set(sdk_headers ${sdk_headers} "${to}" PARENT_SCOPE)
endfunction()

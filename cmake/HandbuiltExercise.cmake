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
#                                     "libraries": [what the program is linked with, or compiled against]}}}
#
# In the words {source} stands for the student's file, {object} for the object made of it and {worker} for the program;
# a list of words is run as it stands, without a shell.

# Everything that is linked with a student's file is compiled apart from the rest: with bounds checks, which all objects
# of a program must agree on. The student's own file gets -Wall but no -Wconversion and never -Werror.
set(HANDBUILT_WORKER_FLAGS -std=c++20 -O1 -Wall -Wextra -ffp-contract=off -DHANDBUILT_CHECK_BOUNDS=1)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$")
  list(APPEND HANDBUILT_WORKER_FLAGS -march=x86-64-v2)
endif()
set(HANDBUILT_WORKER_normal_FLAGS "")
set(HANDBUILT_WORKER_sanitized_FLAGS -g -fsanitize=address,undefined -fno-omit-frame-pointer -fno-sanitize-recover=all)
set(HANDBUILT_SDK_CORE_HEADERS error.hpp matmul.hpp random.hpp tensor.hpp)

# handbuilt_checked_library(NAME VARIANT source ...): a static library of the worker's kind.
function(handbuilt_checked_library name variant)
  add_library(${name} STATIC EXCLUDE_FROM_ALL ${ARGN})
  target_compile_options(${name} PRIVATE ${HANDBUILT_WORKER_FLAGS} ${HANDBUILT_WORKER_${variant}_FLAGS})
  target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}" "${PROJECT_SOURCE_DIR}/lib"
    "${PROJECT_SOURCE_DIR}/grader/sdk")
  target_link_libraries(${name} PRIVATE Eigen3::Eigen hwy::hwy)
endfunction()

# handbuilt_core_checked_VARIANT: what of lib/core an exercise may use, the protocol and the worker's main().
function(handbuilt_checked_core)
  if(TARGET handbuilt_core_checked_normal)
    return()
  endif()
  get_target_property(core handbuilt_core SOURCES)
  list(FILTER core INCLUDE REGEX "\\.cpp$")
  list(TRANSFORM core PREPEND "${PROJECT_SOURCE_DIR}/lib/core/")
  foreach(variant normal sanitized)
    handbuilt_checked_library(handbuilt_core_checked_${variant} ${variant} ${core}
      "${PROJECT_SOURCE_DIR}/grader/protocol/frame.cpp" "${PROJECT_SOURCE_DIR}/grader/protocol/parts.cpp"
      "${PROJECT_SOURCE_DIR}/grader/worker/main.cpp")
    set_target_properties(handbuilt_core_checked_${variant} PROPERTIES
      ARCHIVE_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/exercises/core")
  endforeach()
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
  handbuilt_checked_core()
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
  set(pch_dir "${PROJECT_BINARY_DIR}/exercises/${lesson}/precompiled")
  file(CONFIGURE OUTPUT "${pch_dir}/precompiled.hpp" CONTENT [[
#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "tasks.hpp"
]])
  set(prebuilt "${sdk_headers}")
  foreach(variant normal sanitized)
    set(header "${pch_dir}/${variant}.hpp")
    configure_file("${pch_dir}/precompiled.hpp" "${header}" COPYONLY)
    set(compile_${variant} "${CMAKE_CXX_COMPILER}" ${HANDBUILT_WORKER_FLAGS} ${HANDBUILT_WORKER_${variant}_FLAGS}
      "-I${sdk}")
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      set(pch "${header}.gch")
      set(use_pch -include "${header}")
    else()
      set(pch "${header}.pch")
      set(use_pch -include-pch "${pch}")
    endif()
    add_custom_command(OUTPUT "${pch}" DEPENDS ${sdk_headers} "${header}" VERBATIM
      COMMAND ${compile_${variant}} -x c++-header "${header}" -o "${pch}"
      COMMENT "Precompiling the header of ${lesson} (${variant})")
    list(APPEND prebuilt "${pch}")
    list(APPEND compile_${variant} ${use_pch} -c "{source}" -o "{object}")
    handbuilt_json_array(compile_${variant}_json ${compile_${variant}})
  endforeach()

  # The workers, and the recipe of each.
  set(recipes "")
  foreach(source IN LISTS worker_sources)
    get_filename_component(stem "${source}" NAME)
    string(REPLACE ".worker.cpp" "" stem "${stem}")
    set(libraries "")
    foreach(variant normal sanitized)
      set(worker worker_${lesson}_${stem}_${variant})
      add_library(${worker} OBJECT EXCLUDE_FROM_ALL "${source}")
      target_compile_options(${worker} PRIVATE ${HANDBUILT_WORKER_FLAGS} ${HANDBUILT_WORKER_${variant}_FLAGS})
      target_include_directories(${worker} PRIVATE "${PROJECT_SOURCE_DIR}" "${PROJECT_SOURCE_DIR}/lib"
        "${PROJECT_SOURCE_DIR}/grader/sdk" "${arg_LESSON}" "${arg_TESTS}")
      list(APPEND prebuilt ${worker} handbuilt_core_checked_${variant})
      # Under a name that the recipe can know now.
      set(object "${PROJECT_BINARY_DIR}/exercises/${lesson}/${stem}.${variant}.o")
      add_custom_command(OUTPUT "${object}" DEPENDS ${worker} "$<TARGET_OBJECTS:${worker}>" VERBATIM
        COMMAND "${CMAKE_COMMAND}" -E copy "$<TARGET_OBJECTS:${worker}>" "${object}" COMMENT "")
      list(APPEND prebuilt "${object}")
      set(core "${PROJECT_BINARY_DIR}/exercises/core/libhandbuilt_core_checked_${variant}.a")
      handbuilt_json_array(link_json "${CMAKE_CXX_COMPILER}" ${HANDBUILT_WORKER_${variant}_FLAGS} "{object}" "${object}"
        "${core}" -Wl,--as-needed -lhwy -lpthread -o "{worker}")
      set(${variant}_json "{\"compile\": ${compile_${variant}_json},\n    \"link\": ${link_json}}")
      list(APPEND libraries "${object}" "${core}")
    endforeach()
    handbuilt_json_array(libraries_json ${libraries} ${sdk_headers})
    list(APPEND recipes "  \"${stem}.cpp\": {\n   \"normal\": ${normal_json},\n   \"sanitized\": ${sanitized_json},\n   \"libraries\": ${libraries_json}}")
  endforeach()
  list(JOIN recipes ",\n" recipes)
  file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/exercises/${lesson}/recipe.json"
    CONTENT "{\"lesson\": \"${lesson}\",\n \"files\": {\n@recipes@}}\n" @ONLY)

  add_custom_target(workers_${lesson} DEPENDS ${prebuilt})
  add_dependencies(judge_${lesson} workers_${lesson})
endfunction()

# Copies a header into the SDK, and adds the copy to the caller's `sdk_headers`.
function(handbuilt_sdk_header from to)
  add_custom_command(OUTPUT "${to}" DEPENDS "${from}" VERBATIM
    COMMAND "${CMAKE_COMMAND}" -E copy "${from}" "${to}" COMMENT "")
  set(sdk_headers ${sdk_headers} "${to}" PARENT_SCOPE)
endfunction()

# The rules that every target of the house shares.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

# Every program stands in bin/, where `course` finds it.
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")

find_program(HANDBUILT_CCACHE ccache)
if(HANDBUILT_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${HANDBUILT_CCACHE}")
endif()

set(werror_default OFF)
if("$ENV{CI}" STREQUAL "true")
  set(werror_default ON)
endif()
option(HANDBUILT_WERROR "Treat compiler warnings as errors" ${werror_default})
option(HANDBUILT_CHECK_BOUNDS "Refuse every tensor index outside its shape (slow)" OFF)
set(HANDBUILT_SANITIZE "" CACHE STRING "Sanitizers for everything, as in -fsanitize=: address,undefined or thread")

# All objects that share types must agree on these: one instruction set (faster kernels dispatch at run time), one
# alignment for Eigen, and no silent fusing of multiply and add, so that gcc and clang give the same bits.
add_library(handbuilt_options INTERFACE)
target_compile_options(handbuilt_options INTERFACE -Wall -Wextra -Wpedantic -Wconversion -ffp-contract=off)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # gcc 12 warns of an overlap in `"text" + std::to_string(number)` that is not there (GCC bug 105651).
  target_compile_options(handbuilt_options INTERFACE -Wno-restrict)
endif()
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$")
  target_compile_options(handbuilt_options INTERFACE -march=x86-64-v2)
endif()
target_compile_definitions(handbuilt_options INTERFACE EIGEN_MAX_ALIGN_BYTES=64 EIGEN_DONT_PARALLELIZE)
if(HANDBUILT_WERROR)
  target_compile_options(handbuilt_options INTERFACE -Werror)
endif()
if(HANDBUILT_CHECK_BOUNDS)
  target_compile_definitions(handbuilt_options INTERFACE HANDBUILT_CHECK_BOUNDS=1)
endif()
if(HANDBUILT_SANITIZE)
  target_compile_options(handbuilt_options INTERFACE -fsanitize=${HANDBUILT_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=all)
  target_link_options(handbuilt_options INTERFACE -fsanitize=${HANDBUILT_SANITIZE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # With sanitizers gcc 12 sees uninitialised values inside std::regex that are not there (GCC bug 105562).
    target_compile_options(handbuilt_options INTERFACE -Wno-maybe-uninitialized)
  endif()
endif()

# handbuilt_library(NAME SOURCES a.cpp ... [DEPENDS target ...] [PRIVATE_DEPENDS target ...])
# A static library handbuilt_NAME whose headers are included as "NAME/header.hpp" from lib/.
function(handbuilt_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS;PRIVATE_DEPENDS" ${ARGN})
  add_library(handbuilt_${name} STATIC ${arg_SOURCES})
  target_include_directories(handbuilt_${name} PUBLIC "${PROJECT_SOURCE_DIR}/lib")
  target_link_libraries(handbuilt_${name} PUBLIC handbuilt_options ${arg_DEPENDS} PRIVATE ${arg_PRIVATE_DEPENDS})
endfunction()

# handbuilt_test(NAME SOURCES a.cpp ... [DEPENDS target ...])
# A GoogleTest program test_NAME whose tests ctest lists one by one. It runs in the project's root folder and finds
# that folder in HANDBUILT_SOURCE_DIR. What tests share is included as "support/header.hpp" from tests/.
function(handbuilt_test name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS;LABELS" ${ARGN})
  add_executable(test_${name} ${arg_SOURCES})
  target_link_libraries(test_${name} PRIVATE handbuilt_options GTest::gmock GTest::gtest GTest::gtest_main ${arg_DEPENDS})
  target_include_directories(test_${name} PRIVATE "${PROJECT_SOURCE_DIR}/tests")
  target_compile_definitions(test_${name} PRIVATE HANDBUILT_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  # A test spends its time in the libraries: optimising its matchers costs a third of a cold build and buys nothing.
  target_compile_options(test_${name} PRIVATE $<$<CONFIG:Release>:-O1>)
  gtest_discover_tests(test_${name} TEST_PREFIX "${name}." WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
    DISCOVERY_TIMEOUT 60 PROPERTIES LABELS "${arg_LABELS}")
endfunction()
include(GoogleTest)

# handbuilt_benchmark(NAME SOURCES a.cpp ... [DEPENDS target ...])
# A Google Benchmark program NAME_bench that `course bench` builds (through the target `benchmarks`) and runs.
function(handbuilt_benchmark name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(${name}_bench EXCLUDE_FROM_ALL ${arg_SOURCES})
  target_link_libraries(${name}_bench PRIVATE handbuilt_options benchmark::benchmark ${arg_DEPENDS})
  target_compile_definitions(${name}_bench PRIVATE HANDBUILT_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  add_dependencies(benchmarks ${name}_bench)
endfunction()

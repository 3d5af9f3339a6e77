#pragma once

// What a student's file may use, beside the standard library. Every lesson's tasks.hpp includes it.

#include "core/error.hpp"
#include "core/matmul.hpp"
#include "core/random.hpp"
#include "core/tensor.hpp"

using handbuilt::Random;
using handbuilt::Shape;
using handbuilt::Tensor;
using handbuilt::TensorD;

/// What stands in an exercise until it is written: tells the grader that the task has not been started.
[[noreturn]] void not_started();

/// Names the members of a plain struct, so that it can travel between a student's program and the judge and so that
/// messages can name them: all of them, in the order of their declaration, in the struct's own namespace.
///
///     struct Pooled { Tensor output; std::vector<int> winners; };
///     HANDBUILT_FIELDS(Pooled, output, winners)
#define HANDBUILT_FIELDS(Struct, ...)                                        \
  template <class Visitor>                                                   \
  decltype(auto) visit_fields(const Struct& all_fields, Visitor&& visitor) { \
    const auto& [__VA_ARGS__] = all_fields;                                  \
    return visitor(#__VA_ARGS__, __VA_ARGS__);                               \
  }                                                                          \
  template <class Visitor>                                                   \
  decltype(auto) visit_fields(Struct& all_fields, Visitor&& visitor) {       \
    auto& [__VA_ARGS__] = all_fields;                                        \
    return visitor(#__VA_ARGS__, __VA_ARGS__);                               \
  }

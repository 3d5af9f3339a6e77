#pragma once

// All that the tests of an exercise need; see tests/grader/fixture/judge.cpp for every part of it at work.
//
//     #include "grader/judge/judge.hpp"
//     #include "tasks.hpp"
//     using namespace handbuilt::grader;
//
//     STUDENT(convnet, conv2d_forward, input, weights, bias);
//
//     TEST(Conv2dForward, SlidesTheKernelWithoutFlippingIt) {           // the suite of task conv2d-forward
//       const Tensor input = whole_numbers({2, 3, 6, 5}), weights = whole_numbers({4, 3, 3, 3});
//       const Tensor bias = whole_numbers({4});
//       EXPECT_ANSWER(student::conv2d_forward(input, weights, bias), naive(input, weights, bias))
//           .mistake(naive(input, flipped(weights), bias), "the kernel is flipped");
//     }

#include <gtest/gtest.h>

#include "grader/judge/cases.hpp"
#include "grader/judge/expect.hpp"
#include "grader/judge/inputs.hpp"
#include "grader/judge/student.hpp"

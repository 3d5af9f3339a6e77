#pragma once

#include "lessons/02_least_squares/data.hpp"
#include "lessons/demo.hpp"

namespace handbuilt::lessons::least_squares {

/// Writes the figures, the window as it looks with one point moved, and results.json into options.out.
void run_headless(const DemoOptions& options, const std::vector<Points>& sets, const Cars& cars);

}  // namespace handbuilt::lessons::least_squares

#pragma once

#include "lessons/demo.hpp"

namespace handbuilt::lessons::three_parameters {

/// Adds drivers one by one as forward selection would, and writes the figures, a picture of the window and results.json
/// into `options.out`.
void run_headless(const DemoOptions& options);

}  // namespace handbuilt::lessons::three_parameters

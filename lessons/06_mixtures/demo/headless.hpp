#pragma once

#include "lessons/demo.hpp"

namespace handbuilt::lessons::mixtures {

/// Fits every cloud to the end, checks each step, and writes the figures, a picture of the window and results.json into
/// `options.out`. Takes a second or two, whatever `options.seconds` says.
void run_headless(const DemoOptions& options);

}  // namespace handbuilt::lessons::mixtures

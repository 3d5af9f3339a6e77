#pragma once

#include "lessons/demo.hpp"

namespace handbuilt::lessons::likeness {

/// Drives through a new home of every kind and writes the figures, a picture of the window and results.json into
/// `options.out`.
void run_headless(const DemoOptions& options);

}  // namespace handbuilt::lessons::likeness

#pragma once

#include "lessons/01_flat_rate/barley.hpp"
#include "lessons/demo.hpp"

namespace handbuilt::lessons::flat_rate {

/// Deals the folds 50 times, or as often as the time allows, and writes the figures, a picture of the window and
/// results.json into `options.out`.
void run_headless(const DemoOptions& options, const Barley& barley);

}  // namespace handbuilt::lessons::flat_rate

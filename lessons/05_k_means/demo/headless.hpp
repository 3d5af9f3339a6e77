#pragma once

#include "lessons/demo.hpp"

namespace handbuilt::lessons::k_means {

/// Groups the points from both starts, asks how many there are, recolours both photographs, and writes the figures,
/// pictures of the window and results.json into `options.out`.
void run_headless(const DemoOptions& options);

}  // namespace handbuilt::lessons::k_means

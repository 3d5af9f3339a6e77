#pragma once

#include "lessons/04_logistic/weather.hpp"
#include "lessons/demo.hpp"

namespace handbuilt::lessons::logistic {

/// Measures all that the text quotes, and writes the figures, a picture of the window and results.json into
/// `options.out`. Takes a few seconds, whatever `options.seconds` says.
void run_headless(const DemoOptions& options, const Days& days);

}  // namespace handbuilt::lessons::logistic

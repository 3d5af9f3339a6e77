#pragma once

#include <cstddef>

namespace handbuilt::test {

/// Watches operator new in every program that is linked with allocation_probe.cpp: the largest single block that was
/// asked for since the last reset, on any thread.
std::size_t largest_allocation();
void reset_largest_allocation();

}  // namespace handbuilt::test

#pragma once

#include "grader/sandbox/launcher/order.hpp"

namespace handbuilt::grader {

/// Becomes bubblewrap, which becomes this launcher again inside. Returns only by throwing Error.
[[noreturn]] void enter_bubblewrap(const Order& order);

}  // namespace handbuilt::grader

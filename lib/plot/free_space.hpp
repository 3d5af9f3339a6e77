#pragma once

#include <optional>
#include <vector>

#include "plot/display_list.hpp"

namespace handbuilt::plot {

/// Whether an item of a picture draws anything inside a rectangle. Text counts with the box around it.
bool touches(const DisplayList::Item& item, const Rectangle& box);

/// The first of the candidates that no item touches, if there is one.
std::optional<Rectangle> first_free(const std::vector<Rectangle>& candidates,
                                    const std::vector<DisplayList::Item>& items);

}  // namespace handbuilt::plot

#pragma once

#include "lessons/10_convnet/demo/scene.hpp"
#include "plot/display_list.hpp"
#include "plot/figure.hpp"

namespace handbuilt::lessons::convnet {

/// The whole page of the window.
plot::DisplayList draw(const Scene& scene, double width, double height);

/// The two curves; also drawn as figures of their own.
plot::Figure loss_figure(const Snapshot& snapshot);
plot::Figure accuracy_figure(const Snapshot& snapshot);

}  // namespace handbuilt::lessons::convnet

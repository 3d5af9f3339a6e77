#pragma once

#include "plot/display_list.hpp"
#include "robot_sim/view/layout.hpp"
#include "robot_sim/view/scene.hpp"
#include "robot_sim/view/session.hpp"

namespace handbuilt::robot_sim {

/// The whole page of the window, without its controls. `scene` is as large as fits into the layout's home.
plot::DisplayList draw_page(const Session& session, const Scene& scene, const Layout& layout);

}  // namespace handbuilt::robot_sim

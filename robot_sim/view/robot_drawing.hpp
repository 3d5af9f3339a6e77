#pragma once

#include "plot/display_list.hpp"
#include "robot_sim/run/picture.hpp"
#include "robot_sim/view/observer.hpp"

/// The robot and its company, each drawn as large as it is where it is.
namespace handbuilt::robot_sim {

/// The colours that pictures of a run share.
namespace paint {
inline const plot::Colour kTruth = plot::Colour::rgb(28, 38, 60), kReckoned = plot::Colour::rgb(186, 32, 146),
                          kBelieved = plot::Colour::rgb(0, 122, 110), kRay = plot::Colour::rgb(24, 104, 196),
                          kWallRay = plot::Colour::rgb(120, 70, 190), kBroken = plot::Colour::rgb(214, 30, 40),
                          kGood = plot::Colour::rgb(20, 140, 80), kCat = plot::Colour::rgb(226, 126, 28);
}  // namespace paint

/// What its sensors say: range rays and wall sensor as far as they claim to see, and the floor that the camera looks
/// at. A ray of a broken sensor is red and dashed.
void draw_rays(plot::DisplayList& page, const HomeView& view, const Simulator& simulator, const Observer& observer);

/// The body with bumpers, cliff sensors, wheels and brushes, each as its sensor or driver says.
void draw_body(plot::DisplayList& page, const HomeView& view, const Simulator& simulator, const Observer& observer);

/// An empty outline of the robot, with the radius of its error around it.
void draw_ghost(plot::DisplayList& page, const HomeView& view, const Pose& pose, double error_m,
                const plot::Colour& colour);

void draw_cat(plot::DisplayList& page, const HomeView& view, const Pose& pose);

}  // namespace handbuilt::robot_sim

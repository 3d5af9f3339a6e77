#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/tensor.hpp"
#include "robot_sim/world/home.hpp"

namespace handbuilt::robot_sim {

/// What a ROS map_server file says. Source: ROS wiki, package map_server, section "Map format".
struct MapDescription {
  std::string image;                                          // relative to the yaml file, or absolute
  double resolution_m = 0.05;                                 // a pixel's side
  double origin_x_m = 0, origin_y_m = 0, origin_yaw_rad = 0;  // of the lower left pixel's corner
  bool negate = false;                                        // true: white is occupied
  double occupied_threshold = 0.65, free_threshold = 0.196;
};

/// Where a robot starts, in the map's own frame.
struct MapPose {
  double x_m = 0, y_m = 0, heading_rad = 0;
};

/// Reads the yaml text. Throws DataError beginning with `name` when a key is missing or makes no sense; `mode` may be
/// absent or "trinary", other keys are left alone.
MapDescription parse_map_description(std::string_view yaml, const std::string& name);

/// Makes a home of a map's picture [1, 1 or 3, height, width]: a pixel is occupied above the one threshold, free below
/// the other, else unknown, which is as solid as a wall; colours are averaged as map_server does, transparency does not
/// count. Without a start the robot stands at the roomiest place of the largest connected area.
/// Throws DataError beginning with `name`: no free place, a start outside or in a wall, cells outside 0.01 ... 0.2 m.
Home home_from_map(const MapDescription& description, const Tensor& image, const std::string& name,
                   std::optional<MapPose> start = std::nullopt);

/// Reads `yaml_path` and the picture it names: PGM (P2, P5), PNG of any colour type, BMP, JPEG.
Home read_map(const std::filesystem::path& yaml_path, std::optional<MapPose> start = std::nullopt);

/// A place of the home's grid in the map's own frame.
MapPose to_map(const Home& home, const Pose& pose);
/// And back.
Pose to_grid(const Home& home, const MapPose& pose);

}  // namespace handbuilt::robot_sim

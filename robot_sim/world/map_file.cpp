#include "robot_sim/world/map_file.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "core/file.hpp"
#include "data/image.hpp"
#include "robot_sim/robot/body.hpp"
#include "robot_sim/world/distance_field.hpp"

namespace handbuilt::robot_sim {

namespace {

constexpr std::size_t kLargestYaml = 1 << 16;

[[noreturn]] void fail(const std::string& name, const std::string& what) { throw DataError(name + ": " + what); }

std::string shown(const YAML::Node& node) { return node.IsScalar() ? "\"" + node.Scalar() + "\"" : "no single value"; }

/// "map.yaml:3: " for what stands in the third line.
std::string at(const std::string& name, const YAML::Node& node) {
  return node.Mark().is_null() ? name : name + ":" + std::to_string(node.Mark().line + 1);
}

class Reader {
 public:
  Reader(const YAML::Node& root, const std::string& name) : root_(root), name_(name) {}

  YAML::Node required(const std::string& key) const {
    const YAML::Node node = root_[key];
    if (!node) fail(name_, "expected a key \"" + key + "\"");
    return node;
  }

  double number(const YAML::Node& node, const std::string& what, double low, double high) const {
    double value = 0;
    if (!node.IsScalar() || !YAML::convert<double>::decode(node, value) || !(value >= low && value <= high))
      fail(at(name_, node),
           what + ": expected a number of " + short_number(low) + " to " + short_number(high) + ", got " + shown(node));
    return value;
  }

  /// 0, 1, true or false.
  bool flag(const YAML::Node& node, const std::string& what) const {
    const std::string text = node.IsScalar() ? node.Scalar() : "";
    if (text == "0" || text == "false") return false;
    if (text == "1" || text == "true") return true;
    fail(at(name_, node), what + ": expected 0 or 1, got " + shown(node));
  }

 private:
  static std::string short_number(double value) {
    std::string text = std::to_string(value);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text;
  }

  const YAML::Node& root_;
  const std::string& name_;
};

MapDescription described(const YAML::Node& root, const std::string& name) {
  constexpr double kFarthest_m = 1e6;
  if (!root.IsMap()) fail(name, "expected the keys of a ROS map (image, resolution, origin, ...)");
  const Reader reader(root, name);
  MapDescription map;
  const YAML::Node image = reader.required("image");
  if (!image.IsScalar() || image.Scalar().empty()) fail(at(name, image), "image: expected a file's name");
  map.image = image.Scalar();
  map.resolution_m = reader.number(reader.required("resolution"), "resolution", 0.01, 0.2);
  const YAML::Node origin = reader.required("origin");
  if (!origin.IsSequence() || (origin.size() != 2 && origin.size() != 3))
    fail(at(name, origin), "origin: expected [x, y, yaw] in metres and radians");
  map.origin_x_m = reader.number(origin[0], "origin's x", -kFarthest_m, kFarthest_m);
  map.origin_y_m = reader.number(origin[1], "origin's y", -kFarthest_m, kFarthest_m);
  if (origin.size() == 3) map.origin_yaw_rad = reader.number(origin[2], "origin's yaw", -100, 100);
  map.negate = reader.flag(reader.required("negate"), "negate");
  map.occupied_threshold = reader.number(reader.required("occupied_thresh"), "occupied_thresh", 0, 1);
  map.free_threshold = reader.number(reader.required("free_thresh"), "free_thresh", 0, 1);
  if (map.free_threshold > map.occupied_threshold)
    fail(name, "expected free_thresh to be at most occupied_thresh, got " + std::to_string(map.free_threshold) +
                   " and " + std::to_string(map.occupied_threshold));
  if (const YAML::Node mode = root["mode"]; mode && (!mode.IsScalar() || mode.Scalar() != "trinary"))
    fail(at(name, mode), "mode: expected \"trinary\", got " + shown(mode));
  return map;
}

/// The roomiest cell of the largest connected area in which the robot fits.
std::optional<Pose> roomiest_start(const Home& home) {
  std::vector<std::uint8_t> solid(home.ground.size());
  for (std::size_t i = 0; i < solid.size(); ++i) solid[i] = (home.ground[i] & (kObstacle | kUnknown)) != 0;
  const std::vector<float> distance = clearance(home.width, home.height, solid, home.cell_m);
  std::vector<std::uint8_t> seen(distance.size());
  std::size_t largest = 0, best = 0;
  std::vector<std::size_t> area;
  const auto row = static_cast<std::size_t>(home.width);
  for (std::size_t from = 0; from < distance.size(); ++from) {
    if (seen[from] != 0 || distance[from] <= body::kRadius_m) continue;
    area.assign(1, from);
    seen[from] = 1;
    std::size_t roomiest = from;
    for (std::size_t k = 0; k < area.size(); ++k) {
      const std::size_t cell = area[k];
      if (distance[cell] > distance[roomiest]) roomiest = cell;
      for (const std::size_t next : {cell + 1, cell - 1, cell + row, cell - row})
        if (seen[next] == 0 && distance[next] > body::kRadius_m) {
          seen[next] = 1;
          area.push_back(next);
        }
    }
    if (area.size() > largest) {
      largest = area.size();
      best = roomiest;
    }
  }
  if (largest == 0) return std::nullopt;
  return Pose{(static_cast<float>(best % row) + 0.5f) * home.cell_m,
              (static_cast<float>(best / row) + 0.5f) * home.cell_m, 0};
}

}  // namespace

MapDescription parse_map_description(std::string_view yaml, const std::string& name) {
  if (yaml.size() > kLargestYaml)
    fail(name, "expected the few lines of a ROS map, got " + std::to_string(yaml.size()) + " bytes");
  try {
    return described(YAML::Load(std::string(yaml)), name);
  } catch (const YAML::Exception& error) {
    fail(error.mark.is_null() ? name : name + ":" + std::to_string(error.mark.line + 1),
         "not readable as YAML: " + error.msg);
  }
}

Home home_from_map(const MapDescription& description, const Tensor& image, const std::string& name,
                   std::optional<MapPose> start) {
  const auto [_, channels, height, width] = image.shape();
  Home home;
  home.name = name;
  home.cell_m = static_cast<float>(description.resolution_m);
  const int border = static_cast<int>(std::ceil(0.3 / description.resolution_m - 1e-4));
  home.width = width + 2 * border;
  home.height = height + 2 * border;
  home.ground.assign(static_cast<std::size_t>(home.width) * static_cast<std::size_t>(home.height), kUnknown);
  for (int row = 0; row < height; ++row)
    for (int x = 0; x < width; ++x) {
      float brightness = 0;
      for (int c = 0; c < channels; ++c) brightness += image(0, c, row, x) / static_cast<float>(channels);
      const double occupied = description.negate ? brightness : 1 - brightness;
      const int y = height - 1 - row;  // the picture's last row is the map's lowest
      home.ground[home.cell(x + border, y + border)] = occupied > description.occupied_threshold ? kObstacle
                                                       : occupied < description.free_threshold   ? 0
                                                                                                 : kUnknown;
    }
  const double c = std::cos(description.origin_yaw_rad), s = std::sin(description.origin_yaw_rad);
  const double shift = border * description.resolution_m;
  home.map_x_m = description.origin_x_m - c * shift + s * shift;
  home.map_y_m = description.origin_y_m - s * shift - c * shift;
  home.map_yaw_rad = description.origin_yaw_rad;

  if (start) {
    home.start = to_grid(home, *start);
  } else {
    const std::optional<Pose> roomiest = roomiest_start(home);
    if (!roomiest) fail(name, "there is no free place that the robot fits into");
    home.start = *roomiest;
  }
  try {
    finish(home);
  } catch (const ValueError& error) {
    throw DataError(error.what());
  }
  return home;
}

Home read_map(const std::filesystem::path& yaml_path, std::optional<MapPose> start) {
  const MapDescription description = parse_map_description(read_file(yaml_path, kLargestYaml), yaml_path.string());
  const std::filesystem::path image = yaml_path.parent_path() / description.image;
  return home_from_map(description, data::read_image(image, data::Colour::kRgb), yaml_path.string(), start);
}

MapPose to_map(const Home& home, const Pose& pose) {
  const double c = std::cos(home.map_yaw_rad), s = std::sin(home.map_yaw_rad);
  return {home.map_x_m + c * pose.x_m - s * pose.y_m, home.map_y_m + s * pose.x_m + c * pose.y_m,
          pose.heading_rad + home.map_yaw_rad};
}

Pose to_grid(const Home& home, const MapPose& pose) {
  const double c = std::cos(home.map_yaw_rad), s = std::sin(home.map_yaw_rad);
  const double dx = pose.x_m - home.map_x_m, dy = pose.y_m - home.map_y_m;
  return {static_cast<float>(c * dx + s * dy), static_cast<float>(c * dy - s * dx),
          static_cast<float>(pose.heading_rad - home.map_yaw_rad)};
}

}  // namespace handbuilt::robot_sim

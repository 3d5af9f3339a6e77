#include "robot_sim/run/controllers.hpp"

#include <map>

#include "core/error.hpp"
#include "robot_sim/controllers/bounce.hpp"
#include "robot_sim/controllers/wall_following.hpp"

namespace handbuilt::robot_sim {

namespace {

template <class Controller>
ControllerStep begin(std::uint32_t seed) {
  return [controller = Controller(seed)](const SensorFrame& frame, const CameraPatch*) mutable {
    return controller.step(frame);
  };
}

const std::map<std::string, ControllerStep (*)(std::uint32_t)>& makers() {
  static const std::map<std::string, ControllerStep (*)(std::uint32_t)> all = {
      {"bounce", begin<BounceController>}, {"wall_following", begin<WallFollowingController>}};
  return all;
}

}  // namespace

std::vector<std::string> controller_names() {
  std::vector<std::string> names;
  for (const auto& [name, maker] : makers()) names.push_back(name);
  return names;
}

ControllerStep make_controller(const std::string& name, std::uint64_t seed) {
  const auto found = makers().find(name);
  if (found == makers().end()) {
    std::string all;
    for (const std::string& known : controller_names()) all += (all.empty() ? "" : ", ") + known;
    throw ValueError("expected a controller (" + all + "), got \"" + name + "\"");
  }
  // Neighbouring seeds must not give neighbouring streams.
  const std::uint64_t mixed = (seed + 1) * 0x9e3779b97f4a7c15u;
  return found->second(static_cast<std::uint32_t>(mixed >> 32));
}

}  // namespace handbuilt::robot_sim

#include "robot_sim/run/controllers.hpp"

#include <map>

#include "core/error.hpp"
#include "robot_sim/controllers/bounce.hpp"
#include "robot_sim/controllers/wall_following.hpp"

namespace handbuilt::robot_sim {

namespace {

template <class Stepped>
Controller begin(std::uint32_t seed) {
  return Controller(Stepped(seed));
}

const std::map<std::string, Controller (*)(std::uint32_t)>& makers() {
  static const std::map<std::string, Controller (*)(std::uint32_t)> all = {
      {"bounce", begin<BounceController>}, {"wall_following", begin<WallFollowingController>}};
  return all;
}

}  // namespace

std::vector<std::string> controller_names() {
  std::vector<std::string> names;
  for (const auto& [name, maker] : makers()) names.push_back(name);
  return names;
}

Controller make_controller(const std::string& name, std::uint64_t seed) {
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

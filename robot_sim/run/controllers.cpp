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

struct Kind {
  Controller (*make)(std::uint32_t seed);
  std::vector<std::string> modes;
};

const std::map<std::string, Kind>& kinds() {
  static const std::vector<std::string> dumb = {"straight on", "along the wall", "backing off", "turning"};
  static const std::map<std::string, Kind> all = {{"bounce", {begin<BounceController>, dumb}},
                                                  {"wall_following", {begin<WallFollowingController>, dumb}}};
  return all;
}

}  // namespace

std::vector<std::string> controller_names() {
  std::vector<std::string> names;
  for (const auto& [name, kind] : kinds()) names.push_back(name);
  return names;
}

std::string mode_name(const std::string& controller, std::uint8_t mode) {
  const auto found = kinds().find(controller);
  if (found == kinds().end() || mode >= found->second.modes.size()) return "mode " + std::to_string(mode);
  return found->second.modes[mode];
}

Controller make_controller(const std::string& name, std::uint64_t seed) {
  const auto found = kinds().find(name);
  if (found == kinds().end()) {
    std::string all;
    for (const std::string& known : controller_names()) all += (all.empty() ? "" : ", ") + known;
    throw ValueError("expected a controller (" + all + "), got \"" + name + "\"");
  }
  // Neighbouring seeds must not give neighbouring streams.
  const std::uint64_t mixed = (seed + 1) * 0x9e3779b97f4a7c15u;
  return found->second.make(static_cast<std::uint32_t>(mixed >> 32));
}

}  // namespace handbuilt::robot_sim

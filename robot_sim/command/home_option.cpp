#include <charconv>
#include <optional>
#include <vector>

#include "core/error.hpp"
#include "robot_sim/command/commands.hpp"
#include "robot_sim/run/run.hpp"
#include "robot_sim/world/map_file.hpp"

namespace handbuilt::robot_sim {

namespace {

std::optional<MapPose> start_from(const std::string& text) {
  if (text.empty()) return std::nullopt;
  std::vector<double> numbers;
  const char* at = text.data();
  const char* const end = at + text.size();
  for (;;) {
    double value = 0;
    const auto [stopped, error] = std::from_chars(at, end, value);
    if (error != std::errc()) break;
    numbers.push_back(value);
    at = stopped;
    if (at == end || *at != ',') break;
    ++at;
  }
  if (at != end || (numbers.size() != 2 && numbers.size() != 3))
    throw ValueError("--start: expected X,Y or X,Y,HEADING (metres, radians), got \"" + text + "\"");
  return MapPose{numbers[0], numbers[1], numbers.size() == 3 ? numbers[2] : 0};
}

}  // namespace

Home open_home(const HomeOption& option) {
  if (option.home.empty() == option.map.empty())
    throw ValueError("expected either --home SEED or --map FILE.yaml" +
                     std::string(option.home.empty() ? ", got neither" : ", got both"));
  const std::optional<MapPose> start = start_from(option.start);
  if (!option.map.empty()) return read_map(option.map, start);
  Home home = home_named(option.home);
  if (start) {
    home.start = to_grid(home, *start);
    finish(home, {.cleaning_reach_m = home.cleaning_reach_m});
  }
  return home;
}

}  // namespace handbuilt::robot_sim

#include "robot_sim/trace/trace_header.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "robot_sim/trace/bytes.hpp"

namespace handbuilt::robot_sim {

namespace {

constexpr std::uint32_t kMostClutter = 100'000, kMostNameBytes = 4096;
constexpr std::uint64_t kMostCells = std::uint64_t{1} << 24;

template <class Number>
Number take_within(ByteReader& bytes, Number low, Number high, const char* what) {
  const auto value = bytes.take<Number>();
  if (!(value >= low && value <= high))
    throw DataError(std::string(what) + ": expected " + std::to_string(low) + " to " + std::to_string(high) + ", got " +
                    std::to_string(value));
  return value;
}

std::string take_name(ByteReader& bytes) {
  const std::string_view text = bytes.take_text();
  if (text.size() > kMostNameBytes) throw DataError("expected a name of at most 4096 bytes");
  return std::string(text);
}

void put_pose(std::string& bytes, const Pose& pose) {
  put(bytes, pose.x_m);
  put(bytes, pose.y_m);
  put(bytes, pose.heading_rad);
}

Pose take_pose(ByteReader& bytes) {
  Pose pose;
  pose.x_m = take_within(bytes, -1e6f, 1e6f, "x");
  pose.y_m = take_within(bytes, -1e6f, 1e6f, "y");
  pose.heading_rad = take_within(bytes, -100.0f, 100.0f, "heading");
  return pose;
}

/// The ground as runs of equal cells, row by row.
void put_ground(std::string& bytes, const std::vector<std::uint8_t>& ground) {
  for (std::size_t i = 0; i < ground.size();) {
    std::size_t end = i;
    while (end < ground.size() && ground[end] == ground[i]) ++end;
    put(bytes, ground[i]);
    put_varint(bytes, static_cast<std::uint32_t>(end - i));
    i = end;
  }
}

std::vector<std::uint8_t> take_ground(ByteReader& bytes, std::size_t cells) {
  std::vector<std::uint8_t> ground;
  while (ground.size() < cells) {
    const auto value = bytes.take<std::uint8_t>();
    const std::uint32_t run = bytes.take_varint();
    if (run == 0 || run > cells - ground.size()) throw DataError("ground: expected as many cells as the home has");
    ground.insert(ground.end(), run, value);
  }
  return ground;
}

void put_home(std::string& bytes, const Home& home) {
  put_text(bytes, home.name);
  put(bytes, home.width);
  put(bytes, home.height);
  put(bytes, home.cell_m);
  put_ground(bytes, home.ground);
  put_varint(bytes, static_cast<std::uint32_t>(home.clutter.size()));
  for (const ClutterItem& item : home.clutter) {
    put(bytes, static_cast<std::uint8_t>(item.kind));
    for (const float value : {item.x_m, item.y_m, item.length_m, item.width_m, item.angle_rad}) put(bytes, value);
  }
  put(bytes, home.rug_pull_x);
  put(bytes, home.rug_pull_y);
  put_pose(bytes, home.start);
  for (const double value : {home.map_x_m, home.map_y_m, home.map_yaw_rad}) put(bytes, value);
  put(bytes, home.cleaning_reach_m);
}

ClutterItem take_clutter(ByteReader& bytes) {
  ClutterItem item;
  item.kind = static_cast<Clutter>(
      take_within<std::uint8_t>(bytes, 0, static_cast<std::uint8_t>(Clutter::kMess), "kind of clutter"));
  item.x_m = take_within(bytes, -1e4f, 1e4f, "clutter");
  item.y_m = take_within(bytes, -1e4f, 1e4f, "clutter");
  item.length_m = take_within(bytes, 0.0f, 100.0f, "clutter");
  item.width_m = take_within(bytes, 0.0f, 100.0f, "clutter");
  item.angle_rad = take_within(bytes, -100.0f, 100.0f, "clutter");
  return item;
}

Home take_home(ByteReader& bytes) {
  Home home;
  home.name = take_name(bytes);
  home.width = take_within(bytes, 3, 1 << 22, "width");
  home.height = take_within(bytes, 3, 1 << 22, "height");
  home.cell_m = take_within(bytes, 0.01f, 0.2f, "cell");
  const std::uint64_t cells = static_cast<std::uint64_t>(home.width) * static_cast<std::uint64_t>(home.height);
  if (cells > kMostCells) throw DataError("expected at most 2^24 cells, got " + std::to_string(cells));
  home.ground = take_ground(bytes, static_cast<std::size_t>(cells));
  const std::uint32_t items = bytes.take_varint();
  if (items > kMostClutter) throw DataError("expected at most 100000 pieces of clutter");
  for (std::uint32_t i = 0; i < items; ++i) home.clutter.push_back(take_clutter(bytes));
  home.rug_pull_x = take_within(bytes, -1.01f, 1.01f, "rug");
  home.rug_pull_y = take_within(bytes, -1.01f, 1.01f, "rug");
  home.start = take_pose(bytes);
  home.map_x_m = take_within(bytes, -1e9, 1e9, "map's origin");
  home.map_y_m = take_within(bytes, -1e9, 1e9, "map's origin");
  home.map_yaw_rad = take_within(bytes, -100.0, 100.0, "map's origin");
  const float reach_m = take_within(bytes, 0.0f, 1.0f, "cleaning reach");
  finish(home, {.cleaning_reach_m = reach_m});
  return home;
}

}  // namespace

std::string to_bytes(const TraceHeader& header) {
  std::string bytes;
  put_home(bytes, *header.home);
  const RobotOptions& options = header.options;
  put(bytes, options.seed);
  put_text(bytes, to_string(options.faults));
  put(bytes, options.delay_s);
  put(bytes, options.delay_drift_s);
  put(bytes, static_cast<std::uint8_t>(options.cat));
  put(bytes, options.battery_wh);
  put(bytes, static_cast<std::uint8_t>(options.start.has_value()));
  if (options.start) put_pose(bytes, *options.start);
  put_text(bytes, header.controller);
  put(bytes, header.planned_ticks);
  return bytes;
}

TraceHeader trace_header_from(std::string_view text) {
  ByteReader bytes(text);
  TraceHeader header;
  header.home = std::make_shared<const Home>(take_home(bytes));
  RobotOptions& options = header.options;
  options.seed = bytes.take<std::uint64_t>();
  options.faults = parse_faults(bytes.take_text());
  options.delay_s = take_within(bytes, 0.0f, 0.4f, "delay");
  options.delay_drift_s = take_within(bytes, 0.0f, 1.0f, "drift of the delay");
  options.cat = take_within<std::uint8_t>(bytes, 0, 1, "cat") != 0;
  options.battery_wh = take_within(bytes, 0.0f, 1e6f, "battery");
  if (take_within<std::uint8_t>(bytes, 0, 1, "start") != 0) options.start = take_pose(bytes);
  header.controller = take_name(bytes);
  header.planned_ticks = bytes.take<std::uint32_t>();
  if (!bytes.at_end()) throw DataError("expected nothing after the header's last number");
  return header;
}

}  // namespace handbuilt::robot_sim

#include "robot_sim/world/home_generator.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "core/error.hpp"
#include "core/random.hpp"
#include "robot_sim/robot/body.hpp"
#include "robot_sim/world/distance_field.hpp"
#include "signal/exact_math.hpp"

namespace handbuilt::robot_sim {

namespace {

// Everything here is in cells of 0.05 m.
constexpr int kBorder = 6, kWall = 2, kLeastRoom = 52, kLargeRoom = 84;
constexpr int kPassage = 9;     // between pieces of furniture: 0.45 m, the body is 0.33 m wide
constexpr int kDoorDepth = 14;  // what stays free before and behind a door

/// A size to be drawn. What draws takes its sizes as ranges and draws one after the other: the order in which a call's
/// arguments are computed is the compiler's choice.
struct Range {
  int low, high;
};

struct Rect {
  int x = 0, y = 0, width = 0, height = 0;
  [[nodiscard]] Rect grown(int by) const { return {x - by, y - by, width + 2 * by, height + 2 * by}; }
  [[nodiscard]] bool meets(const Rect& other) const {
    return x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height;
  }
};

/// A wall between two halves of the home, for which a door must be found.
struct Partition {
  Rect wall;
  bool upright = false;
};

class Builder {
 public:
  Builder(std::uint64_t seed, HomeOptions options, int attempt)
      : options_(options),
        random_(seed, "home " + std::to_string(attempt)),
        crowding_(std::max(0.2, 1.0 - 0.15 * attempt)) {
    home_.name = "home " + std::to_string(seed);
  }

  /// The home, or nothing when the furniture happens to shut the robot out of some place.
  std::optional<Home> build() {
    lay_out_rooms();
    cut_doors();
    if (options_.stairs && random_.chance(0.35)) place_stairs();
    lay_rugs();
    if (options_.furniture)
      for (const Rect& room : rooms_) furnish(room);
    if (!choose_start()) return std::nullopt;
    finish(home_);
    if (!connected()) return std::nullopt;
    if (options_.clutter) scatter();
    return std::move(home_);
  }

 private:
  int drawn(Range range) { return between(range.low, range.high); }
  int between(int low, int high) { return low + random_.below(high - low + 1); }

  void fill(const Rect& rect, std::uint8_t ground) {
    for (int y = rect.y; y < rect.y + rect.height; ++y)
      for (int x = rect.x; x < rect.x + rect.width; ++x) home_.ground[home_.cell(x, y)] = ground;
  }

  void lay_out_rooms() {
    const int width = between(120, 240), height = between(100, 180);
    home_.width = width + 2 * kBorder;
    home_.height = height + 2 * kBorder;
    home_.ground.assign(static_cast<std::size_t>(home_.width) * static_cast<std::size_t>(home_.height), kObstacle);
    fill({kBorder, kBorder, width, height}, 0);
    split({kBorder, kBorder, width, height});
    for (const Partition& partition : partitions_) fill(partition.wall, kObstacle);
  }

  void split(const Rect& area) {
    const bool upright = area.width > area.height;
    const int length = upright ? area.width : area.height;
    if (length < 2 * kLeastRoom + kWall || (length < kLargeRoom + kLeastRoom && random_.chance(0.3))) {
      rooms_.push_back(area);
      return;
    }
    const int at = between(kLeastRoom, length - kWall - kLeastRoom);
    const Rect wall =
        upright ? Rect{area.x + at, area.y, kWall, area.height} : Rect{area.x, area.y + at, area.width, kWall};
    partitions_.push_back({wall, upright});
    if (upright) {
      split({area.x, area.y, at, area.height});
      split({area.x + at + kWall, area.y, area.width - at - kWall, area.height});
    } else {
      split({area.x, area.y, area.width, at});
      split({area.x, area.y + at + kWall, area.width, area.height - at - kWall});
    }
  }

  [[nodiscard]] bool clear_of_obstacles(const Rect& rect) const {
    for (int y = rect.y; y < rect.y + rect.height; ++y)
      for (int x = rect.x; x < rect.x + rect.width; ++x)
        if (home_.ground[home_.cell(x, y)] & kObstacle) return false;
    return true;
  }

  /// One door a partition, where no other wall ends on either side: that joins all rooms.
  void cut_doors() {
    for (const auto& [wall, upright] : partitions_) {
      const int width = between(16, 18), length = upright ? wall.height : wall.width;
      const int first = random_.below(length - width);
      for (int k = 0; k <= length - width; ++k) {
        const int at = (first + k) % (length - width + 1);
        const Rect door = upright ? Rect{wall.x, wall.y + at, kWall, width} : Rect{wall.x + at, wall.y, width, kWall};
        const Rect before = upright ? Rect{door.x - kDoorDepth, door.y, kDoorDepth, width}
                                    : Rect{door.x, door.y - kDoorDepth, width, kDoorDepth};
        const Rect behind =
            upright ? Rect{door.x + kWall, door.y, kDoorDepth, width} : Rect{door.x, door.y + kWall, width, kDoorDepth};
        if (!clear_of_obstacles(before) || !clear_of_obstacles(behind)) continue;
        fill(door, 0);
        taken_.push_back(upright ? Rect{before.x, door.y, 2 * kDoorDepth + kWall, width}
                                 : Rect{door.x, before.y, width, 2 * kDoorDepth + kWall});
        break;
      }
    }
  }

  /// A place for a piece along one of the room's walls, or nothing after a few tries.
  std::optional<Rect> along_wall(const Rect& room, Range lengths, Range depths, int passage = kPassage) {
    const int length = drawn(lengths), depth = drawn(depths);
    for (int attempt = 0; attempt < 12; ++attempt) {
      const int side = random_.below(4);
      const bool upright = side >= 2;
      const int width = upright ? depth : length, height = upright ? length : depth;
      if (width > room.width - passage || height > room.height - passage) continue;
      // Flush with one wall; along it either flush with the corner or a passage away from it.
      const auto offset = [&](int room_side, int piece) {
        const int slack = room_side - piece;
        if (slack < 2 * passage || random_.chance(0.4)) return random_.chance(0.5) ? 0 : slack;
        return between(passage, slack - passage);
      };
      Rect place{room.x, room.y, width, height};
      if (upright) {
        place.x = side == 2 ? room.x : room.x + room.width - width;
        place.y = room.y + offset(room.height, height);
      } else {
        place.y = side == 0 ? room.y : room.y + room.height - height;
        place.x = room.x + offset(room.width, width);
      }
      if (is_free(place, passage)) return place;
    }
    return std::nullopt;
  }

  std::optional<Rect> in_the_open(const Rect& room, Range widths, Range heights) {
    int width = drawn(widths), height = drawn(heights);
    for (int attempt = 0; attempt < 12; ++attempt) {
      if (random_.chance(0.5)) std::swap(width, height);
      const int slack_x = room.width - width - 2 * kPassage, slack_y = room.height - height - 2 * kPassage;
      if (slack_x < 0 || slack_y < 0) continue;
      const Rect place{room.x + kPassage + random_.below(slack_x + 1), room.y + kPassage + random_.below(slack_y + 1),
                       width, height};
      if (is_free(place, kPassage)) return place;
    }
    return std::nullopt;
  }

  [[nodiscard]] bool is_free(const Rect& place, int passage) const {
    const Rect grown = place.grown(passage);
    return std::none_of(taken_.begin(), taken_.end(), [&](const Rect& other) { return grown.meets(other); });
  }

  void place_stairs() {
    const Rect& room = rooms_[static_cast<std::size_t>(random_.below(static_cast<int>(rooms_.size())))];
    const std::optional<Rect> place = along_wall(room, {26, 40}, {18, 22}, 2 * kPassage);
    if (!place) return;
    fill(*place, kDrop);
    taken_.push_back(place->grown(kPassage / 2));
  }

  void lay_rugs() {
    const signal::SinCos pile = signal::sin_cos(static_cast<float>(random_.uniform(0, 6.28)));
    home_.rug_pull_x = pile.cos;
    home_.rug_pull_y = pile.sin;
    for (const Rect& room : rooms_) {
      if (!random_.chance(0.45)) continue;
      const int width = std::min(between(24, 48), room.width - 4), height = std::min(between(24, 48), room.height - 4);
      const Rect rug{room.x + between(1, room.width - width - 1), room.y + between(1, room.height - height - 1), width,
                     height};
      for (int y = rug.y; y < rug.y + rug.height; ++y)
        for (int x = rug.x; x < rug.x + rug.width; ++x)
          if (home_.ground[home_.cell(x, y)] == 0) home_.ground[home_.cell(x, y)] = kRug;
    }
  }

  void legs(const Rect& piece, int thickness) {
    const int right = piece.x + piece.width - thickness, top = piece.y + piece.height - thickness;
    for (const auto& [x, y] : {std::pair{piece.x, piece.y}, {right, piece.y}, {piece.x, top}, {right, top}})
      fill({x, y, thickness, thickness}, kObstacle);
  }

  void solid_along_wall(const Rect& room, Range length, Range depth) {
    if (const std::optional<Rect> place = along_wall(room, length, depth)) {
      fill(*place, kObstacle);
      taken_.push_back(*place);
    }
  }

  /// Four legs that the robot fits between.
  void legs_along_wall(const Rect& room, Range length, Range depth, int thickness) {
    if (const std::optional<Rect> place = along_wall(room, length, depth)) {
      legs(*place, thickness);
      taken_.push_back(*place);
    }
  }

  void table_with_chairs(const Rect& room) {
    const std::optional<Rect> table = in_the_open(room, {24, 36}, {16, 20});
    if (!table) return;
    legs(*table, 1);
    constexpr int kChair = 10;
    // Chairs stand before the long sides, half under the table.
    const bool wide = table->width >= table->height;
    const int places = (wide ? table->width : table->height) / (kChair + 2);
    for (int side = 0; side < 2; ++side)
      for (int i = 0; i < places; ++i) {
        if (!random_.chance(0.75)) continue;
        const int along = 1 + i * (kChair + 2),
                  across = side == 0 ? -4 : (wide ? table->height : table->width) - kChair + 4;
        const Rect chair{table->x + (wide ? along : across), table->y + (wide ? across : along), kChair, kChair};
        legs(chair, 1);
      }
    taken_.push_back(table->grown(4));
  }

  void lamp(const Rect& room) {
    if (const std::optional<Rect> place = in_the_open(room, {2, 2}, {2, 2})) {
      fill(*place, kObstacle);
      taken_.push_back(*place);
    }
  }

  void furnish(const Rect& room) {
    const auto some = [&](int most) {
      const int count = random_.below(most + 1);
      return static_cast<int>(crowding_ * count + 0.5);
    };
    switch (random_.below(4)) {
      case 0:  // living room
        solid_along_wall(room, {36, 44}, {16, 18});
        legs_along_wall(room, {18, 24}, {12, 14}, 1);
        solid_along_wall(room, {24, 36}, {8, 10});
        break;
      case 1:  // bedroom
        legs_along_wall(room, {28, 36}, {40, 40}, 2);
        solid_along_wall(room, {24, 40}, {12, 12});
        legs_along_wall(room, {12, 12}, {11, 11}, 1);
        break;
      case 2:  // kitchen
        solid_along_wall(room, {36, 50}, {12, 12});
        table_with_chairs(room);
        break;
      default:  // study
        legs_along_wall(room, {24, 32}, {14, 16}, 1);
        solid_along_wall(room, {16, 24}, {7, 7});
        break;
    }
    for (int i = some(2); i > 0; --i) solid_along_wall(room, {8, 24}, {6, 10});
    for (int i = some(1); i > 0; --i) table_with_chairs(room);
    for (int i = some(2); i > 0; --i) lamp(room);
  }

  /// The place nearest to the middle of the largest room that has 0.35 m around it, clear of stairs.
  bool choose_start() {
    std::vector<std::uint8_t> blocked(home_.ground.size());
    for (std::size_t i = 0; i < blocked.size(); ++i) blocked[i] = (home_.ground[i] & (kObstacle | kDrop)) != 0;
    const std::vector<float> distance = clearance(home_.width, home_.height, blocked, home_.cell_m);
    const Rect& room = *std::max_element(rooms_.begin(), rooms_.end(), [](const Rect& a, const Rect& b) {
      return a.width * a.height < b.width * b.height;
    });
    int nearest = 1 << 30;
    for (int y = room.y; y < room.y + room.height; ++y)
      for (int x = room.x; x < room.x + room.width; ++x) {
        const int dx = x - room.x - room.width / 2, dy = y - room.y - room.height / 2;
        if (distance[home_.cell(x, y)] < 0.35f || dx * dx + dy * dy >= nearest) continue;
        nearest = dx * dx + dy * dy;
        home_.start = {(static_cast<float>(x) + 0.5f) * home_.cell_m, (static_cast<float>(y) + 0.5f) * home_.cell_m, 0};
      }
    home_.start.heading_rad = static_cast<float>(random_.below(4)) * 1.5707963f;
    legal_places_ =
        static_cast<int>(std::count_if(distance.begin(), distance.end(), [](float d) { return d > body::kRadius_m; }));
    return nearest < 1 << 30;
  }

  [[nodiscard]] bool connected() const {
    for (const Rect& room : rooms_) {
      int reached = 0;
      for (int y = room.y; y < room.y + room.height; ++y)
        for (int x = room.x; x < room.x + room.width; ++x) reached += home_.reachable[home_.cell(x, y)];
      if (reached < room.width * room.height / 8) return false;
    }
    return home_.reachable_cells >= 0.95 * legal_places_;
  }

  std::optional<std::pair<float, float>> place_on_floor() {
    for (int attempt = 0; attempt < 50; ++attempt) {
      const int x = between(kBorder, home_.width - kBorder - 1), y = between(kBorder, home_.height - kBorder - 1);
      const float x_m = (static_cast<float>(x) + 0.5f) * home_.cell_m,
                  y_m = (static_cast<float>(y) + 0.5f) * home_.cell_m;
      const float dx = x_m - home_.start.x_m, dy = y_m - home_.start.y_m;
      if (home_.reachable[home_.cell(x, y)] != 0 && dx * dx + dy * dy > 0.6f * 0.6f) return std::pair{x_m, y_m};
    }
    return std::nullopt;
  }

  void drop_item(Clutter kind, float length_m, float width_m) {
    const auto place = place_on_floor();
    const auto angle = static_cast<float>(random_.uniform(0, 3.14159));
    if (place) add_clutter(home_, {kind, place->first, place->second, length_m, width_m, angle});
  }

  /// `count` small things within 0.3 m of a place.
  void spill(Clutter kind, int count, float size_m) {
    const auto place = place_on_floor();
    if (!place) return;
    for (int i = 0; i < count; ++i) {
      const float x = place->first + static_cast<float>(random_.uniform(-0.3, 0.3));
      const float y = place->second + static_cast<float>(random_.uniform(-0.3, 0.3));
      const auto angle = static_cast<float>(random_.uniform(0, 3.14159));
      const std::size_t cell = home_.cell(static_cast<int>(x / home_.cell_m), static_cast<int>(y / home_.cell_m));
      if (home_.reachable[cell] != 0) add_clutter(home_, {kind, x, y, size_m, size_m, angle});
    }
  }

  void scatter() {
    for (int i = random_.below(4); i > 0; --i)
      drop_item(Clutter::kCord, static_cast<float>(random_.uniform(0.3, 0.8)), 0.01f);
    for (int i = random_.below(4); i > 0; --i) drop_item(Clutter::kSock, 0.22f, 0.08f);
    for (int i = random_.below(3); i > 0; --i) spill(Clutter::kLego, between(3, 6), 0.032f);
    if (random_.chance(0.4)) spill(Clutter::kSkittles, between(8, 15), 0.013f);
    if (random_.chance(0.35)) {
      const auto size = static_cast<float>(random_.uniform(0.08, 0.16));
      drop_item(Clutter::kMess, size, size * 0.8f);
    }
  }

  HomeOptions options_;
  Random random_;
  double crowding_;
  Home home_;
  std::vector<Rect> rooms_;
  std::vector<Partition> partitions_;
  std::vector<Rect> taken_;  // furniture, door ways and stairs
  int legal_places_ = 0;
};

}  // namespace

Home generate_home(std::uint64_t seed, HomeOptions options) {
  constexpr int kAttempts = 40;
  for (int attempt = 0; attempt < kAttempts; ++attempt)
    if (std::optional<Home> home = Builder(seed, options, attempt).build()) return *std::move(home);
  throw Error("home " + std::to_string(seed) + ": no connected home in " + std::to_string(kAttempts) + " attempts");
}

}  // namespace handbuilt::robot_sim

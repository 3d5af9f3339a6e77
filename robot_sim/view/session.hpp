#pragma once

#include <string>
#include <vector>

#include "robot_sim/view/layout.hpp"
#include "robot_sim/view/player.hpp"
#include "window/window.hpp"

namespace handbuilt::robot_sim {

/// The fault that the next click injects.
struct FaultChoice {
  Component component = Component::kGyro;
  FaultType type = FaultType::kStuck;
  int severity = 2;
  bool ends = false;
  double lasts_s = 30;
};

/// Everything about the window but the window: how time passes in a run, what the user chose and did. It needs no
/// display.
class Session {
 public:
  explicit Session(Player player);

  [[nodiscard]] const Player& player() const { return player_; }
  [[nodiscard]] Player& player() { return player_; }

  // Time.
  static constexpr double kSlowest = 0.1, kFastest = 100;
  [[nodiscard]] bool playing() const { return playing_; }
  [[nodiscard]] bool backwards() const { return backwards_; }
  [[nodiscard]] double speed() const { return speed_; }
  void play(bool on);
  void play_backwards(bool on);
  /// To the next of 0.1, 0.2, 0.5, 1, 2 ... 100 times real time.
  void faster();
  void slower();
  void set_speed(double speed);
  /// Lets so many seconds pass before the screen. At an end of the run it pauses.
  void advance(double seconds);
  /// Pauses, and moves by single ticks.
  void step(int ticks);
  /// Moves by seconds of the run, back for negative ones; it goes on playing.
  void skip(double seconds);
  void seek(std::uint32_t tick);

  // What the user does to the robot.
  [[nodiscard]] const FaultChoice& choice() const { return choice_; }
  /// The components that can break in the simulator, and how the chosen one can.
  [[nodiscard]] static const std::vector<Component>& components();
  [[nodiscard]] std::vector<FaultType> types() const;
  [[nodiscard]] int severities() const;
  /// Keeps type and severity where the component has them, else takes the first it has.
  void choose(Component component);
  void choose(FaultType type);
  void choose_severity(int severity);
  void choose_end(bool ends, double lasts_s);
  void inject();
  void drop_cat();
  /// What came of the last thing done, in words, for some seconds; empty: nothing to say.
  [[nodiscard]] const std::string& message() const { return message_; }

  [[nodiscard]] double close_up_pixels_per_m() const { return close_up_; }

  /// Takes an event; false when it asks for the end.
  bool handle(const window::Event& event, const Layout& layout);
  /// Whether anything to be seen changed since the last call.
  bool take_change();
  /// Whether time leapt since then, so that nothing should fade.
  bool take_leap();

 private:
  void say(std::string message);
  void press(const window::Event& key);
  void click(const window::Event& at, const Layout& layout);

  Player player_;
  bool playing_ = true, backwards_ = false;
  double speed_ = 1;
  double owed_ = 0;  // ticks that are due, less than one
  FaultChoice choice_;
  std::string message_;
  double message_left_s_ = 0;
  double close_up_ = 240;
  bool dragging_ = false;  // the time line's cursor
  bool changed_ = true, leapt_ = true;
};

}  // namespace handbuilt::robot_sim

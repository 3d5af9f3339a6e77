#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "robot_sim/firmware/protocol/frames.hpp"
#include "robot_sim/run/belief.hpp"

namespace handbuilt::robot_sim {

/// A controller on the PC, frame in, frame out, as a value: a copy goes on from where it was made. It holds anything
/// with `step(frame)` or `step(frame, patch)`, which may also tell what it believes:
///
///     void tell(Belief& belief) const;
class Controller {
 public:
  template <class Stepped>
  explicit Controller(Stepped stepped) : held_(std::make_unique<Held<Stepped>>(std::move(stepped))) {}
  Controller(const Controller& other) : held_(other.held_->copy()) {}
  Controller(Controller&&) noexcept = default;
  Controller& operator=(Controller other) noexcept {
    held_ = std::move(other.held_);
    return *this;
  }
  ~Controller() = default;

  /// The patch is null unless this frame announced one.
  CommandFrame step(const SensorFrame& frame, const CameraPatch* patch) { return held_->step(frame, patch); }
  /// Costs what making it costs: for displays, not for every tick.
  [[nodiscard]] Belief belief() const {
    Belief belief;
    held_->tell(belief);
    return belief;
  }

 private:
  struct Any {
    virtual ~Any() = default;
    [[nodiscard]] virtual std::unique_ptr<Any> copy() const = 0;
    virtual CommandFrame step(const SensorFrame& frame, const CameraPatch* patch) = 0;
    virtual void tell(Belief& belief) const = 0;
  };
  template <class Stepped>
  struct Held final : Any {
    explicit Held(Stepped with) : stepped(std::move(with)) {}
    [[nodiscard]] std::unique_ptr<Any> copy() const override { return std::make_unique<Held>(stepped); }
    CommandFrame step(const SensorFrame& frame, const CameraPatch* patch) override {
      if constexpr (requires { stepped.step(frame, patch); })
        return stepped.step(frame, patch);
      else
        return stepped.step(frame);
    }
    void tell(Belief& belief) const override {
      if constexpr (requires { stepped.tell(belief); }) stepped.tell(belief);
    }
    Stepped stepped;
  };

  std::unique_ptr<Any> held_;
};

/// The names that make_controller() knows.
std::vector<std::string> controller_names();

/// What a controller of this name calls a mode of its commands; its number where nobody knows.
std::string mode_name(const std::string& controller, std::uint8_t mode);

/// A fresh controller; `seed` decides what it draws. Throws ValueError that lists the names when there is none of this
/// name.
Controller make_controller(const std::string& name, std::uint64_t seed);

}  // namespace handbuilt::robot_sim

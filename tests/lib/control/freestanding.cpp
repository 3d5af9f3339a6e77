// Compiled with -ffreestanding -fno-exceptions -fno-rtti and linked with nothing: what a microcontroller has.
#include "control/rls.hpp"

extern "C" float wheel_gain(float command, float speed) {
  static handbuilt::control::Rls<2, float> wheel({.forgetting = 0.99f});
  const float x[2] = {command, 1};
  wheel.update(x, speed);
  return wheel.coefficient(0);
}

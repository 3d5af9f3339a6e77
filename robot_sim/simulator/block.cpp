#include "robot_sim/simulator/step.hpp"

namespace handbuilt::robot_sim {

#if defined(__x86_64__)
void step_with_avx2(Block<16>& block, const CommandFrame* commands, SensorFrame* frames);  // block_avx2.cpp
#endif

template <>
void Block<16>::step(const CommandFrame* commands, SensorFrame* frames) {
#if defined(__x86_64__)
  static const bool has_avx2 = __builtin_cpu_supports("avx2") != 0;
  if (has_avx2) return step_with_avx2(*this, commands, frames);
#endif
  Stepper<16>(*this).step(commands, frames);
}

template struct Block<1>;
template struct Block<16>;

}  // namespace handbuilt::robot_sim

// The same step, compiled for processors with AVX2. The tag gives everything in it names of its own, so that no other
// object can end up with code from here.
#include "robot_sim/simulator/step.hpp"

namespace handbuilt::robot_sim {

namespace {
struct Avx2 {};
}  // namespace

void step_with_avx2(Block<16>& block, const CommandFrame* commands, SensorFrame* frames) {
  Stepper<16, Avx2>(block).step(commands, frames);
}

}  // namespace handbuilt::robot_sim

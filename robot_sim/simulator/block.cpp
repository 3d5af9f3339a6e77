#include "robot_sim/simulator/step.hpp"

namespace handbuilt::robot_sim {

template struct Block<1>;
template struct Block<16>;

}  // namespace handbuilt::robot_sim

#include "grader/worker/worker.hpp"
#include "tasks.hpp"

WORKER(convnet::momentum_step)

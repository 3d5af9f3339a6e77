#include "grader/worker/worker.hpp"
#include "tasks.hpp"

WORKER(convnet::training_step)

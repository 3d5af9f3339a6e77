#include "grader/worker/worker.hpp"
#include "tasks.hpp"

WORKER(convnet::max_pool_backward)

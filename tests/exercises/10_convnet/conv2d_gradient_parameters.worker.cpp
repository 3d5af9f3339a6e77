#include "grader/worker/worker.hpp"
#include "tasks.hpp"

WORKER(convnet::conv2d_gradient_parameters)

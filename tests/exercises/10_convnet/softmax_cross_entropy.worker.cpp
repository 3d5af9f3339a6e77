#include "grader/worker/worker.hpp"
#include "tasks.hpp"

WORKER(convnet::softmax_cross_entropy)

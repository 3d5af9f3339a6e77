#include "grader/worker/worker.hpp"
#include "tasks.hpp"

WORKER(k_means::assign)

#include "grader/worker/worker.hpp"
#include "tasks.hpp"

WORKER(three_parameters::standardise)

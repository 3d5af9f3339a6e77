#include "grader/worker/worker.hpp"
#include "tasks.hpp"

WORKER(flat_rate::odd_one_out)

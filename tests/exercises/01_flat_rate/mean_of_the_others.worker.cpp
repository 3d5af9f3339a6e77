#include "grader/worker/worker.hpp"
#include "tasks.hpp"

WORKER(flat_rate::mean_of_the_others)

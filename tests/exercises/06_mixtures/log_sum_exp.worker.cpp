#include "grader/worker/worker.hpp"
#include "tasks.hpp"

WORKER(mixtures::log_sum_exp)

#include "grader/worker/worker.hpp"
#include "tasks.hpp"

WORKER(logistic::cheapest_threshold)

#include "grader/worker/worker.hpp"
#include "tasks.hpp"

WORKER(least_squares::fit_line)

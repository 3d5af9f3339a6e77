#include "grader/worker/worker.hpp"
#include "tasks.hpp"

WORKER(least_squares::cholesky_solve)

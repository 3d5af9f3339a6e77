#include "grader/worker/worker.hpp"
#include "tasks.hpp"

WORKER(similarity::project)

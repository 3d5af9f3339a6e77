#include "grader/worker/worker.hpp"
#include "tasks.hpp"

WORKER(logistic::log_loss_gradient)

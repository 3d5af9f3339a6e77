#!/usr/bin/python3
"""Least squares and logistic regression in numpy, scipy and scikit-learn, measured as benchmarks/regression_bench does.

    linear_models.py CASE [--threads N] [--rows FILE]

CASE is tall (1,000,000 x 20), wide (100,000 x 500) or logistic (100,000 x 50). Prints one line "FIGURE MILLISECONDS" a
figure, and "loss VALUE" for logistic regression; with --rows the logistic rows are written to FILE, for
regression_bench to read. Clock: with one thread the time that the process was on a processor, otherwise the wall's.
"""
import argparse
import os
import statistics
import time

PARSER = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
PARSER.add_argument("case", choices=("tall", "wide", "logistic"))
PARSER.add_argument("--threads", type=int, default=1)
PARSER.add_argument("--rows")
OPTIONS = PARSER.parse_args()
for runtime in ("OMP", "OPENBLAS", "MKL"):  # before numpy is loaded
    os.environ[f"{runtime}_NUM_THREADS"] = str(OPTIONS.threads)

import numpy
import scipy.linalg
from sklearn.linear_model import LogisticRegression

CLOCK = time.process_time if OPTIONS.threads == 1 else time.perf_counter


def milliseconds(work, repetitions=5):
    times = []
    for _ in range(repetitions):
        start = CLOCK()
        work()
        times.append(1e3 * (CLOCK() - start))
    return statistics.median(times)


def least_squares(rows, columns):
    random = numpy.random.default_rng(1)
    x = random.standard_normal((rows, columns))
    y = x @ random.standard_normal(columns) + 0.1 * random.standard_normal(rows)
    print("numpy_normal", milliseconds(lambda: numpy.linalg.solve(x.T @ x, x.T @ y)))
    print("scipy_cholesky", milliseconds(lambda: scipy.linalg.cho_solve(scipy.linalg.cho_factor(x.T @ x), x.T @ y)))
    print("numpy_lstsq", milliseconds(lambda: numpy.linalg.lstsq(x, y, rcond=None), 1))


def logistic():
    random = numpy.random.default_rng(2)
    x = random.standard_normal((100_000, 50))
    weights = random.standard_normal(50)
    labels = (random.random(len(x)) < 1 / (1 + numpy.exp(-(x @ weights)))).astype(numpy.int32)
    if OPTIONS.rows:
        with open(OPTIONS.rows, "wb") as file:
            file.write(numpy.array(x.shape, dtype=numpy.int64).tobytes() + x.tobytes() + labels.tobytes())
    model = LogisticRegression(C=1.0, solver="lbfgs", tol=1e-4, max_iter=200)
    print("sklearn_lbfgs", milliseconds(lambda: model.fit(x, labels), 3))
    scores = model.decision_function(x)
    loss = numpy.sum(numpy.logaddexp(0, scores) - labels * scores) + numpy.sum(model.coef_**2) / 2
    print("loss", loss)


if OPTIONS.case == "logistic":
    logistic()
else:
    least_squares(*((1_000_000, 20) if OPTIONS.case == "tall" else (100_000, 500)))

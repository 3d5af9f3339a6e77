#!/usr/bin/python3
"""Gaussian mixtures in scikit-learn, measured as benchmarks/mixture_bench does: 20 steps from a given start.

    mixture.py rows CASE FILE                     writes the rows and the means to start from
    mixture.py measure FILE [--threads N]         one line "FORM MILLISECONDS LOG_LIKELIHOOD" a form of covariance

CASE is apart or overlapping: 100,000 x 16 about 16 centres, far apart or not. Clock: with one thread the time that the
process was on a processor, otherwise the wall's.
"""
import argparse
import os
import time
import warnings

PARSER = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
PARSER.add_argument("words", nargs="+", metavar="rows CASE FILE | measure FILE")
PARSER.add_argument("--threads", type=int, default=1)
OPTIONS = PARSER.parse_args()
for runtime in ("OMP", "OPENBLAS", "MKL"):  # before numpy is loaded
    os.environ[f"{runtime}_NUM_THREADS"] = str(OPTIONS.threads)

import numpy
from sklearn.mixture import GaussianMixture

STEPS = 20
CLOCK = time.process_time if OPTIONS.threads == 1 else time.perf_counter
HALF_WIDTH = {"apart": 10.0, "overlapping": 2.0}  # of the cube that the centres lie in; rows spread by 2.5


def write_rows(case, path, rows=100_000, columns=16, components=16):
    random = numpy.random.default_rng(3)
    centres = random.uniform(-HALF_WIDTH[case], HALF_WIDTH[case], (components, columns))
    x = centres[random.integers(0, components, rows)] + 2.5 * random.standard_normal((rows, columns))
    with open(path, "wb") as file:
        numpy.array([rows, columns, components], dtype=numpy.int64).tofile(file)
        x.tofile(file)
        x[random.choice(rows, components, replace=False)].tofile(file)


def measure(path):
    with open(path, "rb") as file:
        rows, columns, components = numpy.fromfile(file, dtype=numpy.int64, count=3)
        x = numpy.fromfile(file, count=rows * columns).reshape(rows, columns)
        means = numpy.fromfile(file, count=components * columns).reshape(components, columns)
    warnings.simplefilter("ignore")
    weights = numpy.full(components, 1 / components)
    covariance = numpy.cov(x.T, bias=True)
    starts = {"full": numpy.linalg.inv(covariance), "diag": 1 / numpy.diag(covariance)}
    for form, precision in starts.items():
        given = numpy.array([precision] * components)
        model = GaussianMixture(components, covariance_type=form, max_iter=STEPS, tol=0, reg_covar=0, init_params="random", weights_init=weights, means_init=means, precisions_init=given)
        start = CLOCK()
        model.fit(x)
        milliseconds = 1e3 * (CLOCK() - start)
        print({"full": "Full", "diag": "Diagonal"}[form], milliseconds, model.score(x) * rows, flush=True)


if OPTIONS.words[0] == "rows" and len(OPTIONS.words) == 3 and OPTIONS.words[1] in HALF_WIDTH:
    write_rows(*OPTIONS.words[1:])
elif OPTIONS.words[0] == "measure" and len(OPTIONS.words) == 2:
    measure(OPTIONS.words[1])
else:
    PARSER.error("expected rows CASE FILE or measure FILE")

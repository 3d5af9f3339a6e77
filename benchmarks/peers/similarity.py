#!/usr/bin/python3
"""Principal components and nearest neighbours in scipy, scikit-learn and faiss, measured as similarity_bench does.

    similarity.py CASE [--threads N] [--rows FILE]

CASE is pca (10,000 x 784 to 50, double precision) or nearest (10,000 queries among 100,000 x 64, k = 10). Prints one line
"FIGURE MILLISECONDS" a figure. With --rows the rows of pca are written to FILE, for similarity_bench to read. Clock: with
one thread the time that the process was on a processor, otherwise the wall's.
"""
import argparse
import gzip
import os
import pathlib
import statistics
import time

PARSER = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
PARSER.add_argument("case", choices=("pca", "nearest"))
PARSER.add_argument("--threads", type=int, default=1)
PARSER.add_argument("--rows")
OPTIONS = PARSER.parse_args()
for runtime in ("OMP", "OPENBLAS", "MKL"):  # before numpy is loaded
    os.environ[f"{runtime}_NUM_THREADS"] = str(OPTIONS.threads)

import numpy
import scipy.linalg

CLOCK = time.process_time if OPTIONS.threads == 1 else time.perf_counter
DIGITS = pathlib.Path(__file__).resolve().parents[2] / "datasets" / "mnist"


def milliseconds(work, repetitions=5):
    times = []
    for _ in range(repetitions):
        start = CLOCK()
        work()
        times.append(1e3 * (CLOCK() - start))
    return statistics.median(times)


def digits():
    """The 10,000 digits of the course, as doubles in 0 ... 1."""
    parts = []
    for path in sorted(DIGITS.glob("*images*")):
        with (gzip.open if path.suffix == ".gz" else open)(path, "rb") as file:
            parts.append(numpy.frombuffer(file.read(), dtype=numpy.uint8, offset=16).reshape(-1, 784))
    return numpy.ascontiguousarray(numpy.concatenate(parts)[:10_000] / 255.0)


def components():
    from sklearn.decomposition import PCA
    x = digits()
    if OPTIONS.rows:
        with open(OPTIONS.rows, "wb") as file:
            file.write(numpy.array(x.shape, dtype=numpy.int64).tobytes() + x.tobytes())

    def covariance():
        centred = x - x.mean(axis=0)
        return scipy.linalg.eigh(centred.T @ centred, subset_by_index=(734, 783))

    print("scipy_covariance_eigh", milliseconds(covariance))
    print("sklearn_randomised", milliseconds(lambda: PCA(50, svd_solver="randomized", random_state=0).fit(x), 3))


def nearest():
    import faiss
    faiss.omp_set_num_threads(OPTIONS.threads)
    random = numpy.random.default_rng(1)
    points = random.standard_normal((100_000, 64), dtype=numpy.float32)
    queries = random.standard_normal((10_000, 64), dtype=numpy.float32)
    index = faiss.IndexFlatL2(64)
    index.add(points)
    index.search(queries[:100], 10)
    print("faiss_flat", milliseconds(lambda: index.search(queries, 10), 3))


components() if OPTIONS.case == "pca" else nearest()

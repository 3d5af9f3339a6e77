#!/usr/bin/python3
"""k-means in scikit-learn, faiss and OpenCV, measured as benchmarks/k_means_bench does: 20 Lloyd iterations.

    k_means.py rows CASE FILE                     writes the rows and the centroids to start from
    k_means.py measure FILE [--threads N]         one line "PEER MILLISECONDS INERTIA" for each peer that is installed

CASE is blobs (100,000 x 16 about 64 centres) or digits (70,000 x 784: each of the 10,000 digits of datasets/mnist seven
times, with a little noise). Clock: with one thread the time that the process was on a processor, otherwise the wall's.
"""
import argparse
import gzip
import os
import pathlib
import statistics
import sys
import time
import warnings

PARSER = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
PARSER.add_argument("words", nargs="+", metavar="rows CASE FILE | measure FILE")
PARSER.add_argument("--threads", type=int, default=1)
PARSER.add_argument("--repetitions", type=int, default=3)
OPTIONS = PARSER.parse_args()
for runtime in ("OMP", "OPENBLAS", "MKL"):  # before numpy is loaded
    os.environ[f"{runtime}_NUM_THREADS"] = str(OPTIONS.threads)

import numpy

ITERATIONS = 20
CLOCK = time.process_time if OPTIONS.threads == 1 else time.perf_counter
DIGITS = pathlib.Path(__file__).resolve().parents[2] / "datasets" / "mnist" / "images-idx3-ubyte.gz"


def blobs(rows=100_000, columns=16, clusters=64):
    random = numpy.random.default_rng(3)
    centres = random.uniform(-10, 10, (clusters, columns))
    x = centres[random.integers(0, clusters, rows)] + 2.5 * random.standard_normal((rows, columns))
    return x.astype(numpy.float32), random.choice(rows, clusters, replace=False)


def digits(clusters=10):
    with gzip.open(DIGITS) as file:
        pictures = numpy.frombuffer(file.read()[16:], dtype=numpy.uint8).reshape(10_000, 784).astype(numpy.float32) / 255
    random = numpy.random.default_rng(4)
    x = numpy.tile(pictures, (7, 1))
    for part in range(7):  # in parts, to spare memory
        x[part * 10_000 : (part + 1) * 10_000] += random.normal(0, 0.01, pictures.shape).astype(numpy.float32)
    return x, random.choice(10_000, clusters, replace=False)


def write_rows(case, path):
    x, chosen = {"blobs": blobs, "digits": digits}[case]()
    with open(path, "wb") as file:
        numpy.array([*x.shape, len(chosen)], dtype=numpy.int64).tofile(file)
        x.tofile(file)
        x[chosen].tofile(file)


def read_rows(path):
    with open(path, "rb") as file:
        rows, columns, clusters = numpy.fromfile(file, dtype=numpy.int64, count=3)
        x = numpy.fromfile(file, dtype=numpy.float32, count=rows * columns).reshape(rows, columns)
        return x, numpy.fromfile(file, dtype=numpy.float32, count=clusters * columns).reshape(clusters, columns)


def report(name, work, inertia):
    times = []
    for _ in range(OPTIONS.repetitions):
        start = CLOCK()
        result = work()
        times.append(1e3 * (CLOCK() - start))
    print(name, statistics.median(times), inertia(result), flush=True)


def measure(path):
    x, start = read_rows(path)
    clusters = len(start)
    warnings.simplefilter("ignore")

    from sklearn.cluster import KMeans

    for algorithm in ("lloyd", "elkan"):
        model = KMeans(clusters, init=start, n_init=1, max_iter=ITERATIONS, tol=0, algorithm=algorithm)
        report(f"sklearn_{algorithm}", lambda: model.fit(x), lambda fit: fit.inertia_)

    try:
        import faiss
    except ImportError:
        print("skipped: faiss is not installed (apt-get install python3-faiss)", file=sys.stderr)
    else:
        faiss.omp_set_num_threads(OPTIONS.threads)

        def by_faiss():
            model = faiss.Kmeans(x.shape[1], clusters, niter=ITERATIONS, nredo=1, max_points_per_centroid=10**9, min_points_per_centroid=1)
            model.train(x, init_centroids=start)
            return model

        report("faiss", by_faiss, lambda model: float(model.index.search(x, 1)[0].astype(float).sum()))

    try:
        import cv2
    except ImportError:
        print("skipped: OpenCV is not installed (apt-get install python3-opencv)", file=sys.stderr)
    else:
        cv2.setNumThreads(OPTIONS.threads)
        nearest = numpy.argmin((start**2).sum(1) - 2 * (x @ start.T), 1).astype(numpy.int32).reshape(-1, 1)
        criteria = (cv2.TERM_CRITERIA_MAX_ITER, ITERATIONS, 0)
        report("opencv", lambda: cv2.kmeans(x, clusters, nearest.copy(), criteria, 1, cv2.KMEANS_USE_INITIAL_LABELS), lambda result: result[0])


if OPTIONS.words[0] == "rows" and len(OPTIONS.words) == 3:
    write_rows(*OPTIONS.words[1:])
elif OPTIONS.words[0] == "measure" and len(OPTIONS.words) == 2:
    measure(OPTIONS.words[1])
else:
    PARSER.error("expected rows CASE FILE or measure FILE")

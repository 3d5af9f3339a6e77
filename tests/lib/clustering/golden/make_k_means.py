#!/usr/bin/python3
"""Writes k_means.csv beside this script: what scikit-learn makes of penguins and digits, from the same starts.

    apt-get install python3-sklearn
    /usr/bin/python3 tests/lib/clustering/golden/make_k_means.py

One line a figure: case, name, value with 17 digits. k_means_golden_test.cpp computes the same with lib/clustering. Made with
Debian 12's scikit-learn 1.2.1, numpy 1.24.2.
"""
import csv
import gzip
import pathlib
import warnings

import numpy
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, silhouette_samples

HERE = pathlib.Path(__file__).resolve().parent
DATASETS = HERE.parents[3] / "datasets"


def penguins():
    with open(DATASETS / "penguins" / "penguins.csv", encoding="utf-8", newline="") as file:
        birds = [row for row in csv.DictReader(file) if all(row.values())]
    names = ["beak_length_mm", "beak_depth_mm", "flipper_length_mm", "body_mass_g"]
    x = numpy.array([[float(row[name]) for name in names] for row in birds])
    return (x - x.mean(axis=0)) / x.std(axis=0), [row["species"] for row in birds]


def digits(count):
    with gzip.open(DATASETS / "mnist" / "images-idx3-ubyte.gz") as file:
        return numpy.frombuffer(file.read()[16 : 16 + 784 * count], dtype=numpy.uint8).reshape(count, 784) / 255.0


def main():
    warnings.simplefilter("ignore")
    lines = []

    def put(case, name, values):
        for i, value in enumerate(numpy.atleast_1d(values)):
            lines.append((case, f"{name}{i}", repr(float(value))))

    def run(case, x, start, weights=None, iterations=300):
        fit = KMeans(len(start), init=start, n_init=1, max_iter=iterations, tol=0, algorithm="lloyd").fit(x, sample_weight=weights)
        put(case, "inertia", fit.inertia_)
        put(case, "sizes", numpy.bincount(fit.labels_, minlength=len(start)))
        put(case, "centroid", fit.cluster_centers_[:, : min(x.shape[1], 4)].ravel())
        return fit

    x, species = penguins()
    fit = run("penguins", x, x[[0, 150, 300]])
    put("penguins", "iterations", fit.n_iter_)
    put("penguins", "label", fit.labels_[::20])
    put("penguins", "silhouette", silhouette_samples(x, fit.labels_)[::20])
    put("penguins", "adjusted_rand", adjusted_rand_score(species, fit.labels_))
    run("penguins_weighted", x, x[[0, 100, 200, 300]], weights=1.0 + numpy.arange(len(x)) % 5)
    run("penguins_3_iterations", x, x[:6], iterations=3)
    pictures = digits(1000)
    fit = run("digits", pictures, pictures[:10])
    put("digits", "label", fit.labels_[::50])
    # Rows far from the first of two centroids, all nearest to it: the second cluster begins empty.
    line = numpy.array([[0.0], [1.0], [2.0], [7.0], [9.0]])
    run("empty", line, numpy.array([[1.0], [100.0]]))

    with open(HERE / "k_means.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("case", "name", "value"))
        writer.writerows(lines)


main()

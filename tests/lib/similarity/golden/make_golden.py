#!/usr/bin/python3
"""Writes golden.csv beside this script: what scikit-learn and numpy make of the cars.

    apt-get install python3-sklearn python3-numpy
    /usr/bin/python3 tests/lib/similarity/golden/make_golden.py

One line a figure: case, name, value with 17 digits. golden_test.cpp computes the same with lib/similarity. The signs of
components follow the rule of pca.hpp (the entry of largest magnitude is positive); scikit-learn's own differ. Made with
Debian 12's scikit-learn 1.2.1 and numpy 1.24.2.
"""
import csv
import pathlib

import numpy
from sklearn.decomposition import PCA
from sklearn.neighbors import NearestNeighbors

HERE = pathlib.Path(__file__).resolve().parent
DATASETS = HERE.parents[3] / "datasets"
COLUMNS = ["weight_lbs", "horsepower", "displacement_cubic_inches", "seconds_to_60_mph", "miles_per_gallon"]


def cars():
    with open(DATASETS / "cars" / "cars.csv", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if all(row.values())]
    x = numpy.array([[float(row[name]) for name in COLUMNS] for row in rows])
    return (x - x.mean(axis=0)) / x.std(axis=0)


def main():
    lines = []

    def put(case, name, values):
        for i, value in enumerate(numpy.ravel(values)):
            lines.append((case, f"{name}{i}", repr(float(value))))

    def put_pca(case, x, components):
        pca = PCA(components, svd_solver="full").fit(x)
        signs = numpy.array([numpy.sign(row[numpy.argmax(numpy.abs(row))]) for row in pca.components_])
        put(case, "component", pca.components_ * signs[:, None])
        put(case, "variance", pca.explained_variance_)
        put(case, "share", pca.explained_variance_ratio_)
        put(case, "score", (pca.transform(x) * signs)[:7])
        put(case, "inverse", pca.inverse_transform(pca.transform(x))[:3])

    x = cars()
    put_pca("cars", x, 3)
    put_pca("wide", x[:4], 3)  # fewer rows than columns
    for metric in ("euclidean", "cosine"):
        finder = NearestNeighbors(n_neighbors=5, metric=metric, algorithm="brute").fit(x[40:])
        distance, index = finder.kneighbors(x[:40])
        put(metric, "distance", distance)
        put(metric, "index", index)
    with open(HERE / "golden.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("case", "name", "value"))
        writer.writerows(lines)


main()

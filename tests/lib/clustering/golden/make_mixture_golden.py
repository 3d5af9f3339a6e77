#!/usr/bin/python3
"""Writes mixture_golden.csv beside this script: what scikit-learn and scipy make of the penguins' four measurements.

    apt-get install python3-sklearn python3-scipy
    /usr/bin/python3 tests/lib/clustering/golden/make_mixture_golden.py

One line a figure: case, name, value with 17 digits. mixture_golden_test.cpp computes the same with lib/clustering. Made with
Debian 12's scikit-learn 1.2.1, scipy 1.10.1, numpy 1.24.2. Labels are numbered in the order of their first rows and told as
their sum with each row's number, from 1, as its weight.
"""
import csv
import pathlib
import warnings

import numpy
from scipy.cluster.hierarchy import fcluster, linkage
from sklearn.cluster import DBSCAN
from sklearn.mixture import GaussianMixture

HERE = pathlib.Path(__file__).resolve().parent
MEASUREMENTS = ("beak_length_mm", "beak_depth_mm", "flipper_length_mm", "body_mass_g")


def checksum(labels):
    seen = {}
    numbered = [seen.setdefault(label, len(seen)) for label in labels]
    return sum((row + 1) * label for row, label in enumerate(numbered))


def main():
    lines = []

    def put(case, name, values):
        for i, value in enumerate(numpy.atleast_1d(values).ravel()):
            lines.append((case, f"{name}{i}", repr(float(value))))

    with open(HERE.parents[3] / "datasets" / "penguins" / "penguins.csv", encoding="utf-8", newline="") as file:
        birds = [row for row in csv.DictReader(file) if all(row.values())]
    x = numpy.array([[float(row[name]) for name in MEASUREMENTS] for row in birds])
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    species = sorted({row["species"] for row in birds})
    of_species = [x[[row["species"] == name for row in birds]] for name in species]
    weights = numpy.array([len(rows) for rows in of_species]) / len(x)
    means = numpy.array([rows.mean(axis=0) for rows in of_species])
    covariances = numpy.array([numpy.cov(rows.T, bias=True) for rows in of_species])
    variances = numpy.array([numpy.diag(covariance) for covariance in covariances])

    for form, starts in (("full", covariances), ("diag", variances), ("spherical", variances.mean(axis=1))):
        precisions = numpy.linalg.inv(starts) if form == "full" else 1 / starts
        for steps in (1, 25):
            model = GaussianMixture(3, covariance_type=form, tol=0, reg_covar=0, max_iter=steps, weights_init=weights, means_init=means, precisions_init=precisions)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                model.fit(x)
            case = f"{form}{steps}"
            put(case, "log_likelihood", model.score(x) * len(x))
            put(case, "weights", model.weights_)
            put(case, "means", model.means_)
            put(case, "covariances", model.covariances_)
            put(case, "bic", model.bic(x))
            put(case, "aic", model.aic(x))
            put(case, "new_log_density", model.score_samples(numpy.array([[0.5, -1.0, 2.0, 0.0]])))
            put(case, "new_shares", model.predict_proba(numpy.array([[0.5, -1.0, 2.0, 0.0]])))

    for method in ("single", "complete", "average", "ward"):
        tree = linkage(x, method)
        put(method, "heights", tree[:, 2].sum())
        put(method, "last_heights", tree[-10:, 2])
        for clusters in (2, 3, 5):
            put(method, f"cut{clusters}_", checksum(fcluster(tree, clusters, "maxclust")))
        height = (tree[-8, 2] + tree[-7, 2]) / 2
        put(method, "cut_at_height", checksum(fcluster(tree, height, "distance")))

    for radius, least in ((0.4, 5), (0.6, 8), (1.0, 12)):
        fit = DBSCAN(eps=radius, min_samples=least).fit(x)
        put(f"dbscan{least}", "labels", sum((row + 1) * int(label) for row, label in enumerate(fit.labels_)))
        put(f"dbscan{least}", "cores", sum(row + 1 for row in fit.core_sample_indices_))
        put(f"dbscan{least}", "clusters", fit.labels_.max() + 1)

    with open(HERE / "mixture_golden.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("case", "name", "value"))
        writer.writerows(lines)


main()

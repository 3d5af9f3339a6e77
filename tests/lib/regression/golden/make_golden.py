#!/usr/bin/python3
"""Writes golden.csv beside this script: what statsmodels, scikit-learn and scipy make of the data sets in datasets/.

    apt-get install python3-statsmodels python3-sklearn python3-scipy
    /usr/bin/python3 tests/lib/regression/golden/make_golden.py

One line a figure: case, name, value with 17 digits. golden_test.cpp computes the same with lib/regression. Made with
Debian 12's statsmodels 0.13.5, scikit-learn 1.2.1, scipy 1.10.1, numpy 1.24.2.
"""
import csv
import pathlib

import numpy
import scipy.stats
import statsmodels.api as sm
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score

HERE = pathlib.Path(__file__).resolve().parent
DATASETS = HERE.parents[3] / "datasets"


def read(name):
    with open(DATASETS / name / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def columns(rows, names):
    return numpy.array([[float(row[name]) for name in names] for row in rows])


def main():
    lines = []

    def put(case, name, values):
        for i, value in enumerate(numpy.atleast_1d(values)):
            lines.append((case, f"{name}{i}", repr(float(value))))

    # cars: miles per gallon on weight, horsepower and year
    cars = [row for row in read("cars") if all(row.values())]
    x, y = columns(cars, ["weight_lbs", "horsepower", "year"]), columns(cars, ["miles_per_gallon"])[:, 0]
    centred = x - x.mean(axis=0)  # the coefficients are the same, and the library's pinv is then as exact as ours
    fit = sm.OLS(y, sm.add_constant(centred)).fit()
    put("cars", "coefficient", fit.params[1:])
    put("cars", "standard_error", fit.bse[1:])
    put("cars", "interval_low", fit.conf_int()[1:, 0])
    put("cars", "interval_high", fit.conf_int()[1:, 1])
    put("cars", "intercept", fit.params[0] - x.mean(axis=0) @ fit.params[1:])
    put("cars", "r_squared", fit.rsquared)
    put("cars", "adjusted_r_squared", fit.rsquared_adj)
    put("cars", "log_likelihood", fit.llf)
    put("cars", "residual_variance", fit.scale)
    new = numpy.array([3000.0, 100.0, 1976.0])
    prediction = fit.get_prediction(numpy.r_[1, new - x.mean(axis=0)]).summary_frame(alpha=0.1)
    put("cars", "prediction", prediction["mean"])
    put("cars", "mean_low", prediction["mean_ci_lower"])
    put("cars", "mean_high", prediction["mean_ci_upper"])
    put("cars", "next_low", prediction["obs_ci_lower"])
    put("cars", "next_high", prediction["obs_ci_upper"])
    standard = (x - x.mean(axis=0)) / x.std(axis=0)
    for ridge in (1.0, 100.0):
        put("cars", f"ridge{ridge:.0f}_coefficient", Ridge(alpha=ridge, solver="svd").fit(standard, y).coef_)

    # Seattle: rain tomorrow on today's weather, without and with a penalty
    weather = read("seattle-weather")
    x = columns(weather[:-1], ["precipitation_mm", "temp_max_celsius", "temp_min_celsius", "wind_mps"])
    y = (columns(weather[1:], ["precipitation_mm"])[:, 0] > 0).astype(int)
    fit = sm.Logit(y, sm.add_constant(x)).fit(disp=0, tol=1e-14, method="newton")
    put("rain", "parameter", fit.params)
    put("rain", "standard_error", fit.bse)
    put("rain", "log_likelihood", fit.llf)
    put("rain", "null_log_likelihood", fit.llnull)
    put("rain", "interval_low", fit.conf_int()[:, 0])
    probability = fit.predict(sm.add_constant(x))
    put("rain", "log_loss", log_loss(y, probability))
    put("rain", "brier", brier_score_loss(y, probability))
    put("rain", "area", roc_auc_score(y, probability))
    standard = (x - x.mean(axis=0)) / x.std(axis=0)
    fit = LogisticRegression(C=0.1, solver="newton-cholesky", tol=1e-12, max_iter=1000).fit(standard, y)
    put("rain", "l2_coefficient", fit.coef_[0])
    put("rain", "l2_intercept", fit.intercept_)

    # penguins: three species by four measurements, l2 = 1
    birds = [row for row in read("penguins") if all(row.values())]
    x = columns(birds, ["beak_length_mm", "beak_depth_mm", "flipper_length_mm", "body_mass_g"])
    standard = (x - x.mean(axis=0)) / x.std(axis=0)
    species = sorted({row["species"] for row in birds})
    y = numpy.array([species.index(row["species"]) for row in birds])
    fit = LogisticRegression(C=1.0, solver="newton-cg", tol=1e-12, max_iter=10_000, multi_class="multinomial").fit(standard, y)
    for k in range(3):
        put("penguins", f"coefficient_{k}_", fit.coef_[k])
    put("penguins", "log_likelihood", -log_loss(y, fit.predict_proba(standard), normalize=False))

    # distributions
    for p in (0.5, 0.9, 0.975, 0.9999, 1e-10):
        put("normal", f"quantile({p})", scipy.stats.norm.ppf(p))
    for p in (0.9, 0.975, 0.9999):  # further out, scipy 1.10's own quantiles of Student's t have only nine digits
        for freedom in (1, 2.5, 9, 388, 1e6):
            put("student", f"quantile({p},{freedom})", scipy.stats.t.ppf(p, freedom))
    for f in (0.1, 1.0, 543.5):
        put("f", f"tail({f},3,388)", scipy.stats.f.sf(f, 3, 388))

    with open(HERE / "golden.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("case", "name", "value"))
        writer.writerows(lines)


main()

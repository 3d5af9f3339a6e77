#pragma once

namespace handbuilt {

/// The normal distribution with mean 0 and standard deviation 1: the share below `z`, and the point below which the
/// share `p` lies. Throws ValueError unless 0 < p < 1.
double normal_cdf(double z);
double normal_quantile(double p);

/// Student's t with `freedom` > 0 degrees of freedom (not necessarily whole). Throws ValueError outside 0 < p < 1 or
/// for freedom that is not positive. Source: Student (1908), "The probable error of a mean".
double student_t_cdf(double t, double freedom);
double student_t_quantile(double p, double freedom);

/// The share of the F distribution above `f`: how often chance alone gives a larger ratio of variances.
double f_tail(double f, double freedom_above, double freedom_below);

/// The regularised incomplete beta function I_x(a, b) for a, b > 0 and 0 <= x <= 1, to about 14 digits, by Lentz's
/// method on its continued fraction.
/// Source: Abramowitz and Stegun (1964), "Handbook of mathematical functions", 26.5.8.
double incomplete_beta(double a, double b, double x);

}  // namespace handbuilt

#pragma once

#include <map>
#include <vector>

#include "lessons/01_flat_rate/models.hpp"
#include "lessons/text_figure.hpp"
#include "plot/figure.hpp"

namespace handbuilt::lessons::flat_rate {

/// Every yield at its site, the years apart, with one rate for all.
plot::Figure yields_figure(const Barley& barley, double rate);

/// Mean absolute and root mean squared error of every flat rate, with one of them marked.
plot::Figure error_figure(const Barley& barley, double rate);

/// For each model the RMSE on plots it has seen and on plots it has not [kModels].
plot::Figure models_figure(const std::vector<double>& seen, const std::vector<double>& unseen);

/// What came minus what was predicted: a row a variety, a column a site and year.
plot::Figure residual_figure(const Barley& barley, const VectorD& predicted, const std::string& title);

/// The pictures of the lesson's text, computed from datasets/barley.
std::vector<TextFigure> text_figures();

}  // namespace handbuilt::lessons::flat_rate

#pragma once

#include <vector>

#include "core/matrix.hpp"
#include "lessons/text_figure.hpp"
#include "plot/figure.hpp"

namespace handbuilt::lessons::k_means {

/// The pictures of the text.
std::vector<TextFigure> text_figures();

/// Adds rows with two columns as points, a series a label, and the centroids as a last one.
void add_groups(plot::Figure& figure, const MatrixD& rows, const std::vector<int>& labels, const MatrixD& centroids);

}  // namespace handbuilt::lessons::k_means

#pragma once

#include <vector>

#include "data/check.hpp"
#include "regression/classifier_options.hpp"

namespace handbuilt::regression {

using data::column_names;
using data::MatrixView;
using data::require_columns;
using data::require_finite;
using data::require_option;
using data::require_same_rows;
using data::shape_of;
using data::VectorView;

/// What every classifier asks of its rows and options before it looks at the labels. Throws ShapeError or ValueError.
void require_classifier_input(const char* where, const MatrixView& x, const std::vector<int>& labels,
                              const ClassifierOptions& options);

}  // namespace handbuilt::regression

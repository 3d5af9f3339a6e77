#include <cmath>

#include "tasks.hpp"

// A worked neighbour: shifting columns by their means in the training rows. The new rows have no say in it.

// #region centred
TensorD worked::centred(const TensorD& train, const TensorD& rows) {
  TensorD result = rows;
  for (int d = 0; d < train.shape()[1]; ++d) {
    double mean = 0;
    for (int n = 0; n < train.shape()[0]; ++n) mean += train(n, d) / train.shape()[0];
    for (int n = 0; n < rows.shape()[0]; ++n) result(n, d) -= mean;
  }
  return result;
}
// #endregion centred

// Your turn.
TensorD three_parameters::standardise(const TensorD& train, const TensorD& rows) {
  // BEGIN SOLUTION standardise
  const int training = train.shape()[0];
  TensorD result = rows;
  for (int d = 0; d < train.shape()[1]; ++d) {
    double mean = 0, squares = 0;
    for (int n = 0; n < training; ++n) mean += train(n, d) / training;
    for (int n = 0; n < training; ++n) squares += (train(n, d) - mean) * (train(n, d) - mean) / training;
    const double deviation = squares > 1e-20 ? std::sqrt(squares) : 1;
    for (int n = 0; n < rows.shape()[0]; ++n) result(n, d) = (rows(n, d) - mean) / deviation;
  }
  return result;
  // END SOLUTION
}

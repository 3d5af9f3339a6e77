#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/matrix.hpp"

namespace handbuilt::regression {

/// The dumbest predictions that could work. Whatever else is fitted has to beat them on rows it has not seen.

/// One number for everything. The mean has the smallest squared error of all constants, the median the smallest
/// absolute error. Throw ShapeError for no values, ValueError, naming the row, for one that is not finite.
double flat_mean(const VectorD& y);
double flat_median(const VectorD& y);

/// The mean of each group, and the mean of all for a group that the training rows did not have.
///
///     const GroupMean baseline(data::group_keys(train, {"site"}), y_train);
///     baseline.predict(data::group_keys(test, {"site"}))
class GroupMean {
 public:
  /// keys [rows], y [rows]. `prior_rows` pulls a group's mean towards the mean of all, as if that many rows with it had
  /// been seen: 0 trusts a group of one row completely. Throws ShapeError for other shapes, ValueError for a negative
  /// or infinite `prior_rows` or a y that is not finite.
  GroupMean(const std::vector<std::string>& keys, const VectorD& y, double prior_rows = 0);

  [[nodiscard]] double predict(const std::string& key) const;
  [[nodiscard]] VectorD predict(const std::vector<std::string>& keys) const;
  [[nodiscard]] const std::map<std::string, double>& means() const { return means_; }
  [[nodiscard]] double overall() const { return overall_; }

 private:
  std::map<std::string, double> means_;
  double overall_ = 0;
};

}  // namespace handbuilt::regression

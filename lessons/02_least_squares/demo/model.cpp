#include "lessons/02_least_squares/demo/model.hpp"

#include <string>
#include <utility>

#include "core/error.hpp"

namespace handbuilt::lessons::least_squares {

DemoModel::DemoModel(std::vector<Points> sets) : sets_(std::move(sets)) {
  if (sets_.empty()) throw ValueError("DemoModel: expected at least one set of points, got none");
  choose(0);
}

void DemoModel::choose(int index) {
  if (index < 0 || index >= sets()) return;
  chosen_ = index;
  points_ = sets_[static_cast<std::size_t>(index)];
  fit_ = published_ = fit_line(points_);
  is_moved_ = false;
}

void DemoModel::move(int point, double x, double y) {
  const auto n = static_cast<std::size_t>(point);
  if (point < 0 || n >= points_.x.size())
    throw IndexError("DemoModel: expected a point from 0 to " + std::to_string(points_.x.size() - 1) + ", got " +
                     std::to_string(point));
  points_.x[n] = x;
  points_.y[n] = y;
  fit_ = fit_line(points_);
  is_moved_ = true;
}

std::vector<double> DemoModel::residuals() const {
  std::vector<double> left_over;
  for (std::size_t n = 0; n < points_.x.size(); ++n) left_over.push_back(points_.y[n] - fit_.at(points_.x[n]));
  return left_over;
}

}  // namespace handbuilt::lessons::least_squares

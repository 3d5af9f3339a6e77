#include "clustering/radius_search.hpp"

#include <algorithm>
#include <numeric>

namespace handbuilt::clustering {

RadiusSearch::RadiusSearch(const MatrixView& x) : x_(x), order_(static_cast<std::size_t>(x.rows())) {
  std::iota(order_.begin(), order_.end(), 0);
  build(0, static_cast<int>(x.rows()));
}

int RadiusSearch::build(int begin, int end) {
  constexpr int kFew = 16;
  Box made{begin, end, -1, -1, VectorD::Zero(x_.cols()), VectorD::Zero(x_.cols())};
  for (int i = begin; i < end; ++i) {
    const VectorD row = x_.row(order_[static_cast<std::size_t>(i)]).transpose();
    made.low = i == begin ? row : VectorD(made.low.cwiseMin(row));
    made.high = i == begin ? row : VectorD(made.high.cwiseMax(row));
  }
  const auto place = static_cast<int>(boxes_.size());
  boxes_.push_back(made);
  Eigen::Index longest = 0;
  if (end - begin <= kFew || !((made.high - made.low).maxCoeff(&longest) > 0)) return place;
  const int middle = begin + (end - begin) / 2;
  const auto first = order_.begin();
  std::nth_element(first + begin, first + middle, first + end,
                   [&](int a, int b) { return x_(a, longest) < x_(b, longest); });
  const int left = build(begin, middle), right = build(middle, end);
  boxes_[static_cast<std::size_t>(place)].left = left;
  boxes_[static_cast<std::size_t>(place)].right = right;
  return place;
}

void RadiusSearch::search(int box, const Eigen::Ref<const Eigen::RowVectorXd>& of, double squared_radius,
                          std::vector<int>& found) const {
  const Box& here = boxes_[static_cast<std::size_t>(box)];
  const double beyond = ((here.low.transpose() - of).cwiseMax(of - here.high.transpose())).cwiseMax(0).squaredNorm();
  if (beyond > squared_radius) return;
  if (here.left >= 0) {
    search(here.left, of, squared_radius, found);
    search(here.right, of, squared_radius, found);
    return;
  }
  for (int i = here.begin; i < here.end; ++i) {
    const int row = order_[static_cast<std::size_t>(i)];
    if ((x_.row(row) - of).squaredNorm() <= squared_radius) found.push_back(row);
  }
}

void RadiusSearch::within(int row, double radius, std::vector<int>& found) const {
  found.clear();
  search(0, x_.row(row), radius * radius, found);
}

}  // namespace handbuilt::clustering

#include "lessons/07_similarity/situation_map.hpp"

#include "robot_sim/situations/novelty_experiment.hpp"

namespace handbuilt::lessons::likeness {
namespace {

MatrixD ordinary_windows(std::uint64_t first_home, int homes, double seconds) {
  MatrixD all;
  for (int i = 0; i < homes; ++i) {
    const MatrixD more =
        robot_sim::windows_of(robot_sim::Kind::kOrdinary, first_home + static_cast<std::uint64_t>(i), seconds);
    const Eigen::Index before = all.rows();
    all.conservativeResize(before + more.rows(), more.cols());
    all.bottomRows(more.rows()) = more;
  }
  return all;
}

}  // namespace

SituationMap::SituationMap(const Options& options)
    : windows_(ordinary_windows(options.seed * 1'000, options.homes, options.seconds)),
      standardizer_(windows_),
      pca_(handbuilt::similarity::fit_pca(standardizer_(windows_), {.components = 2})),
      places_(place(windows_)),
      detector_(windows_),
      neighbours_(detector_.whitener()(windows_)) {
  detector_.calibrate(ordinary_windows(options.seed * 1'000 + 300, options.calibration_homes, options.seconds),
                      options.false_alarm_rate);
}

std::vector<int> SituationMap::nearest(const VectorD& row, int k) const {
  const MatrixD query = row.transpose();
  const handbuilt::similarity::NeighbourTable table = neighbours_.nearest(detector_.whitener()(query), k);
  return {table.index.data(), table.index.data() + k};
}

}  // namespace handbuilt::lessons::likeness

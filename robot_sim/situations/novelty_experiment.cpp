#include "robot_sim/situations/novelty_experiment.hpp"

#include <algorithm>
#include <cmath>

#include "core/parallel.hpp"
#include "regression/classification_metrics.hpp"
#include "robot_sim/controllers/wall_following.hpp"
#include "robot_sim/simulator/simulator.hpp"
#include "robot_sim/situations/window.hpp"

namespace handbuilt::robot_sim {

namespace {

MatrixD stacked(const std::vector<MatrixD>& parts) {
  Eigen::Index rows = 0;
  for (const MatrixD& part : parts) rows += part.rows();
  MatrixD all(rows, static_cast<Eigen::Index>(window_columns().size()));
  rows = 0;
  for (const MatrixD& part : parts) {
    all.middleRows(rows, part.rows()) = part;
    rows += part.rows();
  }
  return all;
}

std::vector<MatrixD> drives(Kind kind, std::uint64_t first_home, int homes, const NoveltyExperiment& experiment) {
  std::vector<MatrixD> windows(static_cast<std::size_t>(homes));
  Workers workers(experiment.threads);
  workers.parallel_for(homes, [&](int begin, int end, int) {
    for (int home = begin; home < end; ++home)
      windows[static_cast<std::size_t>(home)] =
          windows_of(kind, first_home + static_cast<std::uint64_t>(home), experiment.seconds, experiment.window_s);
  });
  return windows;
}

double area_of(const VectorD& ordinary, const VectorD& strange) {
  VectorD scores(ordinary.size() + strange.size());
  scores << ordinary, strange;
  std::vector<int> labels(static_cast<std::size_t>(ordinary.size()), 0);
  labels.resize(static_cast<std::size_t>(scores.size()), 1);
  // The metric takes probabilities; only their order matters.
  return regression::area_under_roc((scores.array() / (1 + scores.array())).matrix(), labels);
}

double share_above(const VectorD& scores, double threshold) {
  return static_cast<double>((scores.array() > threshold).count()) / static_cast<double>(scores.size());
}

}  // namespace

MatrixD windows_of(Kind kind, std::uint64_t home_seed, double seconds, double window_s) {
  Simulator simulator(home_of_kind(kind, home_seed), {.seed = home_seed, .faults = faults_of_kind(kind)});
  WallFollowingController controller(static_cast<std::uint32_t>((home_seed + 1) * 0x9e3779b9u));
  WindowRecorder recorder(static_cast<int>(ticks_of(window_s)));
  std::vector<VectorD> rows;
  bool stairs_seen = false;
  while (simulator.time_s() < seconds) {
    const SensorFrame frame = simulator.frame();
    const CommandFrame command = controller.step(frame);
    stairs_seen = stairs_seen || sees_cliff(frame);
    if (recorder.add(frame, command)) {
      if (kind != Kind::kStairs || stairs_seen) rows.push_back(recorder.row());
      stairs_seen = false;
    }
    simulator.step(command);
  }
  MatrixD windows(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(window_columns().size()));
  for (std::size_t i = 0; i < rows.size(); ++i) windows.row(static_cast<Eigen::Index>(i)) = rows[i].transpose();
  return windows;
}

NoveltyResult run_novelty_experiment(const NoveltyExperiment& experiment) {
  // Homes in order: training, calibration, test; those of a kind have the seeds of the test homes, changed.
  const std::uint64_t first = experiment.seed * 100'000;
  const auto train_homes = static_cast<std::uint64_t>(experiment.train_homes);
  const auto calibration_homes = static_cast<std::uint64_t>(experiment.calibration_homes);
  const auto drives_from = [&](Kind kind, std::uint64_t home, int homes) {
    return drives(kind, first + home, homes, experiment);
  };
  similarity::NoveltyDetector detector(stacked(drives_from(Kind::kOrdinary, 0, experiment.train_homes)),
                                       experiment.options);
  detector.calibrate(stacked(drives_from(Kind::kOrdinary, train_homes, experiment.calibration_homes)),
                     experiment.false_alarm_rate);

  const std::uint64_t test = train_homes + calibration_homes;
  const std::vector<MatrixD> ordinary = drives_from(Kind::kOrdinary, test, experiment.test_homes);
  const VectorD ordinary_scores = detector.score(stacked(ordinary));
  NoveltyResult result;
  result.threshold = detector.threshold();
  std::vector<double> alarms;
  for (const MatrixD& windows : ordinary) alarms.push_back(share_above(detector.score(windows), result.threshold));
  result.false_alarms = mean_interval(alarms);

  std::vector<double> all_strange;
  for (const Kind kind : kStrangeKinds) {
    const std::vector<MatrixD> strange = drives_from(kind, test, experiment.test_homes);
    std::vector<double> of_homes;
    for (const MatrixD& windows : strange)
      if (windows.rows() > 0) of_homes.push_back(area_of(ordinary_scores, detector.score(windows)));
    if (of_homes.empty()) continue;  // no home had any
    const VectorD scores = detector.score(stacked(strange));
    std::vector<double> sorted(scores.begin(), scores.end());
    all_strange.insert(all_strange.end(), sorted.begin(), sorted.end());
    std::sort(sorted.begin(), sorted.end());
    const double exceeded_by_95 = sorted[sorted.size() / 20];
    result.kinds.push_back({kind, area_of(ordinary_scores, scores), mean_interval(of_homes),
                            share_above(ordinary_scores, std::nextafter(exceeded_by_95, 0.0)),
                            share_above(scores, result.threshold), static_cast<int>(scores.size())});
  }
  result.auroc = area_of(ordinary_scores, VectorD::Map(all_strange.data(), std::ssize(all_strange)));
  return result;
}

}  // namespace handbuilt::robot_sim

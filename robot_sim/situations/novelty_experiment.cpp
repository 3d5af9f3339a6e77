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

NoveltyWindows record_windows(const NoveltyExperiment& experiment) {
  // Homes in order: training, calibration, test; those of a kind have the seeds of the test homes.
  const std::uint64_t first = experiment.seed * 100'000;
  const std::uint64_t calibration = first + static_cast<std::uint64_t>(experiment.train_homes);
  const std::uint64_t test = calibration + static_cast<std::uint64_t>(experiment.calibration_homes);
  NoveltyWindows windows;
  windows.train = stacked(drives(Kind::kOrdinary, first, experiment.train_homes, experiment));
  windows.calibration = stacked(drives(Kind::kOrdinary, calibration, experiment.calibration_homes, experiment));
  windows.ordinary = drives(Kind::kOrdinary, test, experiment.test_homes, experiment);
  for (const Kind kind : kStrangeKinds) windows.kinds.push_back(drives(kind, test, experiment.test_homes, experiment));
  return windows;
}

NoveltyResult judge_novelty(const NoveltyWindows& windows, const similarity::NoveltyOptions& options,
                            double false_alarm_rate) {
  similarity::NoveltyDetector detector(windows.train, options);
  detector.calibrate(windows.calibration, false_alarm_rate);
  const VectorD ordinary = detector.score(stacked(windows.ordinary));
  NoveltyResult result;
  result.threshold = detector.threshold();
  std::vector<double> alarms;
  for (const MatrixD& home : windows.ordinary) alarms.push_back(share_above(detector.score(home), result.threshold));
  result.false_alarms = mean_interval(alarms);

  std::vector<double> all_strange;
  for (std::size_t i = 0; i < windows.kinds.size(); ++i) {
    std::vector<double> of_homes;
    for (const MatrixD& home : windows.kinds[i])
      if (home.rows() > 0) of_homes.push_back(area_of(ordinary, detector.score(home)));
    if (of_homes.empty()) continue;  // no home had any
    const VectorD scores = detector.score(stacked(windows.kinds[i]));
    std::vector<double> ascending(scores.begin(), scores.end());
    std::sort(ascending.begin(), ascending.end());
    all_strange.insert(all_strange.end(), ascending.begin(), ascending.end());
    const double exceeded_by_95 = ascending[ascending.size() / 20];
    result.kinds.push_back({kStrangeKinds[i], area_of(ordinary, scores), mean_interval(of_homes),
                            share_above(ordinary, std::nextafter(exceeded_by_95, 0.0)),
                            share_above(scores, result.threshold), static_cast<int>(scores.size())});
  }
  result.auroc = area_of(ordinary, VectorD::Map(all_strange.data(), std::ssize(all_strange)));
  return result;
}

}  // namespace handbuilt::robot_sim

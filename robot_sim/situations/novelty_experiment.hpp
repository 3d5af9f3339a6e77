#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/interval.hpp"
#include "core/matrix.hpp"
#include "robot_sim/situations/strange_homes.hpp"
#include "similarity/novelty.hpp"

namespace handbuilt::robot_sim {

/// Windows of one robot's drive through a home of this kind: bounce and wall following, `seconds` long.
MatrixD windows_of(Kind kind, std::uint64_t home_seed, double seconds, double window_s = 5);

struct NoveltyExperiment {
  int train_homes = 40, calibration_homes = 40, test_homes = 40;
  double seconds = 600;  ///< of driving in each
  double window_s = 5;
  std::uint64_t seed = 1;  ///< homes are drawn from it; no home serves twice
  int threads = 0;
};

/// The windows of an experiment, one matrix a home.
struct NoveltyWindows {
  MatrixD train, calibration;               ///< ordinary homes, one below the other
  std::vector<MatrixD> ordinary;            ///< test homes
  std::vector<std::vector<MatrixD>> kinds;  ///< of kStrangeKinds, in homes like the test homes
};

/// Drives through all homes.
NoveltyWindows record_windows(const NoveltyExperiment& experiment);

/// How well windows of a kind are told from ordinary ones, both from homes of which none was in training.
struct NoveltyOfKind {
  Kind kind = Kind::kOrdinary;
  double auroc = 0;               ///< over all windows together
  MeanInterval auroc_of_home;     ///< each home's windows against all ordinary ones, mean over homes
  double false_alarms_at_95 = 0;  ///< share of ordinary windows above the score that 95 % of these exceed
  double detected = 0;            ///< share above the calibrated threshold
  int windows = 0;
};

struct NoveltyResult {
  double threshold = 0;
  MeanInterval false_alarms;  ///< share of ordinary windows of unseen homes called new, mean over homes
  double auroc = 0;           ///< windows of all strange kinds together
  std::vector<NoveltyOfKind> kinds;
};

/// Trains on ordinary homes, calibrates on others, and tells strange windows from ordinary ones of yet others.
NoveltyResult judge_novelty(const NoveltyWindows& windows, const similarity::NoveltyOptions& options,
                            double false_alarm_rate = 0.05);

}  // namespace handbuilt::robot_sim

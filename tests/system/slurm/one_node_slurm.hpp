#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

#include "support/temporary_folder.hpp"

namespace handbuilt::test {

/// A Slurm of one node, of its own and on 127.0.0.1 alone: munged, slurmctld and slurmd in a private folder. While it
/// lives, SLURM_CONF points the commands of this process and its children there. Its end ends the three by their ids,
/// and all that they started.
class OneNodeSlurm {
 public:
  /// Why it cannot run here; empty when it can.
  static std::string why_not();

  /// Throws std::runtime_error with the end of the logs when it is not up within half a minute.
  OneNodeSlurm();
  ~OneNodeSlurm();
  OneNodeSlurm(const OneNodeSlurm&) = delete;
  OneNodeSlurm& operator=(const OneNodeSlurm&) = delete;

  [[nodiscard]] std::string logs() const;

 private:
  void write_files();
  void start(const std::vector<std::string>& words);
  void wait_until_up();
  void stop();

  TemporaryFolder folder_;
  std::vector<pid_t> daemons_;  ///< in the order of their start
};

}  // namespace handbuilt::test

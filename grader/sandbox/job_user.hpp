#pragma once

#include <sys/types.h>

#include <filesystem>

#include "core/descriptor.hpp"

namespace handbuilt::grader {

/// Whose processes a job's are, and where its files lie. When the grader is root, each job at a time has a user of its
/// own (uids 60600 to 60855, which Debian and systemd leave alone), so that no two can signal or starve each other;
/// otherwise jobs run as the grader's own user.
///
/// What an earlier job of that user left behind, after its grader was killed, is killed and removed first.
class JobUser {
 public:
  /// Throws Error when no user is free, or /run/handbuilt-sandbox (which holds locks and folders) cannot be made.
  JobUser();
  ~JobUser();
  JobUser(const JobUser&) = delete;
  JobUser& operator=(const JobUser&) = delete;

  /// -1: the grader's own user.
  [[nodiscard]] int uid() const { return uid_; }

  /// Makes an empty folder that only the job's user and the grader can read; it goes with this object.
  const std::filesystem::path& make_folder();

  /// Hands a file or folder to the job's user.
  void give(const std::filesystem::path& path) const;

 private:
  int uid_ = -1;
  Descriptor lock_;
  std::filesystem::path folder_;
};

/// For a process that is wholly the job's user `uid`: kills all others of that user, however they have moved
/// themselves. Does nothing as any other user.
void kill_others_of_own_user(int uid);

/// Kills every process of the job's user `uid`. Only root can.
void kill_processes_of(int uid);

}  // namespace handbuilt::grader

#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "grader/sandbox/limits.hpp"
#include "grader/sandbox/mode.hpp"

namespace handbuilt::grader {

/// What a job is there for, which decides what it may ask of the system.
enum class JobKind {
  worker,   ///< a student's code: may compute, read its libraries and answer
  compiler  ///< may start programs, and write in the folders it is given
};

/// How a program is kept to its job.
struct Confinement {
  SandboxMode mode = SandboxMode::local;
  JobKind kind = JobKind::worker;
  int uid = -1;                                 ///< whose processes they shall be; -1: the grader's own
  std::vector<std::filesystem::path> readable;  ///< beside the system's own folders
  std::vector<std::filesystem::path> writable;  ///< folders; not for a worker
  std::vector<std::string> environment;         ///< "NAME=value", all of it
};

/// The program that stands in front of a job's own in every mode but local. It takes the job's last rights away, runs
/// it, and writes how it ended on `kReportDescriptor`, which the job never has: "exit 3", "signal 11", or "failed" and
/// why the sandbox could not be made.
inline constexpr int kReportDescriptor = 5;

/// The command with that program in front.
std::vector<std::string> confined(const std::vector<std::string>& command, const Limits& limits,
                                  const Confinement& confinement);

/// Where it lies: beside the running program.
std::filesystem::path launcher_path();

}  // namespace handbuilt::grader

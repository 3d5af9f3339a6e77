#include "grader/sandbox/choose.hpp"

#include "core/error.hpp"
#include "grader/sandbox/bounded_command.hpp"
#include "grader/sandbox/job_user.hpp"

namespace handbuilt::grader {

namespace {

constexpr Limits kProbeLimits{2, 10, 256};
constexpr const char* kInGoodFaith = "--sandbox none grades all the same, trusting the code, and every report says so";

std::string refusal(SandboxMode mode, const std::string& why) {
  return "the sandbox \"" + std::string(to_string(mode)) + "\" does not run here: " + why;
}

/// Runs the probe as a job of this kind; what it says, or why it did not run.
std::string try_out(SandboxMode mode, JobKind kind, const SandboxNeeds& needs) {
  try {
    const JobUser user;
    std::vector<std::string> command{launcher_path().string(), "probe"};
    for (const auto& path : needs.secret) command.push_back(path.string());
    Confinement confinement{mode, kind, user.uid(), {}, {}, {}};
    if (kind == JobKind::compiler) {
      confinement.readable = needs.readable;
      confinement.readable.push_back(launcher_path());
    }
    const BoundedRun run = run_bounded(command, kProbeLimits, confinement);
    if (!run.stopped.empty()) return "its probe " + run.stopped;
    if (!run.ending.by_signal && run.ending.code == 0) return "";
    return run.output.empty() ? "its probe did not run" : run.output.substr(0, run.output.find('\n'));
  } catch (const Error& error) {
    return error.what();
  }
}

}  // namespace

std::string why_sandbox_fails(SandboxMode mode, const SandboxNeeds& needs) {
  if (mode == SandboxMode::local) return "";
  std::string why = try_out(mode, JobKind::worker, needs);
  return why.empty() ? try_out(mode, JobKind::compiler, needs) : why;
}

SandboxMode choose_sandbox(std::optional<SandboxMode> requested, const SandboxNeeds& needs) {
  if (requested) {
    const std::string why = why_sandbox_fails(*requested, needs);
    if (!why.empty()) throw Error(refusal(*requested, why) + "\n" + kInGoodFaith);
    return *requested;
  }
  std::string refusals;
  for (const SandboxMode mode : {SandboxMode::graded, SandboxMode::contained}) {
    const std::string why = why_sandbox_fails(mode, needs);
    if (why.empty()) return mode;
    refusals += refusal(mode, why) + "\n";
  }
  throw Error(refusals + kInGoodFaith);
}

}  // namespace handbuilt::grader

#include "grader/sandbox/choose.hpp"

#include "core/error.hpp"

namespace handbuilt::grader {

namespace {

constexpr const char* kInGoodFaith = "--sandbox none grades all the same, trusting the code, and every report says so";

std::string refusal(SandboxMode mode, const std::string& why) {
  return "the sandbox \"" + std::string(to_string(mode)) + "\" does not run here: " + why;
}

}  // namespace

std::string why_sandbox_fails(SandboxMode mode, const SandboxNeeds&) {
  return mode == SandboxMode::local ? "" : "this build of the course has none";
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

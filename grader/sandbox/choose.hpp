#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "grader/sandbox/mode.hpp"

namespace handbuilt::grader {

/// What a sandbox must let through and what it must not, so that trying it out is worth something.
struct SandboxNeeds {
  std::vector<std::filesystem::path> readable;  ///< a job must be able to read these: what workers are built with
  std::vector<std::filesystem::path> secret;    ///< and none of these: solutions, hidden tests, judges
};

/// Why a sandbox does not run here, found by running a program in it; empty when it does. `local` always runs.
std::string why_sandbox_fails(SandboxMode mode, const SandboxNeeds& needs);

/// The sandbox to grade in: the requested one, or (when none is named) graded where it runs here, else contained.
/// Throws Error, saying what is missing and what to do, when that does not run here.
SandboxMode choose_sandbox(std::optional<SandboxMode> requested, const SandboxNeeds& needs);

}  // namespace handbuilt::grader

#include "grader/sandbox/mode.hpp"

#include "core/error.hpp"

namespace handbuilt::grader {

std::string_view to_string(SandboxMode mode) {
  switch (mode) {
    case SandboxMode::local:
      return "local";
    case SandboxMode::graded:
      return "graded";
    case SandboxMode::contained:
      return "contained";
  }
  return "";
}

SandboxMode sandbox_mode_named(const std::string& name) {
  for (const SandboxMode mode : {SandboxMode::local, SandboxMode::graded, SandboxMode::contained})
    if (name == to_string(mode)) return mode;
  throw ValueError("no sandbox \"" + name + "\": there are local, graded and contained");
}

}  // namespace handbuilt::grader

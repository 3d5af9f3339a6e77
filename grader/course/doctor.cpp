#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "grader/course/check.hpp"
#include "grader/course/commands.hpp"
#include "grader/course/packages.hpp"
#include "grader/course/process.hpp"
#include "grader/text/lines.hpp"

namespace handbuilt::grader {

namespace {

constexpr double kGiB = 1024.0 * 1024.0 * 1024.0;
constexpr double kDiskNeededGiB = 2;

enum class Health { kGood, kOptional, kBad };

struct Finding {
  Health health = Health::kGood;
  std::string what;
  std::string remedy;  ///< what to type; empty when nothing is wrong
};

std::string first_line(const std::vector<std::string>& words) {
  const std::vector<std::string> lines = split_lines(capture({words, {}, {}}).output);
  return lines.empty() ? "" : lines.front();
}

Finding examine_program(const std::string& name, const std::string& package, const std::string& purpose,
                        Health when_missing) {
  if (is_program(name)) return {Health::kGood, fmt::format("{}: {}", name, first_line({name, "--version"})), ""};
  return {when_missing, fmt::format("{} is missing ({})", name, purpose), "apt-get install -y " + package};
}

Finding examine_packages(const House& house, const std::string& group, const std::string& purpose,
                         Health when_missing) {
  if (!is_program("dpkg-query")) return {Health::kOptional, "no dpkg here: the Debian packages cannot be checked", ""};
  const std::vector<std::string> missing = missing_packages(packages_of(house.root, group));
  if (missing.empty()) return {Health::kGood, fmt::format("packages for {}: all there", purpose), ""};
  return {when_missing, fmt::format("packages for {}: {} missing", purpose, missing.size()),
          fmt::format("apt-get install -y --no-install-recommends {}", fmt::join(missing, " "))};
}

Finding examine_display() {
  const auto set = [](const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : std::string(value);
  };
  if (!set("WAYLAND_DISPLAY").empty() || !set("DISPLAY").empty())
    return {Health::kGood, fmt::format("display: {}", set("DISPLAY") + set("WAYLAND_DISPLAY")), ""};
  return {Health::kOptional, "no display: a demo cannot open its window", "./course demo --headless --out out"};
}

Finding examine_disk(const House& house) {
  const double free_gib = static_cast<double>(std::filesystem::space(house.root).available) / kGiB;
  const std::string what = fmt::format("disk: {:.1f} GiB free", free_gib);
  if (free_gib >= kDiskNeededGiB) return {Health::kGood, what, ""};
  return {Health::kBad, what + fmt::format(" (a build takes up to {:g})", kDiskNeededGiB), "rm -r build"};
}

/// Tried, not guessed. A class can be graded when one of the two runs.
Finding examine_sandbox(const House& house, SandboxMode mode) {
  const std::string name(to_string(mode)), why = why_sandbox_fails(mode, sandbox_needs(house));
  if (why.empty()) return {Health::kGood, fmt::format("sandbox {}: runs here", name), ""};
  return {Health::kOptional, fmt::format("sandbox {}: does not run here: {}", name, why),
          "docs/safety.md says what each sandbox needs"};
}

void print(const Finding& finding, const Terminal& terminal) {
  const char* word = finding.health == Health::kGood ? "ok" : finding.health == Health::kBad ? "missing" : "note";
  const Tone tone = finding.health == Health::kGood  ? Tone::kGood
                    : finding.health == Health::kBad ? Tone::kBad
                                                     : Tone::kQuiet;
  fmt::print("{} {}", toned(terminal, tone, fmt::format("{:<8}", word)), wrapped(finding.what, 1'000));
  if (!finding.remedy.empty()) fmt::print("         {}\n", finding.remedy);
}

}  // namespace

int run_doctor(const House& house, const Terminal& terminal) {
  const std::vector<Finding> findings = {
      examine_program("g++", "g++", "compiles everything", Health::kBad),
      examine_program("cmake", "cmake", "describes the build", Health::kBad),
      examine_program("ninja", "ninja-build", "runs the build", Health::kBad),
      examine_packages(house, "build", "building and running", Health::kBad),
      examine_program("ccache", "ccache", "makes rebuilding faster", Health::kOptional),
      examine_program("gdb", "gdb", "./course debug", Health::kOptional),
      examine_program("git", "git", "./course export-student", Health::kOptional),
      examine_packages(house, "peers", "./course bench --peers", Health::kOptional),
      examine_sandbox(house, SandboxMode::graded),
      examine_sandbox(house, SandboxMode::contained),
      examine_display(),
      examine_disk(house),
  };
  bool healthy = true;
  for (const Finding& finding : findings) {
    print(finding, terminal);
    healthy = healthy && finding.health != Health::kBad;
  }
  return healthy ? 0 : 1;
}

}  // namespace handbuilt::grader

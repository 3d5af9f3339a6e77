#include "grader/course/workshop.hpp"

#include <unistd.h>

#include "core/error.hpp"
#include "core/file.hpp"

namespace handbuilt::grader {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestOutput = std::size_t{64} << 20;

/// What this process has, in the language that messages are read in.
std::vector<std::string> own_environment() {
  std::vector<std::string> variables{"LC_ALL=C"};
  for (char** variable = environ; *variable != nullptr; ++variable)
    if (!std::string_view(*variable).starts_with("LC_ALL=")) variables.emplace_back(*variable);
  return variables;
}

}  // namespace

Workshop::Workshop(SandboxMode sandbox, std::vector<fs::path> readable)
    : sandbox_(sandbox), readable_(std::move(readable)) {
  if (sandbox_ == SandboxMode::local) return;
  user_.emplace();
  const fs::path folder = user_->make_folder();
  in_ = folder / "in";
  out_ = folder / "out";
  for (const fs::path& folder : {in_, out_}) {
    fs::create_directory(folder);
    user_->give(folder);
  }
}

fs::path Workshop::bring_in(const fs::path& file) {
  if (sandbox_ == SandboxMode::local) return file;
  const fs::path inside = in_ / file.filename();
  write_file(inside, read_file(file, kLargestOutput));
  user_->give(inside);
  return inside;
}

fs::path Workshop::place_for(const fs::path& file) const {
  return sandbox_ == SandboxMode::local ? file : out_ / file.filename();
}

void Workshop::take_out(const fs::path& file) const {
  if (sandbox_ == SandboxMode::local) return;
  const fs::path inside = place_for(file);
  const fs::file_status status = fs::symlink_status(inside);
  if (status.type() != fs::file_type::regular) return;
  write_file(file, read_file(inside, kLargestOutput));
  fs::permissions(file, status.permissions() & (fs::perms::all & ~fs::perms::group_write & ~fs::perms::others_write));
}

BoundedRun Workshop::run(std::vector<std::string> words, const Limits& limits) const {
  if (sandbox_ == SandboxMode::local)
    return run_bounded(words, limits, {sandbox_, JobKind::compiler, -1, {}, {}, own_environment()});
  Confinement confinement{sandbox_,     JobKind::compiler,
                          user_->uid(), readable_,
                          {out_},       {"PATH=/usr/bin:/bin", "LC_ALL=C", "TMPDIR=" + out_.string()}};
  confinement.readable.push_back(in_);
  return run_bounded(words, limits, confinement);
}

}  // namespace handbuilt::grader

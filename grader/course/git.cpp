#include "grader/course/git.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "core/error.hpp"
#include "grader/course/process.hpp"

namespace handbuilt::grader {

namespace {

namespace fs = std::filesystem;

/// Runs git on one repository, under the course's name. Both its folders are always named, so that neither a repository
/// around them nor the variables of a git hook lead elsewhere.
std::string git(const fs::path& repository, const fs::path& files, const std::vector<std::string>& words) {
  if (!is_program("git")) throw Error("git is missing: apt-get install -y git");
  Command command{
      {"env", "-u", "GIT_INDEX_FILE", "git", "--git-dir=" + repository.string(), "--work-tree=" + files.string()},
      files,
      {"GIT_AUTHOR_NAME=Handbuilt", "GIT_AUTHOR_EMAIL=course@localhost", "GIT_COMMITTER_NAME=Handbuilt",
       "GIT_COMMITTER_EMAIL=course@localhost"}};
  command.words.insert(command.words.end(), words.begin(), words.end());
  const Captured captured = capture(command);
  if (captured.exit_code != 0)
    throw Error(fmt::format("{}: git {} failed: {}", files.string(), words.front(), captured.output));
  return captured.output;
}

std::vector<fs::path> split_at_zeros(std::string_view list) {
  std::vector<fs::path> files;
  while (!list.empty()) {
    const std::size_t end = list.find('\0');
    files.emplace_back(list.substr(0, end));
    list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
  }
  return files;
}

}  // namespace

std::vector<fs::path> files_worth_keeping(const fs::path& folder, const fs::path& scratch) {
  if (fs::exists(folder / ".git"))
    return split_at_zeros(git(folder / ".git", folder, {"ls-files", "-z", "--cached", "--deduplicate"}));
  const fs::path repository = scratch / "git";
  git(repository, folder, {"init", "--quiet", "--template="});
  std::vector<fs::path> files =
      split_at_zeros(git(repository, folder, {"ls-files", "-z", "--others", "--exclude-standard"}));
  fs::remove_all(repository);
  return files;
}

void commit_all(const fs::path& folder, const std::string& message) {
  const fs::path repository = folder / ".git";
  git(repository, folder, {"init", "--quiet", "--template=", "--initial-branch=main"});
  git(repository, folder, {"add", "--all", "--force"});
  git(repository, folder, {"commit", "--quiet", "--no-verify", "--no-gpg-sign", "--message", message});
}

}  // namespace handbuilt::grader

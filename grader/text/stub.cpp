#include "grader/text/stub.hpp"

#include <algorithm>
#include <string_view>

#include "core/error.hpp"
#include "core/file.hpp"
#include "grader/text/lines.hpp"

namespace handbuilt::grader {

namespace {

constexpr std::string_view kBegin = "// BEGIN SOLUTION";
constexpr std::string_view kEnd = "// END SOLUTION";
constexpr std::string_view kStub = "// STUB:";

[[noreturn]] void fail(const std::filesystem::path& path, int line, const std::string& what) {
  throw DataError(path.string() + ":" + std::to_string(line) + ": " + what);
}

/// The task a BEGIN line names, checked against those that may stand there.
std::string fenced_task(std::string_view begin_line, const std::filesystem::path& path, int line,
                        const FencedSource& before, const std::vector<std::string>& tasks) {
  const std::string task(trimmed(trimmed(begin_line).substr(kBegin.size())));
  if (task.empty()) fail(path, line, "expected a task's id after BEGIN SOLUTION");
  if (!tasks.empty() && std::find(tasks.begin(), tasks.end(), task) == tasks.end()) {
    std::string known;
    for (const std::string& id : tasks) known += (known.empty() ? "" : ", ") + id;
    fail(path, line, "no task \"" + task + "\" belongs to this file (lesson.toml has " + known + ")");
  }
  for (const FencedSource::Fence& fence : before.fences)
    if (fence.task == task)
      fail(path, line,
           "task \"" + task + "\" is fenced a second time (first in line " + std::to_string(fence.line) + ")");
  return task;
}

std::vector<std::string> stub_body(const FencedSource::Fence& fence) {
  std::vector<std::string> body;
  for (const std::string& line : fence.body) {
    const std::size_t mark = line.find(kStub);
    if (mark == std::string::npos || !trimmed(line).starts_with(kStub)) continue;
    std::string_view code = std::string_view(line).substr(mark + kStub.size());
    if (code.starts_with(' ')) code.remove_prefix(1);
    body.push_back(line.substr(0, mark) + std::string(code));
  }
  if (body.empty()) body.push_back(fence.indent + "not_started();");
  return body;
}

bool same_bodies(const FencedSource& a, const FencedSource& b) {
  return std::equal(a.fences.begin(), a.fences.end(), b.fences.begin(), b.fences.end(),
                    [](const auto& left, const auto& right) { return left.body == right.body; });
}

}  // namespace

FencedSource split_fences(const std::string& text, const std::filesystem::path& path,
                          const std::vector<std::string>& tasks) {
  FencedSource source;
  source.surroundings.emplace_back();
  bool inside = false;
  int number = 0;
  for (const std::string& line : split_lines(text)) {
    ++number;
    if (trimmed(line).starts_with(kBegin)) {
      if (inside)
        fail(path, number,
             "BEGIN SOLUTION inside the fence of \"" + source.fences.back().task + "\" from line " +
                 std::to_string(source.fences.back().line));
      const std::string task = fenced_task(line, path, number, source, tasks);
      source.surroundings.back().push_back(line);
      source.fences.push_back({task, number, std::string(indent_of(line)), {}});
      inside = true;
    } else if (trimmed(line).starts_with(kEnd)) {
      if (!inside) fail(path, number, "END SOLUTION without a BEGIN SOLUTION before it");
      source.surroundings.push_back({line});
      inside = false;
    } else {
      (inside ? source.fences.back().body : source.surroundings.back()).push_back(line);
    }
  }
  if (inside) fail(path, source.fences.back().line, "BEGIN SOLUTION without an END SOLUTION after it");
  return source;
}

std::string make_stub(const std::string& solution, const std::filesystem::path& path,
                      const std::vector<std::string>& tasks) {
  const FencedSource source = split_fences(solution, path, tasks);
  std::string stub;
  for (std::size_t i = 0; i < source.surroundings.size(); ++i) {
    stub += join_lines(source.surroundings[i]);
    if (i < source.fences.size()) stub += join_lines(stub_body(source.fences[i]));
  }
  return stub;
}

StubState compare_stub(const std::string& exercise, const std::string& stub, const std::filesystem::path& path) {
  if (exercise == stub) return StubState::kCurrent;
  const FencedSource wanted = split_fences(stub, path);
  FencedSource found;
  try {
    found = split_fences(exercise, path);
  } catch (const DataError&) {
    return StubState::kOutdated;  // A student may have deleted a fence; the work counts all the same.
  }
  const bool same_surroundings = found.surroundings == wanted.surroundings;
  if (same_bodies(found, wanted)) return same_surroundings ? StubState::kCurrent : StubState::kWritten;
  return same_surroundings ? StubState::kEdited : StubState::kOutdated;
}

StubState write_stub(const std::filesystem::path& path, const std::string& stub) {
  const bool exists = std::filesystem::exists(path);
  const StubState state = exists ? compare_stub(read_file(path), stub, path) : StubState::kWritten;
  if (state == StubState::kWritten) {
    std::filesystem::create_directories(path.parent_path());
    write_file(path, stub);
  }
  return state;
}

}  // namespace handbuilt::grader

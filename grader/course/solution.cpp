#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/file.hpp"
#include "grader/course/commands.hpp"
#include "grader/course/progress.hpp"
#include "grader/text/lines.hpp"
#include "grader/text/stub.hpp"

namespace handbuilt::grader {

namespace {

/// Without the marks that say what a stub has instead.
std::vector<std::string> without_stub_lines(std::vector<std::string> body) {
  std::erase_if(body, [](const std::string& line) { return trimmed(line).starts_with("// STUB:"); });
  return body;
}

}  // namespace

int run_solution(const House& house, const std::string& name, bool anyway, const Terminal& terminal) {
  const Place place = find_task(house, name);
  const std::string task = place.task->id, typed = short_name(*place.lesson, task);
  const std::filesystem::path file = house.solution_folder(*place.lesson) / place.task->file;
  if (!std::filesystem::exists(file))
    throw ValueError("this copy of the course has no solutions: whoever gave it to you keeps them");
  if (!anyway && status_of(load_progress(house), task) != "PASSED")
    throw ValueError(
        fmt::format("{} has not passed yet: ./course hint {} helps, --anyway shows it all the same", typed, typed));

  const std::string shown = std::filesystem::relative(file, house.root).string();
  const FencedSource source = split_fences(read_file(file), shown);
  const auto fence = std::find_if(source.fences.begin(), source.fences.end(),
                                  [&](const FencedSource::Fence& candidate) { return candidate.task == task; });
  if (fence == source.fences.end()) throw DataError(fmt::format("{}: has no fence for task {}", shown, task));
  fmt::print("{}\n{}", toned(terminal, Tone::kStrong, fmt::format("{}:{}", shown, fence->line + 1)),
             join_lines(without_stub_lines(fence->body)));
  return 0;
}

}  // namespace handbuilt::grader

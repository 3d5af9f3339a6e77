#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "grader/course/commands.hpp"
#include "grader/course/progress.hpp"

namespace handbuilt::grader {

namespace {

std::string no_more_hints(const House& house, const Place& place, bool asked_for_more, int width) {
  const std::string name = short_name(*place.lesson, place.task->id);
  std::string text = asked_for_more ? "there are no more hints" : "that was the last hint";
  text = wrapped(text + fmt::format(". The lesson: lessons/{}/README.md", place.lesson->id), width);
  if (std::filesystem::exists(house.solution_folder(*place.lesson)))
    text += with_command("An answer:", fmt::format("./course solution {} --anyway", name), width);
  return text;
}

}  // namespace

int run_hint(const House& house, const std::string& name, const Terminal& terminal) {
  const Place place = find_task(house, name);
  const std::vector<std::string>& hints = place.task->hints;
  if (hints.empty()) throw ValueError(fmt::format("task {} has no hints", short_name(*place.lesson, place.task->id)));

  const int all = static_cast<int>(hints.size());
  int asked = 0;
  change_progress(house, [&](CourseProgress& progress) {
    int& shown = progress[place.task->id].hints_shown;
    asked = std::max(shown, 0) + 1;
    shown = std::min(asked, all);
  });
  const int shown = std::min(asked, all);
  for (int i = 0; i < shown; ++i)
    fmt::print("{}", wrapped(fmt::format("hint {} of {}: {}", i + 1, all, hints[static_cast<std::size_t>(i)]),
                             terminal.width));
  fmt::print("{}", asked < all ? wrapped("ask again for the next one", terminal.width)
                               : no_more_hints(house, place, asked > all, terminal.width));
  return 0;
}

}  // namespace handbuilt::grader

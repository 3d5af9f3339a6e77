#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "grader/course/commands.hpp"
#include "grader/course/progress.hpp"

namespace handbuilt::grader {

int run_hint(const House& house, const std::string& name, const Terminal& terminal) {
  const Place place = find_task(house, name);
  const std::vector<std::string>& hints = place.task->hints;
  if (hints.empty()) throw ValueError(fmt::format("task {} has no hints", short_name(*place.lesson, place.task->id)));

  LessonProgress progress = load_progress(house, *place.lesson);
  int& shown = progress[place.task->id].hints_shown;
  const int all = static_cast<int>(hints.size());
  shown = std::clamp(shown + 1, 1, all);
  for (int i = 0; i < shown; ++i)
    fmt::print("{}", wrapped(fmt::format("hint {} of {}: {}", i + 1, all, hints[static_cast<std::size_t>(i)]),
                             terminal.width));
  if (shown < all) fmt::print("{}", wrapped("ask again for the next one", terminal.width));
  save_progress(house, *place.lesson, progress);
  return 0;
}

}  // namespace handbuilt::grader

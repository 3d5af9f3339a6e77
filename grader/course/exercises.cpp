#include "grader/course/exercises.hpp"

#include <fmt/format.h>

#include "grader/text/exercise_update.hpp"
#include "grader/text/lesson_stubs.hpp"

namespace handbuilt::grader {

namespace fs = std::filesystem;

void refresh_exercises(const House& house, const LessonInfo& lesson, const Terminal& terminal) {
  if (!fs::exists(house.solution_folder(lesson))) return;
  for (const auto& [file, stub] : lesson_stubs(house.root, lesson)) {
    const fs::path remembered = house.progress_folder() / "handed-out" / lesson.id / file;
    const UpdatedExercise done = update_exercise(house.exercise_folder(lesson) / file, stub, remembered);
    const std::string message = done.message((house.exercises_shown() / lesson.id / file).string());
    if (!message.empty()) fmt::print("{}", wrapped(message, terminal.width));
  }
}

}  // namespace handbuilt::grader

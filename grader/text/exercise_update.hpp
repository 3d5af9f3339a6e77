#pragma once

#include <filesystem>
#include <string>

namespace handbuilt::grader {

/// What bringing a student's exercise file up to date has done.
enum class ExerciseUpdate {
  kNothing,      ///< the course has not changed the file
  kWritten,      ///< there was none, or nobody had worked in it: the course's version stands there
  kCarriedOver,  ///< what the student wrote between the fences stands in the course's new version
  kLeft,         ///< the student's file is as it was, and the course's new version stands beside it
};

struct UpdatedExercise {
  ExerciseUpdate what = ExerciseUpdate::kNothing;
  std::filesystem::path beside;  ///< kCarriedOver: the old file; kLeft: the new version. Under a name that was free.

  /// What to tell the student about the file called `shown`; empty for kNothing.
  [[nodiscard]] std::string message(const std::string& shown) const;
};

/// Brings `exercise` up to date with `stub`, what the course has there now. `handed_out` is the file that remembers
/// which stub the exercise was last made from (it need not exist yet): by that, a change of the course's is told from
/// one of the student's.
///
/// Work is never lost. It is carried over only when the student has changed nothing but the bodies of the fences and
/// every fence is still there; the bodies then stand in the new version byte for byte, and the old file is kept beside
/// it as NAME.before-update. Otherwise the file is left, and the new version written beside it as NAME.new.
UpdatedExercise update_exercise(const std::filesystem::path& exercise, const std::string& stub,
                                const std::filesystem::path& handed_out);

}  // namespace handbuilt::grader

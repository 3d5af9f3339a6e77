#include "grader/text/exercise_update.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "core/file.hpp"
#include "grader/text/free_name.hpp"
#include "grader/text/lines.hpp"
#include "grader/text/stub.hpp"

namespace handbuilt::grader {

namespace {

namespace fs = std::filesystem;

/// Nothing for a file whose fences are damaged, or whose line ends would change when its lines are put together again.
std::optional<FencedSource> split_faithfully(const std::string& text, const fs::path& path) {
  if (text.find('\r') != std::string::npos) return std::nullopt;
  try {
    return split_fences(text, path);
  } catch (const DataError&) {
    return std::nullopt;
  }
}

const FencedSource::Fence* fence_of(const FencedSource& source, const std::string& task) {
  const auto fence = std::find_if(source.fences.begin(), source.fences.end(),
                                  [&](const FencedSource::Fence& candidate) { return candidate.task == task; });
  return fence == source.fences.end() ? nullptr : &*fence;
}

/// The bodies of `work` between the surroundings of `stub`; a fence that is new keeps what the stub has in it. Nothing
/// when a fence of `work` has no place there.
std::optional<std::string> carried_over(const FencedSource& work, const FencedSource& stub) {
  for (const FencedSource::Fence& fence : work.fences)
    if (fence_of(stub, fence.task) == nullptr) return std::nullopt;
  std::string text;
  for (std::size_t i = 0; i < stub.surroundings.size(); ++i) {
    text += join_lines(stub.surroundings[i]);
    if (i == stub.fences.size()) break;
    const FencedSource::Fence* const written = fence_of(work, stub.fences[i].task);
    text += join_lines(written != nullptr ? written->body : stub.fences[i].body);
  }
  return text;
}

/// Could `text` be `stub` with lines of the student's added, and bodies of the student's own?
bool only_adds_to(const FencedSource& text, const FencedSource& stub) {
  const std::vector<std::vector<std::string>>&has = text.surroundings, &wanted = stub.surroundings;
  return std::equal(has.begin(), has.end(), wanted.begin(), wanted.end(), [](const auto& lines, const auto& kept) {
    auto next = kept.begin();
    for (const std::string& line : lines)
      if (next != kept.end() && line == *next) ++next;
    return next == kept.end();
  });
}

UpdatedExercise replace(const fs::path& exercise, const std::string& old_text, const std::string& text) {
  const fs::path kept = free_name(exercise.string() + ".before-update");
  write_file(kept, old_text);
  write_file(exercise, text);
  return {ExerciseUpdate::kCarriedOver, kept};
}

UpdatedExercise leave(const fs::path& exercise, const std::string& stub) {
  const fs::path beside = free_name(exercise.string() + ".new");
  write_file(beside, stub);
  return {ExerciseUpdate::kLeft, beside};
}

/// `old_stub` is empty when nobody knows what the exercise was made from.
UpdatedExercise update(const fs::path& exercise, const std::string& stub, const std::string& old_stub) {
  const std::string text = read_file(exercise);
  if (text == stub) return {};
  if (text == old_stub) {
    write_file(exercise, stub);
    return {ExerciseUpdate::kWritten, {}};
  }
  const std::optional<FencedSource> work = split_faithfully(text, exercise);
  const FencedSource wanted = split_fences(stub, exercise);
  if (!work) return leave(exercise, stub);
  if (work->surroundings == wanted.surroundings) return {};
  if (old_stub.empty()) return only_adds_to(*work, wanted) ? UpdatedExercise{} : leave(exercise, stub);
  if (work->surroundings != split_fences(old_stub, exercise).surroundings) return leave(exercise, stub);
  const std::optional<std::string> carried = carried_over(*work, wanted);
  return carried ? replace(exercise, text, *carried) : leave(exercise, stub);
}

}  // namespace

std::string UpdatedExercise::message(const std::string& shown) const {
  const std::string name = beside.filename().string();
  switch (what) {
    case ExerciseUpdate::kNothing:
      return "";
    case ExerciseUpdate::kWritten:
      return shown + ": written";
    case ExerciseUpdate::kCarriedOver:
      return shown +
             ": the course has changed around your code, which now stands in the new version; the old file is " + name;
    case ExerciseUpdate::kLeft:
      break;
  }
  return shown +
         ": the course has changed this file, and yours is different outside its fences: it is left as it was, " +
         "and the new version is " + name;
}

UpdatedExercise update_exercise(const fs::path& exercise, const std::string& stub, const fs::path& handed_out) {
  const bool is_known = fs::exists(handed_out);
  const std::string old_stub = is_known ? read_file(handed_out) : "";
  UpdatedExercise done;
  if (!fs::exists(exercise)) {
    fs::create_directories(exercise.parent_path());
    write_file(exercise, stub);
    done.what = ExerciseUpdate::kWritten;
  } else if (old_stub != stub) {
    done = update(exercise, stub, old_stub);
  }
  if (old_stub != stub) {
    fs::create_directories(handed_out.parent_path());
    write_file(handed_out, stub);
  }
  return done;
}

}  // namespace handbuilt::grader

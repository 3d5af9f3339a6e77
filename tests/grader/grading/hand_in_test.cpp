#include "grader/grading/hand_in.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/file.hpp"
#include "support/message_of.hpp"
#include "support/temporary_folder.hpp"

namespace handbuilt::grader {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

LessonInfo lesson(const std::string& id, const std::vector<std::string>& files) {
  LessonInfo info;
  info.id = id;
  for (const std::string& file : files) {
    TaskInfo task;
    task.id = file;
    task.file = file;
    info.tasks.push_back(task);
  }
  return info;
}

class HandInTest : public testing::Test {
 protected:
  void put(const std::string& file, const std::string& text = "code") {
    fs::create_directories((in() / file).parent_path());
    write_file(in() / file, text);
  }
  [[nodiscard]] fs::path in() const { return folder_ / "in"; }
  [[nodiscard]] fs::path out() const { return folder_ / "out"; }
  HandedIn copy() const { return copy_hand_in(house_.lessons[0], in(), out()); }
  [[nodiscard]] std::vector<std::string> copied() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(out())) names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
  }

  House house_{"/nowhere", {lesson("10_net", {"a.cpp", "b.cpp"}), lesson("11_next", {"c.cpp"})}};
  test::TemporaryFolder folder_;
};

TEST_F(HandInTest, FindsALessonWhereverStudentsPutIt) {
  for (const char* file : {"a.cpp", "10_net/a.cpp", "exercises/10_net/a.cpp", "handbuilt-main/exercises/10_net/a.cpp",
                           "homework/10_net/a.cpp", "homework/a.cpp"}) {
    fs::remove_all(in());
    put(file);
    EXPECT_THAT(lessons_in(house_, in()), ElementsAre("10_net")) << file;
    copy();
    EXPECT_THAT(copied(), ElementsAre("a.cpp")) << file;
  }
}

TEST_F(HandInTest, FindsEveryLessonThatIsThere) {
  put("10_net/b.cpp");
  put("11_next/c.cpp");
  put("11_next/notes.txt");
  EXPECT_THAT(lessons_in(house_, in()), ElementsAre("10_net", "11_next"));
}

TEST_F(HandInTest, FindsNothingAmongOtherFiles) {
  put("essay.txt");
  put("10_net/essay.txt");
  EXPECT_THAT(lessons_in(house_, in()), IsEmpty());
}

TEST_F(HandInTest, TakesTheLessonsFilesAndHeadersAndNothingElse) {
  for (const char* file : {"10_net/a.cpp", "10_net/mine.hpp", "10_net/extra.cpp", "10_net/CMakeLists.txt"}) put(file);
  EXPECT_THAT(copy().refused, ElementsAre(Pair("b.cpp", "10_net/b.cpp is not there")));
  EXPECT_THAT(copied(), ElementsAre("a.cpp", "mine.hpp"));
}

TEST_F(HandInTest, LeavesNothingOfAnEarlierSubmission) {
  put("10_net/a.cpp");
  copy();
  fs::remove(in() / "10_net/a.cpp");
  put("10_net/b.cpp");
  copy();
  EXPECT_THAT(copied(), ElementsAre("b.cpp"));
}

TEST_F(HandInTest, FollowsNoLinkFromAFile) {
  write_file(folder_ / "secret", "secret");
  fs::create_directories(in() / "10_net");
  fs::create_symlink(folder_ / "secret", in() / "10_net/a.cpp");
  fs::create_symlink(folder_ / "secret", in() / "10_net/mine.hpp");
  EXPECT_THAT(copy().refused,
              testing::Contains(Pair("a.cpp", "10_net/a.cpp is a symbolic link: hand in the file itself")));
  EXPECT_THAT(copied(), IsEmpty());
}

TEST_F(HandInTest, FollowsNoLinkToAFolder) {
  fs::create_directories(folder_ / "elsewhere");
  write_file(folder_ / "elsewhere/a.cpp", "secret");
  fs::create_directories(in());
  fs::create_directory_symlink(folder_ / "elsewhere", in() / "10_net");
  EXPECT_THAT(lessons_in(house_, in()), IsEmpty());
  copy();
  EXPECT_THAT(copied(), IsEmpty());
}

TEST_F(HandInTest, RefusesWhatIsNoFileAndWhatIsTooLarge) {
  fs::create_directories(in() / "10_net/a.cpp");
  put("10_net/b.cpp");
  fs::resize_file(in() / "10_net/b.cpp", std::uintmax_t{200} << 20);
  EXPECT_THAT(copy().refused,
              ElementsAre(Pair("a.cpp", "10_net/a.cpp is not a regular file"),
                          Pair("b.cpp", "10_net/b.cpp is larger than 1 MiB: an exercise needs a few kilobytes")));
}

TEST_F(HandInTest, DoesNotWaitForAPipe) {
  fs::create_directories(in() / "10_net");
  ASSERT_EQ(::mkfifo((in() / "10_net/a.cpp").c_str(), 0600), 0);
  EXPECT_EQ(copy().refused.at("a.cpp"), "10_net/a.cpp is not a regular file");
}

TEST_F(HandInTest, NamesASubmissionThatIsNoFolder) {
  EXPECT_EQ(test::message_of<DataError>([&] { lessons_in(house_, "/nowhere/at/all"); }),
            "/nowhere/at/all: expected a folder with exercise files");
}

}  // namespace
}  // namespace handbuilt::grader

#include "grader/grade_class/take_in.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/file.hpp"
#include "grader/archive/archive_writer.hpp"
#include "support/message_of.hpp"
#include "support/temporary_folder.hpp"

namespace handbuilt::grader {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

LessonInfo lesson(const std::string& id, const std::string& file) {
  LessonInfo info;
  info.id = id;
  info.tasks.resize(1);
  info.tasks[0].id = id + "-task";
  info.tasks[0].file = file;
  return info;
}

class TakeIn : public testing::Test {
 protected:
  TakeIn() { house_.lessons = {lesson("00_tour", "mean.cpp"), lesson("10_convnet", "conv.cpp")}; }

  [[nodiscard]] SourceFiles found(const SourceFiles& files) const {
    return files_of_lesson(files, house_, house_.lessons[1]);
  }
  /// Every file that the class's own folder holds afterwards.
  [[nodiscard]] std::vector<std::string> everything() const {
    std::vector<std::string> files;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder_.path()))
      if (!entry.is_directory()) files.push_back(entry.path().lexically_relative(folder_.path()).string());
    std::sort(files.begin(), files.end());
    return files;
  }
  ClassEntry archive(const std::string& name, const std::vector<test::Entry>& entries) {
    test::write_archive(folder_ / name, entries);
    return {name, name, name, folder_ / name, {}, false};
  }

  House house_;
  test::TemporaryFolder folder_;
};

TEST_F(TakeIn, FindsALessonWhereverItLies) {
  for (const char* folder : {"", "work/", "10_convnet/", "my work/10_convnet/", "x/exercises/10_convnet/", "a/b/c/"})
    EXPECT_THAT(found({{std::string(folder) + "conv.cpp", "x"}}), ElementsAre(Pair("conv.cpp", "x"))) << folder;
}

TEST_F(TakeIn, PrefersTheLessonsOwnFolderAndTheLeastDeepOne) {
  EXPECT_EQ(found({{"conv.cpp", "loose"}, {"a/10_convnet/conv.cpp", "own"}}).at("conv.cpp"), "own");
  EXPECT_EQ(found({{"10_convnet/conv.cpp", "own"}, {"x/exercises/10_convnet/conv.cpp", "exercises"}}).at("conv.cpp"),
            "exercises");
  EXPECT_EQ(found({{"old/deep/conv.cpp", "deep"}, {"new/conv.cpp", "flat"}}).at("conv.cpp"), "flat");
  EXPECT_EQ(found({{"solutions/10_convnet/conv.cpp", "s"}, {"work/10_convnet/conv.cpp", "w"}}).at("conv.cpp"), "w");
}

TEST_F(TakeIn, DoesNotTakeAnotherLessonsFile) { EXPECT_THAT(found({{"00_tour/conv.cpp", "x"}}), IsEmpty()); }

TEST_F(TakeIn, TakesHeadersFromBesideAndNothingElse) {
  EXPECT_THAT(found({{"conv.cpp", "x"}, {"helper.hpp", "h"}, {"other.cpp", "o"}, {"sub/deep.hpp", "d"}}),
              ElementsAre(Pair("conv.cpp", "x"), Pair("helper.hpp", "h")));
}

TEST_F(TakeIn, WritesTheFilesUnderTheLessonsNames) {
  take_in(house_, {}, archive("a.zip", {{"hw/conv.cpp", "c"}, {"hw/mean.cpp", "m"}, {"hw/x.txt", "x"}}),
          folder_ / "to");
  EXPECT_THAT(everything(), ElementsAre("a.zip", "to/00_tour/mean.cpp", "to/10_convnet/conv.cpp"));
}

TEST_F(TakeIn, LeavesNothingOfARefusedArchive) {
  const ClassEntry entry = archive("a.tar", {{"conv.cpp", "good"}, {"../escaped.cpp", "bad"}});
  EXPECT_THAT(test::message_of<RefusedFiles>([&] { take_in(house_, {}, entry, folder_ / "to"); }),
              HasSubstr("a.tar: \"../escaped.cpp\" leads out"));
  EXPECT_THAT(everything(), ElementsAre("a.tar"));
  EXPECT_FALSE(fs::exists(folder_.path().parent_path() / "escaped.cpp"));
}

TEST_F(TakeIn, ReplacesWhatWasTakenInBefore) {
  take_in(house_, {}, archive("a.zip", {{"conv.cpp", "1"}, {"mean.cpp", "1"}}), folder_ / "to");
  take_in(house_, {}, archive("a.zip", {{"conv.cpp", "2"}}), folder_ / "to");
  EXPECT_THAT(everything(), ElementsAre("a.zip", "to/10_convnet/conv.cpp"));
  EXPECT_EQ(read_file(folder_ / "to/10_convnet/conv.cpp"), "2");
}

TEST_F(TakeIn, TakesTheLooseFileThatWasHandedInLast) {
  write_file(folder_ / "jane_1_20_conv-1.cpp", "second");
  write_file(folder_ / "jane_1_10_conv.cpp", "first");
  const ClassEntry entry{
      "jane_1", "jane", "jane_1", {}, {folder_ / "jane_1_10_conv.cpp", folder_ / "jane_1_20_conv-1.cpp"}, false};
  EXPECT_THAT(read_entry(entry), ElementsAre(Pair("conv.cpp", "second")));
}

}  // namespace
}  // namespace handbuilt::grader

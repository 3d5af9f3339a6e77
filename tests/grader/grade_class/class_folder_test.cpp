#include "grader/grade_class/class_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "core/error.hpp"
#include "core/file.hpp"
#include "support/message_of.hpp"
#include "support/temporary_folder.hpp"

namespace handbuilt::grader {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

class ClassOf : public testing::Test {
 protected:
  void folder(const std::string& name) { fs::create_directory(class_ / name); }
  void file(const std::string& name, const std::string& content = "x") { write_file(class_ / name, content); }
  ClassFolder read() { return read_class_folder(class_.path(), class_ / "out"); }
  std::vector<std::string> names() {
    std::vector<std::string> result;
    for (const ClassEntry& entry : read().entries) result.push_back(entry.name);
    return result;
  }
  test::TemporaryFolder class_;
};

TEST_F(ClassOf, FoldersAndArchivesAreKnownByTheirNames) {
  folder("bob");
  file("alice.zip");
  file("carol.tar.gz");
  file("dave.rar");
  EXPECT_THAT(names(), ElementsAre("alice", "bob", "carol", "dave"));
}

TEST_F(ClassOf, LeavesOutResultsHiddenFilesAndLitter) {
  for (const char* name : {"alice", "out", ".git", "__MACOSX"}) folder(name);
  file("notes.txt");
  const ClassFolder found = read();
  EXPECT_THAT(found.entries, SizeIs(1));
  ASSERT_THAT(found.aside, SizeIs(1));
  EXPECT_THAT(found.aside[0], HasSubstr("notes.txt"));
}

TEST_F(ClassOf, KeepsAFolderAndAnArchiveOfOneNameApart) {
  folder("alice");
  file("alice.zip");
  EXPECT_THAT(names(), ElementsAre("alice", "alice.zip"));
}

TEST_F(ClassOf, GathersTheLooseFilesThatCanvasWrites) {
  file("smithjane_1234_5678_conv2d_forward.cpp");
  file("smithjane_1234_5679_momentum_step-1.cpp");
  file("doejohn_LATE_99_100_work.zip");
  const ClassFolder found = read();
  ASSERT_THAT(found.entries, SizeIs(2));
  EXPECT_EQ(found.entries[0].student, "doejohn");
  EXPECT_TRUE(found.entries[0].is_late);
  EXPECT_EQ(found.entries[1].student, "smithjane");
  EXPECT_FALSE(found.entries[1].is_late);
  EXPECT_THAT(found.entries[1].loose, SizeIs(2));
  EXPECT_EQ(handed_in_as("smithjane_1234_5679_momentum_step-1.cpp"), "momentum_step.cpp");
}

TEST_F(ClassOf, KnowsTheNamesThatMoodleWrites) {
  folder("Jane Smith_1234567_assignsubmission_file");
  file("John Doe_7654321_assignsubmission_file_mean.cpp");
  const ClassFolder found = read();
  ASSERT_THAT(found.entries, SizeIs(2));
  EXPECT_EQ(found.entries[0].student, "Jane Smith");
  EXPECT_EQ(found.entries[1].student, "John Doe");
  EXPECT_EQ(handed_in_as("John Doe_7654321_assignsubmission_file_mean.cpp"), "mean.cpp");
}

TEST_F(ClassOf, TakesTheNamesFromGradescopesList) {
  folder("submission_111");
  folder("submission_222");
  file("submission_metadata.yml",
       "---\nsubmission_111:\n  :submitters:\n  - :name: Jane Smith\n    :sid: '1'\n  - :name: \"Joe Bloggs\"\n"
       "submission_222:\n  :submitters: []\n");
  const ClassFolder found = read();
  ASSERT_THAT(found.entries, SizeIs(2));
  EXPECT_EQ(found.entries[0].student, "Jane Smith and Joe Bloggs");
  EXPECT_EQ(found.entries[1].student, "submission_222");
}

TEST_F(ClassOf, GivesEveryEntryAFileNameOfItsOwnWithoutSurprises) {
  for (const char* name : {"<script>", "=1+1", "a b", "a-b", "caf\xE9", "\x1b[2J"}) folder(name);
  folder(std::string(200, 'n') + "1");
  folder(std::string(200, 'n') + "2");
  std::set<std::string> slugs;
  for (const ClassEntry& entry : read().entries) {
    slugs.insert(entry.slug);
    EXPECT_EQ(entry.slug.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-"),
              std::string::npos);
    EXPECT_LT(entry.slug.size(), 100U);
    EXPECT_NE(entry.slug[0], '.');
  }
  EXPECT_THAT(slugs, SizeIs(8));
}

TEST_F(ClassOf, SaysWhenThereIsNothing) {
  EXPECT_THAT(test::message_of<DataError>([&] { read(); }), HasSubstr("found none"));
  EXPECT_THAT(test::message_of<DataError>([&] { read_class_folder(class_ / "nowhere", ""); }),
              HasSubstr("expected a folder with a folder or an archive for every student"));
}

}  // namespace
}  // namespace handbuilt::grader

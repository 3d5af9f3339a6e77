#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "core/file.hpp"
#include "grader/archive/source_files.hpp"
#include "support/message_of.hpp"
#include "support/temporary_folder.hpp"

namespace handbuilt::grader {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

class Folder : public testing::Test {
 protected:
  Folder() {
    fs::create_directories(top() / "10_convnet");
    write_file(top() / "10_convnet" / "a.cpp", "a");
  }
  [[nodiscard]] fs::path top() const { return folder_ / "alice"; }
  std::string refusal() {
    return test::message_of<RefusedFiles>([&] { read_folder(top()); });
  }
  test::TemporaryFolder folder_;
};

TEST_F(Folder, GivesItsCppFiles) {
  write_file(top() / "notes.txt", "n");
  write_file(top() / "10_convnet" / "._a.cpp", "of macOS");
  EXPECT_THAT(read_folder(top()), ElementsAre(Pair("10_convnet/a.cpp", "a")));
}

TEST_F(Folder, RefusesALinkThatLeadsOut) {
  fs::create_symlink("/etc/passwd", top() / "b.cpp");
  EXPECT_EQ(refusal(), "alice: \"b.cpp\" is a link to \"/etc/passwd\", out of the folder that is handed in");
}

TEST_F(Folder, RefusesALinkToAFolderOutside) {
  fs::create_directory_symlink("../../..", top() / "up");
  EXPECT_THAT(refusal(), HasSubstr("is a link to \"../../..\""));
}

TEST_F(Folder, LeavesOutALinkThatStaysInside) {
  fs::create_symlink("10_convnet/a.cpp", top() / "b.cpp");
  fs::create_directory_symlink(".", top() / "again");
  EXPECT_THAT(read_folder(top()), ElementsAre(Pair("10_convnet/a.cpp", "a")));
}

TEST_F(Folder, DoesNotWaitForAPipe) {
  ASSERT_EQ(::mkfifo((top() / "p.cpp").c_str(), 0600), 0);
  EXPECT_EQ(read_folder(top()).size(), 1U);
}

TEST_F(Folder, RefusesAFileThatIsTooLarge) {
  write_file(top() / "b.cpp", "");
  fs::resize_file(top() / "b.cpp", std::uintmax_t{200} << 20);
  EXPECT_THAT(refusal(), HasSubstr("\"b.cpp\" is larger than 1024 KiB"));
}

TEST_F(Folder, SaysWhatCannotBeRead) {
  EXPECT_THAT(test::message_of<RefusedFiles>([&] { read_folder(folder_ / "nobody"); }), HasSubstr("cannot be read"));
}

}  // namespace
}  // namespace handbuilt::grader

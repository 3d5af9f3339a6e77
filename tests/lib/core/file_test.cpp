#include "core/file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "support/message_of.hpp"
#include "support/temporary_folder.hpp"

namespace handbuilt {
namespace {

using test::message_of;
using test::TemporaryFolder;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::vector<std::string> names_in(const TemporaryFolder& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
    names.push_back(entry.path().filename().string());
  return names;
}

/// While it lives, no file of this process may grow beyond `bytes`: a full disk for anyone, root included.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int) = nullptr;
};

std::string refusal_to_read(const std::filesystem::path& path) {
  return message_of<DataError>([&] { (void)read_file(path); });
}

TEST(File, GivesBackEveryByteItWrote) {
  const TemporaryFolder folder;
  std::string content;
  for (unsigned i = 0; i < 100'000; ++i) content += static_cast<char>(i * i / 3);
  for (const std::string& text : {std::string(), std::string("a\0b\n", 4), content}) {
    write_file(folder / "file", text);
    EXPECT_EQ(read_file(folder / "file"), text);
  }
}

TEST(File, LeavesNothingButTheFinishedFile) {
  const TemporaryFolder folder;
  write_file(folder / "file", "old");
  write_file(folder / "file", "new");
  EXPECT_THAT(names_in(folder), ElementsAre("file"));
  EXPECT_EQ(read_file(folder / "file"), "new");
}

TEST(File, KeepsTheOldContentAndNoScrapsWhenThereIsNoRoomForTheNew) {
  const TemporaryFolder folder;
  write_file(folder / "file", "old");
  std::string message;
  {
    const FileSizeLimit limit(1000);
    message = message_of<DataError>([&] { write_file(folder / "file", std::string(5000, 'x')); });
  }
  EXPECT_THAT(message, StartsWith((folder / "file").string() + ": cannot write the file: "));
  EXPECT_EQ(read_file(folder / "file"), "old");
  EXPECT_THAT(names_in(folder), ElementsAre("file"));
}

TEST(File, KeepsAFolderThatStandsWhereTheFileShouldGo) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "file");
  EXPECT_THAT(message_of<DataError>([&] { write_file(folder / "file", "new"); }), HasSubstr("Is a directory"));
  EXPECT_TRUE(std::filesystem::is_directory(folder / "file"));
  EXPECT_THAT(names_in(folder), ElementsAre("file"));
}

TEST(File, RefusesToWriteIntoAMissingFolderByName) {
  const TemporaryFolder folder;
  EXPECT_THAT(message_of<DataError>([&] { write_file(folder / "missing" / "file", "new"); }),
              AllOf(StartsWith((folder / "missing/file").string()), HasSubstr("No such file or directory")));
}

TEST(File, GetsTheModeOfAnyOtherNewFile) {
  const TemporaryFolder folder;
  const mode_t before = umask(0027);
  write_file(folder / "file", "text");
  umask(before);
  EXPECT_EQ(std::filesystem::status(folder / "file").permissions(), std::filesystem::perms(0640));
}

TEST(File, RefusesToReadAMissingFileByName) {
  EXPECT_EQ(refusal_to_read("nowhere/file"), "nowhere/file: cannot open the file: No such file or directory");
}

TEST(File, RefusesToReadWhatIsNoRegularFile) {
  const TemporaryFolder folder;
  EXPECT_THAT(refusal_to_read(folder.path()), HasSubstr("expected a regular file"));
  EXPECT_THAT(refusal_to_read("/dev/zero"), HasSubstr("expected a regular file"));
}

TEST(File, DoesNotWaitForAPipeThatNobodyWrites) {
  const TemporaryFolder folder;
  ASSERT_EQ(mkfifo((folder / "pipe").c_str(), 0600), 0);
  EXPECT_THAT(refusal_to_read(folder / "pipe"), HasSubstr("expected a regular file"));
}

TEST(File, ReadsUpToTheLimitAndRefusesOneByteMore) {
  const TemporaryFolder folder;
  write_file(folder / "file", "12345");
  EXPECT_EQ(read_file(folder / "file", 5), "12345");
  EXPECT_EQ(message_of<DataError>([&] { (void)read_file(folder / "file", 4); }),
            (folder / "file").string() + ": expected at most 4 bytes, got more");
}

TEST(File, ReadsAFileWhoseSizeTheSystemDoesNotKnow) {
  // Files of /proc claim to be empty.
  EXPECT_THAT(read_file("/proc/self/status"), HasSubstr("Pid:"));
}

}  // namespace
}  // namespace handbuilt

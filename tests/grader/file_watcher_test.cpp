#include "grader/watch/file_watcher.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "core/error.hpp"
#include "support/temporary_folder.hpp"

namespace handbuilt::grader {
namespace {

using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Long enough for a loaded machine; a change ends the wait at once.
constexpr milliseconds kPatience{10'000};
/// Long enough for an event that should not come to be noticed if it did.
constexpr milliseconds kNothing{200};

class Watcher : public ::testing::Test {
 protected:
  void SetUp() override {
    write(a_, "a");
    write(b_, "b");
  }

  static void write(const std::filesystem::path& file, const std::string& content) { std::ofstream(file) << content; }

  test::TemporaryFolder folder_;
  std::filesystem::path a_ = folder_ / "a.cpp";
  std::filesystem::path b_ = folder_ / "b.cpp";
};

TEST_F(Watcher, SeesAFileWrittenInPlace) {
  FileWatcher watcher({a_, b_});
  write(b_, "new");
  EXPECT_THAT(watcher.wait(kPatience), ElementsAre(b_));
}

TEST_F(Watcher, SeesAFileRenamedIntoPlace) {
  FileWatcher watcher({a_, b_});
  write(folder_ / ".a.cpp.swp", "new");
  std::filesystem::rename(folder_ / ".a.cpp.swp", a_);
  EXPECT_THAT(watcher.wait(kPatience), ElementsAre(a_));
}

TEST_F(Watcher, SeesAFileDeletedAndMadeAnew) {
  FileWatcher watcher({a_});
  std::filesystem::remove(a_);
  std::thread editor([&] {
    std::this_thread::sleep_for(milliseconds(100));
    write(a_, "new");
  });
  EXPECT_THAT(watcher.wait(kPatience), ElementsAre(a_));
  editor.join();
}

TEST_F(Watcher, SeesAChangeMadeBetweenTwoWaits) {
  FileWatcher watcher({a_});
  write(a_, "one");
  EXPECT_THAT(watcher.wait(kPatience), ElementsAre(a_));
  write(a_, "two");
  EXPECT_THAT(watcher.wait(kPatience), ElementsAre(a_));
}

TEST_F(Watcher, IgnoresTemporaryFilesAndSavesWithoutAChange) {
  FileWatcher watcher({a_});
  write(folder_ / "4913", "vim tries whether it may write here");
  write(folder_ / "a.cpp~", "a backup");
  write(folder_ / ".#a.cpp", "a lock");
  write(a_, "a");
  EXPECT_THAT(watcher.wait(kNothing), IsEmpty());
}

TEST_F(Watcher, ReportsSeveralStepsOfOneSaveOnce) {
  FileWatcher watcher({a_});
  std::thread editor([&] {
    for (int step = 0; step < 5; ++step) write(a_, std::string(100, static_cast<char>('a' + step)));
  });
  EXPECT_THAT(watcher.wait(kPatience), ElementsAre(a_));
  editor.join();
  while (!watcher.wait(kNothing).empty()) {
  }
  EXPECT_THAT(watcher.wait(kNothing), IsEmpty());
}

TEST_F(Watcher, StopsAtOnceWhenTold) {
  FileWatcher watcher({a_});
  int stop[2];
  ASSERT_EQ(pipe(stop), 0);
  std::thread user([&] {
    std::this_thread::sleep_for(milliseconds(50));
    EXPECT_EQ(::write(stop[1], "x", 1), 1);
  });
  EXPECT_THAT(watcher.wait(std::chrono::hours(24), stop[0]), IsEmpty());
  user.join();
  close(stop[0]);
  close(stop[1]);
}

TEST_F(Watcher, NamesAFolderThatIsNotThere) { EXPECT_THROW(FileWatcher({folder_ / "nowhere/a.cpp"}), DataError); }

TEST_F(Watcher, IdlesWithoutUsingTheProcessor) {
  FileWatcher watcher({a_, b_});
  const auto used = [] {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return milliseconds(usage.ru_utime.tv_sec * 1000 + usage.ru_utime.tv_usec / 1000 + usage.ru_stime.tv_sec * 1000 +
                        usage.ru_stime.tv_usec / 1000);
  };
  const auto before = used();
  EXPECT_THAT(watcher.wait(milliseconds(1000)), IsEmpty());
  EXPECT_LE((used() - before).count(), 10) << "an idle second may cost one hundredth of a core";
}

}  // namespace
}  // namespace handbuilt::grader

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "archive_writer.hpp"
#include "core/file.hpp"
#include "grader/archive/source_files.hpp"
#include "support/message_of.hpp"
#include "support/temporary_folder.hpp"

namespace handbuilt::grader {
namespace {

namespace fs = std::filesystem;
using test::Entry;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;
using Kind = Entry::Kind;

class Archive : public testing::Test {
 protected:
  fs::path written(const std::string& name, const std::vector<Entry>& entries) {
    const fs::path path = folder_ / name;
    test::write_archive(path, entries);
    return path;
  }
  SourceFiles read(const std::string& name, const std::vector<Entry>& entries, const SourceLimits& limits = {}) {
    return read_archive(written(name, entries), limits);
  }
  /// The one line that a student is told.
  std::string refusal(const std::string& name, const std::vector<Entry>& entries, const SourceLimits& limits = {}) {
    return test::message_of<RefusedFiles>([&] { read(name, entries, limits); });
  }
  test::TemporaryFolder folder_;
};

class EveryFormat : public Archive, public testing::WithParamInterface<const char*> {};

TEST_P(EveryFormat, GivesTheFilesWhateverTheTopFolderIsCalled) {
  EXPECT_THAT(read(std::string("a") + GetParam(), {{"my work (2)/10_convnet/", "", Kind::folder},
                                                   {"my work (2)/10_convnet/a.cpp", "int a;\n"},
                                                   {"my work (2)/notes.txt", "I tried hard"}}),
              ElementsAre(Pair("my work (2)/10_convnet/a.cpp", "int a;\n")));
}
INSTANTIATE_TEST_SUITE_P(Archive, EveryFormat,
                         testing::Values(".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".tar.zst"));

TEST_F(Archive, LeavesOutWhatMacOsAndGitPutBeside) {
  EXPECT_THAT(read("a.zip", {{"__MACOSX/a/._a.cpp", "x"}, {"a/._a.cpp", "x"}, {"a/.git/b.cpp", "x"}, {"a/a.cpp", "y"}}),
              ElementsAre(Pair("a/a.cpp", "y")));
}

TEST_F(Archive, ReadsNamesThatWindowsWrote) {
  EXPECT_THAT(read("a.zip", {{"work\\10_convnet\\a.cpp", "y"}}), ElementsAre(Pair("work/10_convnet/a.cpp", "y")));
}

TEST_F(Archive, TakesAFolderWhoseNameIsNotUtf8) {
  EXPECT_THAT(read("a.tar", {{"caf\xE9/a.cpp", "y"}}), ElementsAre(Pair("caf\xE9/a.cpp", "y")));
}

TEST_F(Archive, RefusesAnAbsolutePath) {
  EXPECT_EQ(refusal("a.tar", {{"/tmp/handbuilt-escaped.cpp", "x"}}),
            "a.tar: \"/tmp/handbuilt-escaped.cpp\" is an absolute path; names must start inside the folder that is "
            "handed in");
  EXPECT_THAT(refusal("b.zip", {{"C:/homework/a.cpp", "x"}}), HasSubstr("is an absolute path"));
  EXPECT_FALSE(fs::exists("/tmp/handbuilt-escaped.cpp"));
}

TEST_F(Archive, RefusesAPathThatLeadsOut) {
  EXPECT_THAT(refusal("a.tar", {{"../escaped.cpp", "x"}}), HasSubstr("\"../escaped.cpp\" leads out"));
  EXPECT_THAT(refusal("b.zip", {{"a/../../escaped.cpp", "x"}}), HasSubstr("leads out"));
  EXPECT_THAT(refusal("c.zip", {{"a\\..\\..\\escaped.cpp", "x"}}), HasSubstr("leads out"));
  EXPECT_FALSE(fs::exists(folder_.path().parent_path() / "escaped.cpp"));
}

TEST_F(Archive, RefusesLinksThatLeadOut) {
  EXPECT_THAT(refusal("a.tar", {{"a.cpp", "/etc/passwd", Kind::symbolic_link}}),
              HasSubstr("\"a.cpp\" is a link to \"/etc/passwd\", out of the folder"));
  EXPECT_THAT(refusal("b.tar", {{"x/y.cpp", "../../z.cpp", Kind::symbolic_link}}), HasSubstr("is a link to"));
  EXPECT_THAT(refusal("c.tar", {{"a.cpp", "../solutions/10_convnet/a.cpp", Kind::hard_link}}),
              HasSubstr("is a link to"));
  EXPECT_THAT(refusal("d.zip", {{"a.cpp", "/etc/passwd", Kind::symbolic_link}}), HasSubstr("is a link to"));
}

TEST_F(Archive, NeverGoesThroughALinkThatStaysInside) {
  EXPECT_THAT(read("a.tar", {{"latest", "a", Kind::symbolic_link},
                             {"a/one.cpp", "1"},
                             {"a/two.cpp", "a/one.cpp", Kind::hard_link},
                             {"a/three.cpp", "one.cpp", Kind::symbolic_link}}),
              ElementsAre(Pair("a/one.cpp", "1"), Pair("a/two.cpp", "1")));
}

TEST_F(Archive, RefusesAHardLinkToNothing) {
  EXPECT_THAT(refusal("a.tar", {{"a.cpp", "b.cpp", Kind::hard_link}}), HasSubstr("a file that is not there"));
}

TEST_F(Archive, RefusesDevicesAndPipes) {
  EXPECT_THAT(refusal("a.tar", {{"a.cpp", "", Kind::device}}), HasSubstr("is a device"));
  EXPECT_THAT(refusal("b.tar", {{"a.cpp", "", Kind::pipe}}), HasSubstr("is a device or a pipe"));
}

TEST_F(Archive, RefusesAFileThatStandsThereTwice) {
  EXPECT_THAT(refusal("a.zip", {{"a/b.cpp", "right"}, {"./a//b.cpp", "wrong"}}),
              HasSubstr("\"a/b.cpp\" stands there twice"));
}

TEST_F(Archive, RefusesTooManyEntries) {
  SourceLimits limits;
  limits.entries = 100;
  std::vector<Entry> entries(101, Entry{"a", "", Kind::folder});
  EXPECT_THAT(refusal("a.tar.gz", entries, limits), HasSubstr("more than 100 files"));
  entries.pop_back();
  EXPECT_TRUE(read("b.tar.gz", entries, limits).empty());
}

TEST_F(Archive, RefusesFoldersInsideFoldersWithoutEnd) {
  std::string deep = "a.cpp";
  for (int i = 0; i < 200; ++i) deep = "a/" + deep;
  EXPECT_THAT(refusal("a.tar", {{deep, "x"}}), HasSubstr("folders deep"));
}

TEST_F(Archive, RefusesASourceFileThatIsTooLarge) {
  EXPECT_THAT(refusal("a.zip", {{"a.cpp", std::string((1 << 20) + 1, ' ')}}),
              HasSubstr("\"a.cpp\" is larger than 1024 KiB"));
  EXPECT_EQ(read("b.zip", {{"a.cpp", std::string(1 << 20, ' ')}}).size(), 1U);
}

TEST_F(Archive, RefusesManySourceFilesThatAreTooLargeTogether) {
  std::vector<Entry> entries;
  for (int i = 0; i < 17; ++i) entries.push_back({std::to_string(i) + ".cpp", std::string(1 << 20, 'x')});
  EXPECT_THAT(refusal("a.tar.gz", entries), HasSubstr("larger than 16 MiB together"));
}

TEST_F(Archive, RefusesABombByItsRatioAndByItsSize) {
  const std::string zeros(40 << 20, '\0');
  EXPECT_THAT(refusal("a.tar.gz", {{"zeros.bin", zeros}, {"a.cpp", "x"}}),
              HasSubstr("more than 100 times its own size"));
  EXPECT_THAT(refusal("b.zip", {{"zeros.bin", zeros}, {"a.cpp", "x"}}), HasSubstr("more than 100 times its own size"));
  SourceLimits limits;
  limits.unpacked_bytes = 1 << 20;
  EXPECT_THAT(refusal("c.tar", {{"zeros.bin", zeros}}, limits), HasSubstr("unpacks to more than 1 MiB"));
}

TEST_F(Archive, RefusesAnArchiveInsideAnArchiveUnlessThereAreFilesBeside) {
  const std::string inner = read_file(written("inner.zip", {{"a.cpp", "x"}}));
  EXPECT_EQ(refusal("a.zip", {{"inner.zip", inner}}),
            "a.zip: \"inner.zip\" is an archive inside the archive: hand in the C++ files themselves");
  EXPECT_EQ(read("b.zip", {{"inner.zip", inner}, {"a.cpp", "x"}}).size(), 1U);
}

TEST_F(Archive, RefusesWhatIsDamagedOrNoArchive) {
  const std::string whole = read_file(written("whole.tar.gz", {{"a.cpp", std::string(100'000, 'x')}, {"b.cpp", "y"}}));
  write_file(folder_ / "cut.tar.gz", whole.substr(0, whole.size() / 2));
  write_file(folder_ / "words.zip", "my submission\n");
  write_file(folder_ / "nothing.tar", "");
  const std::string zip = read_file(written("whole.zip", {{"a.cpp", "x"}, {"b.cpp", std::string(100'000, 'x')}}));
  write_file(folder_ / "cut.zip", zip.substr(0, 60));
  for (const char* name : {"cut.tar.gz", "words.zip", "cut.zip", "nothing.tar"})
    EXPECT_THAT(test::message_of<RefusedFiles>([&] { read_archive(folder_ / name); }),
                AllOf(HasSubstr(name), HasSubstr("it cannot be read as a zip or a tarball")));
}

TEST_F(Archive, ShowsTerminalEscapesInNamesInsteadOfObeyingThem) {
  EXPECT_THAT(refusal("a.tar", {{"/\x1b[2J\xFF.cpp", "x"}}), HasSubstr("\"/\\x1b[2J\\xff.cpp\""));
}

TEST_F(Archive, EndsSoonWhateverByteIsWrong) {
  const std::vector<Entry> entries = {{"x/a.cpp", std::string(3000, 'a')}, {"x/b.hpp", "b"}, {"c.txt", "c"}};
  const auto start = std::chrono::steady_clock::now();
  int refused = 0, read = 0;
  for (const char* name : {"a.zip", "a.tar", "a.tar.gz"}) {
    const std::string whole = read_file(written(name, entries));
    for (std::size_t at = 0; at < std::min<std::size_t>(whole.size(), 900); at += 5) {
      std::string bad = whole;
      bad[at] = static_cast<char>(bad[at] ^ (at % 2 == 0 ? 0xFF : 0x11));
      write_file(folder_ / name, bad);
      try {
        for (const auto& [path, content] : read_archive(folder_ / name)) EXPECT_EQ(path.find(".."), std::string::npos);
        ++read;
      } catch (const RefusedFiles&) {
        ++refused;
      }
    }
  }
  EXPECT_GT(refused, 100);
  EXPECT_GT(read, 10);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(30));
}

TEST(ArchiveName, IsKnownByItsEnding) {
  EXPECT_EQ(without_archive_ending("Jane Doe.TAR.GZ"), "Jane Doe");
  EXPECT_EQ(without_archive_ending("a.b.zip"), "a.b");
  EXPECT_TRUE(is_archive_name("a.rar"));
  EXPECT_FALSE(is_archive_name("a.cpp"));
  EXPECT_FALSE(is_archive_name(".zip")) << "there would be no name left";
}

}  // namespace
}  // namespace handbuilt::grader

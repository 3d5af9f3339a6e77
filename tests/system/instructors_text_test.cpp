// docs/instructors.md, as far as a program can follow it: every command and option it names is there, and its script
// plays. What the commands do is tested where they are.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/file.hpp"
#include "data/image.hpp"
#include "grader/course/process.hpp"
#include "grader/text/lines.hpp"
#include "support/temporary_folder.hpp"
#include "support/virtual_display.hpp"

namespace handbuilt::grader {
namespace {

namespace fs = std::filesystem;
using handbuilt::testing::VirtualDisplay;
using ::testing::HasSubstr;

const fs::path kRoot = HANDBUILT_SOURCE_DIR;

std::string text() { return read_file(kRoot / "docs/instructors.md"); }

/// What stands behind every "./course " of the text, up to the end of the line or of the quotation.
std::vector<std::vector<std::string>> commands() {
  const std::string mark = "./course ", all = text();
  std::vector<std::vector<std::string>> found;
  for (std::size_t at = all.find(mark); at != std::string::npos; at = all.find(mark, at + 1)) {
    const std::size_t begin = at + mark.size();
    found.push_back(words_of(all.substr(begin, all.find_first_of("`\n", begin) - begin)));
  }
  return found;
}

TEST(InstructorsText, NamesCommandsAndOptionsThatThereAre) {
  std::map<std::string, std::string> help;
  for (const std::vector<std::string>& words : commands()) {
    ASSERT_FALSE(words.empty());
    if (!help.contains(words[0])) {
      const Captured shown = capture({{(kRoot / "course").string(), words[0], "--help"}, {}, {}});
      EXPECT_EQ(shown.exit_code, 0) << words[0] << ": " << shown.output;
      help[words[0]] = shown.output;
    }
    for (const std::string& word : words) {
      if (!word.starts_with("--")) continue;
      EXPECT_THAT(help[words[0]], HasSubstr(word.substr(0, word.find('=')))) << words[0];
    }
  }
  EXPECT_GT(help.size(), 6U);
}

TEST(InstructorsText, LinksToWhatIsThere) {
  const std::string all = text();
  int links = 0;
  for (std::size_t at = all.find("]("); at != std::string::npos; at = all.find("](", at + 1)) {
    const std::string target = all.substr(at + 2, all.find(')', at) - at - 2);
    if (target.starts_with('#') || target.starts_with("http")) continue;
    EXPECT_TRUE(fs::exists(kRoot / "docs" / target)) << target;
    ++links;
  }
  EXPECT_GT(links, 1);
}

/// The script that the text shows, with shorter waits.
std::string script() {
  const std::string all = text(), mark = "# lecture.demo\n";
  const std::size_t begin = all.find(mark);
  std::string steps;
  for (const std::string& line : split_lines(all.substr(begin, all.find("```", begin) - begin)))
    steps += (line.starts_with("wait") ? "wait 0.2" : line) + "\n";
  return steps;
}

TEST(InstructorsText, ShowsAScriptThatPlaysOnAProjector) {
  if (!VirtualDisplay::is_available()) GTEST_SKIP() << "Xvfb and xdotool are not installed";
  const VirtualDisplay display(1024, 768);
  const test::TemporaryFolder folder;
  write_file(folder / "lecture.demo", script());
  const Captured played = capture({{"timeout", "60", (kRoot / "course").string(), "demo", "10", "--projector",
                                    "--script", (folder / "lecture.demo").string()},
                                   folder.path(),
                                   {}});
  EXPECT_EQ(played.exit_code, 0) << played.output;
  const Tensor picture = data::read_image(folder / "after-ten-seconds.png", data::Colour::kGrey);
  EXPECT_EQ(picture.shape(), (Shape{1, 1, 768, 1024}));
  EXPECT_LT(picture(0, 0, 760, 4), 0.2F) << "the caption's band";
}

TEST(InstructorsText, HasAScriptsMistakeNamedByItsLine) {
  const test::TemporaryFolder folder;
  write_file(folder / "lecture.demo", "wait 1\njump\n");
  if (!VirtualDisplay::is_available()) GTEST_SKIP() << "Xvfb and xdotool are not installed";
  const VirtualDisplay display(1024, 768);
  const Captured refused = capture(
      {{"timeout", "60", (kRoot / "course").string(), "demo", "10", "--script", (folder / "lecture.demo").string()},
       {},
       {}});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.output, HasSubstr("lecture.demo:2: expected wait SECONDS"));
}

}  // namespace
}  // namespace handbuilt::grader

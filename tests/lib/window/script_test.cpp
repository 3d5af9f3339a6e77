#include "window/script.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "core/error.hpp"
#include "core/file.hpp"
#include "data/image.hpp"
#include "plot/palette.hpp"
#include "support/message_of.hpp"
#include "support/temporary_folder.hpp"
#include "support/virtual_display.hpp"

namespace handbuilt::window {
namespace {

namespace fs = std::filesystem;
using handbuilt::testing::VirtualDisplay;
using ::testing::HasSubstr;
using Kind = ScriptStep::Kind;

class Script : public ::testing::Test {
 protected:
  fs::path write(const std::string& text) const {
    write_file(folder_ / "lecture.demo", text);
    return folder_ / "lecture.demo";
  }
  [[nodiscard]] std::string refusal(const std::string& text) const {
    return test::message_of<DataError>([&] { read_script(write(text)); });
  }
  test::TemporaryFolder folder_;
};

TEST_F(Script, HasAStepALine) {
  const std::vector<ScriptStep> steps = read_script(
      write("# a lecture\n\nwait 2.5\ncaption  Look: 3 = three \nkey left\nkey space\nkey 7\npress Next digit\n"
            "set learning rate = 0.25\nscreenshot a.png\ncaption\nquit\n"));
  ASSERT_EQ(steps.size(), 10U);
  EXPECT_EQ(steps[0].seconds, 2.5);
  EXPECT_EQ(steps[0].line, 3);
  EXPECT_EQ(steps[1].words, "Look: 3 = three");
  EXPECT_EQ(steps[2].key.key, Key::left);
  EXPECT_EQ(steps[3].key.character, ' ');
  EXPECT_EQ(steps[4].key.character, '7');
  EXPECT_EQ(steps[5].words, "Next digit");
  EXPECT_EQ(steps[6].words, "learning rate");
  EXPECT_EQ(steps[6].value, 0.25);
  EXPECT_EQ(steps[7].picture, folder_ / "a.png");
  EXPECT_EQ(steps[8].words, "");
  EXPECT_EQ(steps[9].kind, Kind::quit);
}

TEST_F(Script, IsRefusedByTheLineThatIsWrong) {
  EXPECT_THAT(refusal("wait 1\njump\n"), HasSubstr("lecture.demo:2: expected wait SECONDS, caption WORDS"));
  EXPECT_THAT(refusal("wait\n"), HasSubstr(":1: expected wait SECONDS, got \"wait\""));
  for (const char* wrong : {"wait long", "wait -1", "wait nan", "key", "key F13", "key ab", "press", "set x", "set = 3",
                            "set x = y", "screenshot", "quit now"})
    EXPECT_THAT(refusal(wrong), HasSubstr("lecture.demo:1: expected ")) << wrong;
}

TEST_F(Script, IsRefusedWhenItIsNotThere) {
  EXPECT_THROW(Window({.headless = true, .script = folder_ / "nowhere"}), DataError);
}

/// What a window with a button, a switch and a slider saw of a script.
struct Seen {
  int presses = 0;
  bool on = false;
  double rate = 0;
  std::string typed;
  int frames = 0;
  int chosen = 0, choices = 0;
};

Seen play(const fs::path& script) {
  constexpr int kMostFrames = 600;
  Seen seen;
  Window window({.width = 640, .height = 480, .headless = true, .script = script});
  while (window.next_frame() && ++seen.frames < kMostFrames) {
    for (const Event& event : window.events()) seen.typed += event.character;
    if (window.needs_painting()) window.paint({640, 480, "", "", {}});
    Panel panel(window, "controls", {0, 0, 600, 40});
    if (panel.button("Next")) ++seen.presses;
    panel.toggle("framed", seen.on);
    panel.slider("rate", seen.rate, 0, 1);
    if (panel.choice("which", {"first", "second", "third"}, seen.chosen, 100)) ++seen.choices;
  }
  EXPECT_LT(seen.frames, kMostFrames);
  return seen;
}

TEST_F(Script, DoesWhatAUserWould) {
  const Seen seen = play(write("key a\npress Next\npress framed\nset rate = 0.25\npress Next\nkey b\nquit\n"));
  EXPECT_EQ(seen.presses, 2);
  EXPECT_TRUE(seen.on);
  EXPECT_EQ(seen.rate, 0.25);
  EXPECT_EQ(seen.typed, "ab");
}

TEST_F(Script, ChoosesFromAListByNumber) {
  const Seen seen = play(write("set which = 1\nset which = 1\nset which = 7\nquit\n"));
  EXPECT_EQ(seen.chosen, 2) << "beyond its end: the last";
  EXPECT_EQ(seen.choices, 2) << "the same again is no change";
}

TEST_F(Script, WaitsAsLongAsItSays) {
  const auto began = std::chrono::steady_clock::now();
  play(write("wait 0.3\nquit\n"));
  EXPECT_GE(std::chrono::steady_clock::now() - began, std::chrono::milliseconds(300));
}

TEST_F(Script, NamesTheControlThatIsNotThere) {
  const fs::path script = write("wait 0\npress Nxet\nquit\n");
  EXPECT_THAT(test::message_of<DataError>([&] { play(script); }),
              HasSubstr("lecture.demo:2: the demo shows no control \"Nxet\" now"));
}

TEST_F(Script, WritesTheWindowWithItsCaption) {
  play(write("screenshot before.png\ncaption The untrained network\nscreenshot after.png\nquit\n"));
  const Tensor before = data::read_image(folder_ / "before.png", data::Colour::kGrey),
               after = data::read_image(folder_ / "after.png", data::Colour::kGrey);
  EXPECT_GT(before(0, 0, 470, 5), 0.9F);
  EXPECT_LT(after(0, 0, 470, 5), 0.2F);  // the band along the lower edge
  EXPECT_GT(after(0, 0, 400, 5), 0.9F);
}

TEST(Projector, FillsTheScreenWithLargerTypeAndBlackOnWhite) {
  if (!VirtualDisplay::is_available()) GTEST_SKIP() << "Xvfb and xdotool are not installed";
  const VirtualDisplay display(1280, 800);
  ::setenv("HANDBUILT_PROJECTOR", "1", 1);
  {
    Window window({.title = "projector", .width = 640, .height = 480});
    ASSERT_TRUE(window.next_frame());
    EXPECT_LT(window.width(), 900) << "the page is the smaller, the larger its type";
    EXPECT_GE(window.width(), 800);
    window.paint({window.width(), window.height(), "", "", {plot::Rectangle{0, 0, 50, 50, {}}}});
    const data::ByteTensor pixels = window.pixels();
    EXPECT_EQ(pixels.shape(), (Shape{800, 1280, 3}));
    EXPECT_EQ(pixels(10, 10, 0), 0);
    EXPECT_EQ(pixels(790, 1270, 0), 255);
  }
  ::unsetenv("HANDBUILT_PROJECTOR");
}

}  // namespace
}  // namespace handbuilt::window

// Films of a run are read back: the series by the reader of pictures, the animation by one written for the test.
#include "robot_sim/view/film.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>

#include "core/error.hpp"
#include "core/file.hpp"
#include "data/image.hpp"
#include "robot_sim/run/run.hpp"
#include "support/animated_png_reader.hpp"
#include "support/message_of.hpp"
#include "support/temporary_folder.hpp"

namespace handbuilt::robot_sim {
namespace {

namespace fs = std::filesystem;
using test::message_of;
using ::testing::HasSubstr;

/// Two minutes of a robot and a cat in home 3, kept in `folder`.
Trace short_run(const test::TemporaryFolder& folder) {
  RunSetup setup;
  setup.home = std::make_shared<const Home>(home_named("3"));
  setup.minutes = 2;
  setup.options.cat = true;
  run(setup, folder / "run.trace");
  return read_trace(folder / "run.trace");
}

std::uint32_t make_film(Trace trace, const FilmOptions& options) {
  Film film(trace.header.home, Simulator(trace.header.home, trace.header.options), trace.ticks, options);
  const RunResult result = replay_run(std::move(trace), {}, [&film](const Replay& replay) {
    film.observe(replay.command(), replay.patch(), replay.simulator());
  });
  film.finish(result.simulator);
  return film.pictures();
}

std::vector<std::uint8_t> pixels_of(const fs::path& file) {
  const Tensor image = data::parse_image(read_file(file), file.string(), data::Colour::kRgb);
  std::vector<std::uint8_t> rgb;
  for (int y = 0; y < image.shape()[2]; ++y)
    for (int x = 0; x < image.shape()[3]; ++x)
      for (int channel = 0; channel < 3; ++channel)
        rgb.push_back(static_cast<std::uint8_t>(std::lround(255 * image(0, channel, y, x))));
  return rgb;
}

TEST(Film, TheAnimationShowsThePicturesOfTheSeries) {
  const test::TemporaryFolder folder;
  // 120 s in steps of 50 s: at 0, 50, 100 and at the end.
  const FilmOptions options{folder / "series", folder / "film.png", 50, 320};
  EXPECT_EQ(make_film(short_run(folder), options), 4u);
  const std::vector<test::ShownPicture> shown = test::read_animation(read_file(folder / "film.png"));
  ASSERT_EQ(shown.size(), 4u);
  for (int i = 0; i < 4; ++i) {
    const fs::path file = folder / "series" / ("frame_0000" + std::to_string(i) + ".png");
    EXPECT_EQ(shown[static_cast<std::size_t>(i)].rgb, pixels_of(file)) << file;
    EXPECT_EQ(shown[static_cast<std::size_t>(i)].ms,
              i < 3 ? Film::kPicture_ms : Film::kPicture_ms + Film::kLastPicture_ms);
  }
  EXPECT_LE(shown[0].columns, 320);
  EXPECT_LE(shown[0].rows, 320);
  EXPECT_FALSE(fs::exists(folder / "series" / "frame_00004.png"));
}

TEST(Film, DirtGoesWhereTheRobotWas) {
  // The more is clean, the more of the picture has the colour that the floor under the robot's start gets.
  const test::TemporaryFolder folder;
  make_film(short_run(folder), {folder / "series", {}, 40, 400});
  const std::vector<std::uint8_t> first = pixels_of(folder / "series" / "frame_00000.png"),
                                  last = pixels_of(folder / "series" / "frame_00003.png");
  ASSERT_EQ(first.size(), last.size());
  int lighter = 0, darker = 0;
  for (std::size_t i = 0; i < first.size(); i += 3) {
    const auto light = [i](const std::vector<std::uint8_t>& rgb) { return rgb[i] + rgb[i + 1] + rgb[i + 2]; };
    lighter += light(last) > light(first) + 30 ? 1 : 0;
    darker += light(last) < light(first) - 30 ? 1 : 0;
  }
  EXPECT_GT(lighter, 2000);
  EXPECT_LT(darker, lighter / 4) << "robot, cat and way only";
}

TEST(Film, IsTheSameFromTheSameTrace) {
  const test::TemporaryFolder folder;
  const Trace trace = short_run(folder);
  make_film(trace, {{}, folder / "a.png", 30, 200});
  make_film(trace, {{}, folder / "b.png", 30, 200});
  EXPECT_EQ(read_file(folder / "a.png"), read_file(folder / "b.png"));
}

TEST(Film, RefusesWhatItCannotMakeAndLeavesNothing) {
  const test::TemporaryFolder folder;
  const Trace trace = short_run(folder);
  const auto refusal = [&]<class Error>(const FilmOptions& options, Error*) {
    return message_of<Error>([&] { make_film(trace, options); });
  };
  const ValueError* value = nullptr;
  const DataError* data = nullptr;
  for (const double every_s : {0.0, -1.0, 0.01, std::nan("")})
    EXPECT_THAT(refusal({{}, folder / "film.png", every_s, 320}, value), HasSubstr("--every: expected 0.02 s or more"));
  EXPECT_THAT(refusal({folder / "new", {}, 0.02, 320}, value), HasSubstr("--every: 0.02 s would make 6001 pictures"));
  EXPECT_THAT(refusal({folder / "new", {}, 10, 50}, value), HasSubstr("--width: expected pictures of 100 to 2000"));
  EXPECT_FALSE(fs::exists(folder / "new"));
  EXPECT_FALSE(fs::exists(folder / "film.png"));
  EXPECT_THAT(refusal({folder.path(), {}, 10, 320}, data), HasSubstr("expected a new or an empty folder"));
  EXPECT_THAT(refusal({folder / "run.trace" / "x", {}, 10, 320}, data), HasSubstr("cannot make the folder"));
}

TEST(Film, TheCommandRefusesOptionsThatMakeNoPictures) {
  const test::TemporaryFolder folder;
  short_run(folder);
  const std::string words = std::string(HANDBUILT_ROBOT) + " replay " + (folder / "run.trace").string();
  const auto says = [&](const std::string& options) {
    const std::string said = (folder / "said.txt").string();
    const int status = std::system((words + " " + options + " > /dev/null 2> " + said).c_str());
    return std::to_string(WEXITSTATUS(status)) + ": " + read_file(said);
  };
  EXPECT_EQ(says("--every 5"), "2: course: --every and --width: expected --frames or --animation with them\n");
  EXPECT_EQ(says("--animation a.png --screenshot b.png"),
            "2: course: --frames and --animation: expected without --view and --screenshot\n");
  EXPECT_THAT(says("--animation " + (folder / "none" / "a.png").string()), HasSubstr("there is no folder"));
  EXPECT_THAT(says("--frames " + (folder / "made").string() + " --every 60 --width 200"), HasSubstr("0: "));
  EXPECT_TRUE(fs::exists(folder / "made" / "frame_00002.png"));
}

}  // namespace
}  // namespace handbuilt::robot_sim

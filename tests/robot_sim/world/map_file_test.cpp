#include "robot_sim/world/map_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/error.hpp"
#include "core/file.hpp"
#include "core/random.hpp"
#include "data/image.hpp"
#include "robot_sim/simulator/simulator.hpp"
#include "support/message_of.hpp"
#include "support/temporary_folder.hpp"

namespace handbuilt::robot_sim {
namespace {

using test::message_of;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr int kSide = 40;  // pixels: 2 m

std::string yaml(const std::string& image, const std::string& more = "") {
  return "image: " + image +
         "\nresolution: 0.05\norigin: [-1.0, 2.0, 0.0]\nnegate: 0\noccupied_thresh: 0.65\nfree_thresh: 0.196\n" + more;
}

/// A room of 2 x 2 m in grey values: walls 0, floor 254, a strip nobody has seen (205) on the right, a pillar low left.
int grey_at(int x, int row) {
  if (x == 0 || row == 0 || x == kSide - 1 || row == kSide - 1) return 0;
  if (x >= 3 && x < 6 && row >= 34 && row < 37) return 0;
  return x > 34 ? 205 : 254;
}

std::string as_p2() {
  std::string text = "P2 # plain\n# two comments\n40 40\n255\n";
  for (int row = 0; row < kSide; ++row)
    for (int x = 0; x < kSide; ++x) text += std::to_string(grey_at(x, row)) + (x + 1 < kSide ? ' ' : '\n');
  return text;
}

std::string as_p5(int most = 255) {
  std::string text = "P5\n40 40\n" + std::to_string(most) + "\n";
  for (int row = 0; row < kSide; ++row)
    for (int x = 0; x < kSide; ++x) text += static_cast<char>(grey_at(x, row) * most / 255);
  return text;
}

std::string as_png(const std::filesystem::path& path, int channels) {
  data::ByteTensor pixels({kSide, kSide, channels});
  for (int row = 0; row < kSide; ++row)
    for (int x = 0; x < kSide; ++x)
      for (int c = 0; c < channels; ++c)
        pixels(row, x, c) = c == 3 ? std::uint8_t{255} : static_cast<std::uint8_t>(grey_at(x, row));
  data::write_png(path, pixels);
  return read_file(path);
}

Home from_text(const std::string& image, const std::string& description, std::optional<MapPose> start = std::nullopt) {
  return home_from_map(parse_map_description(description, "m.yaml"),
                       data::parse_image(image, "m.pgm", data::Colour::kRgb), "m.yaml", start);
}

TEST(MapFile, EveryFormatGivesTheSameHome) {
  const test::TemporaryFolder folder;
  const Home expected = from_text(as_p2(), yaml("m.pgm"));
  EXPECT_EQ(from_text(as_p5(), yaml("m.pgm")).ground, expected.ground);
  EXPECT_EQ(from_text(as_p5(100), yaml("m.pgm")).ground, expected.ground)
      << "the maximum of a PGM was not taken into account";
  for (const int channels : {1, 3, 4})
    EXPECT_EQ(from_text(as_png(folder / "m.png", channels), yaml("m.png")).ground, expected.ground) << channels;
}

TEST(MapFile, ThresholdsMakeFreeOccupiedAndUnknown) {
  const Home home = from_text(as_p5(), yaml("m.pgm"));
  const int border = 6;
  EXPECT_EQ(home.width, kSide + 2 * border);
  EXPECT_EQ(home.ground[home.cell(border, border + 20)], kObstacle);
  EXPECT_EQ(home.ground[home.cell(border + 20, border + 20)], 0);
  EXPECT_EQ(home.ground[home.cell(border + 36, border + 20)], kUnknown);
  EXPECT_EQ(home.ground[home.cell(2, 2)], kUnknown);
  // The picture's row 35 is near the map's lower edge.
  EXPECT_EQ(home.ground[home.cell(border + 4, border + 4)], kObstacle);
  EXPECT_EQ(home.ground[home.cell(border + 4, border + 35)], 0);
  // Grey 205 is free for whoever draws the line elsewhere.
  std::string lenient = yaml("m.pgm");
  lenient.replace(lenient.find("0.196"), 5, "0.25 ");
  const Home more = from_text(as_p5(), lenient);
  EXPECT_EQ(more.ground[more.cell(border + 36, border + 20)], 0);
}

TEST(MapFile, NegateTurnsBlackIntoFloor) {
  std::string negated = yaml("m.pgm");
  negated.replace(negated.find("negate: 0"), 9, "negate: 1");
  std::string image = as_p5();
  for (std::size_t i = image.size() - kSide * kSide; i < image.size(); ++i)
    image[i] = static_cast<char>(255 - static_cast<unsigned char>(image[i]));
  EXPECT_EQ(from_text(image, negated).ground, from_text(as_p5(), yaml("m.pgm")).ground);
}

TEST(MapFile, ResolutionScalesTheRoom) {
  std::string coarse = yaml("m.pgm");
  coarse.replace(coarse.find("0.05"), 4, "0.10");
  const Home fine = from_text(as_p5(), yaml("m.pgm")), large = from_text(as_p5(), coarse);
  EXPECT_EQ(large.width, kSide + 6);
  EXPECT_NEAR(large.area_m2(large.cleanable_cells) / fine.area_m2(fine.cleanable_cells), 4.0, 0.5);
}

TEST(MapFile, OriginAndYawPlaceTheGridInTheMap) {
  std::string turned = yaml("m.pgm");
  turned.replace(turned.find("0.0]"), 4, "1.5707963]");
  const Home home = from_text(as_p5(), turned);
  // The lower left pixel's corner is 6 cells inside the grid, and stands at the origin.
  const MapPose corner = to_map(home, {0.3f, 0.3f, 0});
  EXPECT_NEAR(corner.x_m, -1.0, 1e-6);
  EXPECT_NEAR(corner.y_m, 2.0, 1e-6);
  // One metre along the picture's rows is one metre up in the map.
  const MapPose along = to_map(home, {1.3f, 0.3f, 0});
  EXPECT_NEAR(along.x_m, -1.0, 1e-6);
  EXPECT_NEAR(along.y_m, 3.0, 1e-6);
  EXPECT_NEAR(along.heading_rad, 1.5707963, 1e-6);
  const Pose back = to_grid(home, along);
  EXPECT_NEAR(back.x_m, 1.3, 1e-5);
  EXPECT_NEAR(back.y_m, 0.3, 1e-5);
  EXPECT_NEAR(back.heading_rad, 0, 1e-6);
}

TEST(MapFile, ReadsTheFilesAndDrives) {
  const test::TemporaryFolder folder;
  write_file(folder / "m.pgm", as_p5());
  write_file(folder / "m.yaml", yaml("m.pgm", "mode: trinary\nwritten_by: somebody\n"));
  Simulator simulator(std::make_shared<const Home>(read_map(folder / "m.yaml")));
  CommandFrame command;
  command.left = command.right = 200;
  for (int tick = 0; tick < 100; ++tick) simulator.step(command);
  EXPECT_GT(simulator.tally().distance_m, 0.15);
}

TEST(MapFile, AStartMayBeGivenInTheMapsFrame) {
  const Home home = from_text(as_p5(), yaml("m.pgm"), MapPose{0.0, 3.0, 0.5});
  EXPECT_NEAR(home.start.x_m, 1.3, 1e-5);
  EXPECT_NEAR(home.start.y_m, 1.3, 1e-5);
  EXPECT_THAT(message_of<DataError>([] {
                (void)from_text(as_p5(), yaml("m.pgm"), MapPose{-0.99, 3.0, 0});
              }),
              AllOf(StartsWith("m.yaml: the start (-0.99"), HasSubstr("inside a wall")));
  EXPECT_THAT(message_of<DataError>([] {
                (void)from_text(as_p5(), yaml("m.pgm"), MapPose{-9, 3.0, 0});
              }),
              HasSubstr("outside the map"));
}

TEST(MapFile, StartsInTheLargestArea) {
  // A wall down the middle-left: the right part is larger.
  std::string image = as_p5();
  for (int row = 0; row < kSide; ++row)
    image[image.size() - kSide * kSide + static_cast<std::size_t>(row * kSide + 12)] = 0;
  const Home home = from_text(image, yaml("m.pgm"));
  EXPECT_GT(home.start.x_m, 0.3f + 0.05f * 13);
}

TEST(MapFile, RefusesWhatIsNoMapInOneLine) {
  const auto refusal = [](const std::string& text) {
    return message_of<DataError>([&] { (void)parse_map_description(text, "m.yaml"); });
  };
  const auto with = [](const std::string& from, const std::string& to) {
    std::string text = yaml("m.pgm");
    return text.replace(text.find(from), from.size(), to);
  };
  EXPECT_EQ(refusal("hello"), "m.yaml: expected the keys of a ROS map (image, resolution, origin, ...)");
  EXPECT_EQ(refusal(with("resolution: 0.05\n", "")), "m.yaml: expected a key \"resolution\"");
  EXPECT_EQ(refusal(with("0.05", "fast")), "m.yaml:2: resolution: expected a number of 0.01 to 0.2, got \"fast\"");
  EXPECT_EQ(refusal(with("0.05", "nan")), "m.yaml:2: resolution: expected a number of 0.01 to 0.2, got \"nan\"");
  EXPECT_EQ(refusal(with("0.05", "-0.05")), "m.yaml:2: resolution: expected a number of 0.01 to 0.2, got \"-0.05\"");
  EXPECT_EQ(refusal(with("[-1.0, 2.0, 0.0]", "3")), "m.yaml:3: origin: expected [x, y, yaw] in metres and radians");
  EXPECT_EQ(refusal(with("negate: 0", "negate: 2")), "m.yaml:4: negate: expected 0 or 1, got \"2\"");
  EXPECT_THAT(refusal(with("0.196", "0.9")), HasSubstr("expected free_thresh to be at most occupied_thresh"));
  EXPECT_THAT(refusal(yaml("m.pgm", "mode: raw\n")), HasSubstr("m.yaml:7: mode: expected \"trinary\", got \"raw\""));
  EXPECT_THAT(refusal("image: [\n"), HasSubstr("not readable as YAML"));
}

TEST(MapFile, NamesTheFileThatIsWrong) {
  const test::TemporaryFolder folder;
  EXPECT_THAT(message_of<DataError>([&] { (void)read_map(folder / "none.yaml"); }), HasSubstr("none.yaml"));
  write_file(folder / "m.yaml", yaml("gone.pgm"));
  EXPECT_THAT(message_of<DataError>([&] { (void)read_map(folder / "m.yaml"); }), HasSubstr("gone.pgm"));
  write_file(folder / "m.yaml", yaml("m.pgm"));
  write_file(folder / "m.pgm", as_p5().substr(0, 500));
  EXPECT_THAT(message_of<DataError>([&] { (void)read_map(folder / "m.yaml"); }),
              AllOf(HasSubstr("m.pgm: expected at least 1600 bytes of pixels")));
  write_file(folder / "m.pgm", "P5 40 40 255\n" + std::string(1600, '\0'));
  EXPECT_THAT(message_of<DataError>([&] { (void)read_map(folder / "m.yaml"); }),
              HasSubstr("m.yaml: there is no free place"));
}

/// One random damage to a text.
void damage(std::string& content, Random& random) {
  if (content.empty()) content = "?";
  const auto at = static_cast<std::size_t>(random.below(static_cast<int>(content.size())));
  switch (random.below(4)) {
    case 0:
      content[at] = static_cast<char>(random.below(256));
      break;
    case 1:
      content.erase(at, static_cast<std::size_t>(1 + random.below(8)));
      break;
    case 2:
      content.insert(at, content.substr(static_cast<std::size_t>(random.below(static_cast<int>(content.size()))), 8));
      break;
    default:
      content.resize(at);
      break;
  }
}

TEST(MapFile, DamagedFilesGiveAHomeOrOneError) {
  Random random(11);
  const std::string description = yaml("m.pgm", "mode: trinary\n");
  const std::string images[] = {as_p2(), as_p5()};
  int homes = 0, refusals = 0;
  for (int i = 0; i < 3000; ++i) {
    std::string text = description, image = images[i % 2];
    for (int k = random.below(3); k >= 0; --k) damage(i % 3 == 0 ? image : text, random);
    try {
      const Home home = from_text(image, text);
      EXPECT_GT(home.cleanable_cells, 0);
      ++homes;
    } catch (const DataError& error) {
      EXPECT_TRUE(std::string(error.what()).starts_with("m.")) << error.what();
      EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos) << error.what();
      ++refusals;
    }
  }
  EXPECT_GT(homes, 100);
  EXPECT_GT(refusals, 100);
}

}  // namespace
}  // namespace handbuilt::robot_sim

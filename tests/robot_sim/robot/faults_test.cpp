#include "robot_sim/robot/faults.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/error.hpp"
#include "core/random.hpp"
#include "support/message_of.hpp"

namespace handbuilt::robot_sim {
namespace {

using test::message_of;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr double kForever = std::numeric_limits<double>::infinity();

std::string refusal(const std::string& text) {
  return message_of<ValueError>([&] { (void)parse_faults(text); });
}

TEST(Faults, ReadsTheWholeGrammar) {
  EXPECT_TRUE(parse_faults("").empty());
  EXPECT_THAT(parse_faults("gyro:stuck:1@30-60,cat:mass:3@100,board:hang@7.5"),
              ElementsAre(Fault{Component::kGyro, FaultType::kStuck, 1, 30, 60},
                          Fault{Component::kCat, FaultType::kMass, 3, 100, kForever},
                          Fault{Component::kBoard, FaultType::kHang, 1, 7.5, kForever}));
  EXPECT_THAT(parse_faults("range_left:garbage@0"),
              ElementsAre(Fault{Component::kRangeLeft, FaultType::kGarbage, 2, 0, kForever}));
}

TEST(Faults, WritesWhatItReads) {
  const std::vector<Fault> all = every_fault(12.25);
  EXPECT_GT(all.size(), 300u);
  EXPECT_EQ(parse_faults(to_string(all)), all);
  EXPECT_EQ(to_string(parse_faults("gyro:off@1.50-2")), "gyro:off@1.5-2");
}

TEST(Faults, SaysWhereAndWhatIsAllowed) {
  EXPECT_THAT(refusal("gyros:off@1"),
              HasSubstr("faults, position 1: expected a component (encoder_left, encoder_right, gyro,"));
  EXPECT_THAT(refusal("gyro:off@1,"), HasSubstr("faults, position 12: expected a component"));
  EXPECT_THAT(refusal("gyro:off@1,"), HasSubstr("got the end"));
  EXPECT_EQ(refusal("gyro@1"), "faults, position 5: expected \":\" and a type, got \"@1\"");
  EXPECT_THAT(refusal("gyro:of@1"), HasSubstr("faults, position 6: expected a type (off, stuck, garbage,"));
  EXPECT_EQ(refusal("gyro:weak@1"),
            "faults, position 6: expected one of off, stuck, garbage, wrong, slow, delayed, intermittent for gyro, got "
            "\"weak@1\"");
  EXPECT_EQ(refusal("cat:off@1"), "faults, position 5: expected one of mass, block for cat, got \"off@1\"");
  EXPECT_EQ(refusal("wheel_left:garbage@1"),
            "faults, position 12: expected one of stuck, delayed, weak, swapped for wheel_left, got \"garbage@1\"");
  EXPECT_EQ(refusal("gyro:stuck:4@1"), "faults, position 12: expected a severity, 1, 2 or 3, got \"4@1\"");
  EXPECT_THAT(refusal("gyro:off:2@1"), HasSubstr("position 9: expected no severity: gyro:off has none"));
  EXPECT_THAT(refusal("gyro:stuck"),
              HasSubstr("position 11: expected \":\" and a severity, or \"@\" and a start, got the end"));
  EXPECT_THAT(refusal("gyro:stuck@x"), HasSubstr("position 12: expected a start in seconds"));
  EXPECT_THAT(refusal("gyro:stuck@1.2.3"), HasSubstr("position 12: expected a start in seconds"));
  EXPECT_THAT(refusal("gyro:stuck@-5"), HasSubstr("position 12: expected a start in seconds"));
  EXPECT_THAT(refusal("gyro:stuck@1-"), HasSubstr("position 14: expected an end in seconds"));
  EXPECT_THAT(refusal("gyro:stuck@9-3"), HasSubstr("position 14: expected an end after the start, got \"3\""));
  EXPECT_THAT(refusal("gyro:stuck@1 cat"), HasSubstr("position 13: expected \",\" or the end, got \" cat\""));
  EXPECT_THAT(refusal("gyro:stuck@99999999999"), HasSubstr("at most 1e7"));
}

TEST(Faults, DamagedTextsGiveFaultsOrOneError) {
  Random random(5);
  int refused = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string text = "encoder_left:delayed:3@12.5-99,cat:block:1@0,link:loss@3,brush:stuck:2@1";
    for (int k = random.below(3); k >= 0; --k) {
      const auto at = static_cast<std::size_t>(random.below(static_cast<int>(text.size())));
      if (random.chance(0.5))
        text[at] = static_cast<char>(random.below(256));
      else
        text.erase(at, 1);
    }
    try {
      for (const Fault& fault : parse_faults(text)) EXPECT_GT(severities(fault.component, fault.type), 0);
    } catch (const ValueError& error) {
      EXPECT_TRUE(std::string(error.what()).starts_with("faults, position ")) << error.what();
      ++refused;
    }
  }
  EXPECT_GT(refused, 5000);
}

TEST(Faults, EverySensorKnowsEveryTypeOfSensorFault) {
  for (int c = 0; c <= static_cast<int>(Component::kCamera); ++c)
    for (const FaultType type : {FaultType::kOff, FaultType::kStuck, FaultType::kGarbage, FaultType::kWrong,
                                 FaultType::kSlow, FaultType::kDelayed, FaultType::kIntermittent})
      EXPECT_GT(severities(static_cast<Component>(c), type), 0)
          << name_of(static_cast<Component>(c)) << ' ' << name_of(type);
}

}  // namespace
}  // namespace handbuilt::robot_sim

#include "similarity/situation_memory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <cmath>
#include <limits>

#include "core/error.hpp"
#include "core/random.hpp"
#include "support/temporary_folder.hpp"

namespace handbuilt::similarity {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using ::testing::ThrowsMessage;

/// A space in which distances are what they are.
Whitener plain_space(Eigen::Index columns) { return {VectorD::Zero(columns), MatrixD::Identity(columns, columns)}; }

VectorD at(double x, double y) { return (VectorD(2) << x, y).finished(); }

/// Turning left (0) pays on the left of the plane, turning right (1) on the right.
SituationMemory two_sides(int capacity = 1000) {
  SituationMemory memory(plain_space(2),
                         {.actions = 2, .capacity = capacity, .neighbours = 10, .familiar_distance = 1});
  Random random(1);
  for (int i = 0; i < 400; ++i) {
    const VectorD place = at(random.uniform(-2, 2), random.uniform(-1, 1));
    const int action = random.below(2);
    memory.store(place, action, ((action == 0) == (place[0] < 0) ? 1.0 : -1.0) + 0.3 * random.normal());
  }
  return memory;
}

TEST(SituationMemory, RecallsWhatPaidInSituationsLikeThis) {
  const SituationMemory memory = two_sides();
  const Recall left = memory.recall(at(-1, 0)), right = memory.recall(at(1, 0));
  EXPECT_EQ(left.best(), 0);
  EXPECT_EQ(right.best(), 1);
  EXPECT_NEAR(left.actions[0].gain, 1, 4 * left.actions[0].standard_error);
  EXPECT_NEAR(left.actions[1].gain, -1, 4 * left.actions[1].standard_error);
  EXPECT_GT(left.actions[0].count, 5);
  EXPECT_LE(left.actions[0].count, 10);
  EXPECT_LT(left.actions[0].standard_error, 0.3);
}

TEST(SituationMemory, SaysWhenItHasNeverSeenAnythingLikeThis) {
  const SituationMemory memory = two_sides();
  const Recall strange = memory.recall(at(0, 40));
  EXPECT_FALSE(strange.familiar);
  EXPECT_EQ(strange.best(), std::nullopt);
  EXPECT_GT(strange.distance, 38);
  EXPECT_TRUE(std::isnan(strange.actions[0].gain));
}

TEST(SituationMemory, CalibratedDistanceKeepsItsRateOfFalseStrangeness) {
  Random random(5);
  double strange = 0;
  for (int trial = 0; trial < 40; ++trial) {
    SituationMemory memory(plain_space(2), {.actions = 1});
    const auto draw = [&] { return at(random.normal(), random.normal()); };
    for (int i = 0; i < 60; ++i) memory.store(draw(), 0, 0);
    MatrixD others(49, 2);
    for (Eigen::Index i = 0; i < 49; ++i) others.row(i) = draw().transpose();
    memory.calibrate(others, 0.1);
    for (int i = 0; i < 100; ++i) strange += memory.recall(draw()).familiar ? 0 : 1;
  }
  EXPECT_NEAR(strange / 4000, 0.1, 0.025);  // the standard deviation of the mean is near 0.007
}

TEST(SituationMemory, EmptyOneDuplicatesAndOneMemoryAreDefined) {
  SituationMemory memory(plain_space(2), {.actions = 2});
  const Recall nothing = memory.recall(at(0, 0));
  EXPECT_FALSE(nothing.familiar);
  EXPECT_EQ(nothing.best(), std::nullopt);
  EXPECT_EQ(nothing.distance, std::numeric_limits<double>::infinity());
  EXPECT_THAT([&] { memory.calibrate(MatrixD::Zero(50, 2), 0.1); }, ThrowsMessage<ShapeError>(HasSubstr("got none")));

  memory.store(at(1, 1), 1, 0.5);
  const Recall one = memory.recall(at(1, 2));
  EXPECT_EQ(one.best(), 1);
  EXPECT_EQ(one.actions[1].gain, 0.5);
  EXPECT_EQ(one.actions[1].count, 1);
  EXPECT_EQ(one.actions[1].standard_error, std::numeric_limits<double>::infinity());
  EXPECT_EQ(one.actions[0].count, 0);

  memory.store(at(1, 1), 1, 1.5);
  const Recall twice = memory.recall(at(1, 1));
  EXPECT_EQ(twice.actions[1].gain, 1);
  EXPECT_EQ(twice.actions[1].count, 2);
  EXPECT_EQ(twice.distance, 0);
}

TEST(SituationMemory, ForgetsWhatIsSaidTwiceAndKeepsWhatIsUnlikeEverything) {
  SituationMemory memory(plain_space(2), {.actions = 2, .capacity = 20, .familiar_distance = 0.5});
  memory.store(at(50, 50), 0, 7);  // rare, and the oldest
  memory.store(at(0, 0), 1, 3);    // another action than those that crowd here
  Random random(2);
  for (int i = 0; i < 300; ++i) {
    memory.store(at(random.normal(), random.normal()), 0, static_cast<double>(i));
    ASSERT_LE(memory.size(), 20);
  }
  EXPECT_EQ(memory.recall(at(50, 50)).actions[0].gain, 7);
  EXPECT_EQ(memory.recall(at(0, 0)).actions[1].gain, 3);
  // Of two that agree the older goes: at one place said again and again, the last word stands.
  SituationMemory small(plain_space(2), {.actions = 1, .capacity = 1});
  for (int i = 0; i < 5; ++i) small.store(at(1, 1), 0, i);
  EXPECT_EQ(small.recall(at(1, 1)).actions[0].gain, 4);
}

TEST(SituationMemory, RefusesWhatIsNoSituationAndStaysAsItWas) {
  SituationMemory memory = two_sides();
  const std::string before = encode_memory(memory);
  const auto refuses = [&](auto&& action, const char* message) {
    EXPECT_THAT(action, ThrowsMessage<Error>(HasSubstr(message)));
    EXPECT_EQ(encode_memory(memory), before);
  };
  refuses([&] { memory.store(VectorD::Zero(3), 0, 0); }, "expected a situation [2], got [3]");
  refuses([&] { memory.store(at(0, std::nan("")), 0, 0); }, "got nan in column 1");
  refuses([&] { memory.store(at(0, 0), 2, 0); }, "expected an action of 0 to 1, got 2");
  refuses([&] { memory.store(at(0, 0), 0, INFINITY); }, "a gain that is finite");
  refuses([&] { (void)memory.recall(at(INFINITY, 0)); }, "got inf in column 0");
  EXPECT_THAT([] { SituationMemory(plain_space(1), {.capacity = 0}); },
              ThrowsMessage<ValueError>(HasSubstr("capacity of at least 1, got 0")));
}

TEST(MemoryFile, BringsBackEveryBitAndGoesOnAlike) {
  const test::TemporaryFolder folder;
  SituationMemory memory = two_sides(100);
  save_memory(folder.path() / "a.memory", memory);
  SituationMemory loaded = load_memory(folder.path() / "a.memory");
  EXPECT_EQ(encode_memory(loaded), encode_memory(memory));
  Random random(9);
  for (int i = 0; i < 150; ++i) {  // what is forgotten next is the same, too
    const VectorD place = at(random.normal(), random.normal());
    memory.store(place, i % 2, i);
    loaded.store(place, i % 2, i);
  }
  EXPECT_EQ(encode_memory(loaded), encode_memory(memory));
}

TEST(MemoryFile, RefusesEveryPrefixAndEveryChangedByte) {
  SituationMemory memory(plain_space(2), {.actions = 2});
  memory.store(at(1, 2), 1, 3);
  memory.store(at(2, 2), 0, 4);
  const std::string bytes = encode_memory(memory);
  for (std::size_t length = 0; length < bytes.size(); ++length)
    EXPECT_THROW(decode_memory(bytes.substr(0, length), "a"), DataError) << length;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string damaged = bytes;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x10);
    EXPECT_THROW(decode_memory(damaged, "a"), DataError) << i;
  }
  EXPECT_THAT(
      [&] { decode_memory("P5 28 28 255 ", "a.memory"); },
      ThrowsMessage<DataError>(AllOf(StartsWith("a.memory: byte 0"), HasSubstr("Handbuilt situation memory file"))));
}

TEST(MemoryFile, RefusesWhatNoMemoryCanHoldThoughTheChecksumIsRight) {
  SituationMemory memory(plain_space(2), {.actions = 2});
  memory.store(at(1, 2), 1, 3);
  const std::string bytes = encode_memory(memory);
  const auto changed = [&](std::size_t offset, std::uint32_t number) {
    std::string made = bytes;
    for (std::size_t i = 0; i < 4; ++i) made[offset + i] = static_cast<char>(number >> (8 * i));
    const std::size_t content = made.size() - 4;
    const auto sum = ::crc32(0, reinterpret_cast<const Bytef*>(made.data()), static_cast<uInt>(content));
    for (std::size_t i = 0; i < 4; ++i) made[content + i] = static_cast<char>(sum >> (8 * i));
    return made;
  };
  const auto refuses = [&](std::size_t offset, std::uint32_t number, const char* message) {
    EXPECT_THAT([&] { decode_memory(changed(offset, number), "a"); }, ThrowsMessage<DataError>(HasSubstr(message)));
  };
  refuses(20, 0, "expected columns of at least 1");
  refuses(20, 0x7fffffff, "expected columns that fit into the file");
  refuses(24, 0x7fffffff, "expected dimensions that fit into the file");
  refuses(28, 0x7fffffff, "expected at most 10000 actions");
  refuses(32, 0, "expected capacity of at least 1");
  refuses(40, 0x7fffffff, "expected entries that fit into the file");
  refuses(48, 0x7ff00000, "familiar distance holds a value that is not a finite number");
  const std::size_t entry = bytes.size() - 4 - 16 - 8 - 4 - 8;  // place, gain, action, age
  refuses(entry, 5, "the age of entry 0 is none");
  refuses(entry + 8, 2, "expected an action below 2");
}

}  // namespace
}  // namespace handbuilt::similarity

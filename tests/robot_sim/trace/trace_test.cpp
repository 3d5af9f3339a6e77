#include "robot_sim/trace/trace.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/file.hpp"
#include "core/random.hpp"
#include "robot_sim/controllers/bounce.hpp"
#include "robot_sim/trace/layout.hpp"
#include "robot_sim/world/home_generator.hpp"
#include "support/message_of.hpp"
#include "support/temporary_folder.hpp"

namespace handbuilt::robot_sim {
namespace {

using test::message_of;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

/// What could be seen at a tick.
struct Seen {
  SensorFrame frame;
  Pose pose;
  std::uint64_t hash;
};
bool operator==(const Seen& a, const Seen& b) {
  return a.frame == b.frame && a.pose.x_m == b.pose.x_m && a.pose.y_m == b.pose.y_m &&
         a.pose.heading_rad == b.pose.heading_rad && a.hash == b.hash;
}

Seen look(const Simulator& simulator) { return {simulator.frame(), simulator.truth().pose, simulator.state_hash()}; }

class TraceTest : public ::testing::Test {
 protected:
  /// Runs `ticks` with a fault injected and a cat dropped on the way, and returns what was seen at each.
  std::vector<Seen> run(const std::shared_ptr<const Home>& home, int ticks, const RobotOptions& options = {}) {
    const TraceHeader header{home, options, "bounce", static_cast<std::uint32_t>(ticks)};
    TraceWriter writer(path_, header);
    Simulator simulator(home, options);
    BounceController controller(3);
    std::vector<Seen> seen;
    for (int tick = 0; tick < ticks; ++tick) {
      if (tick == 333) {
        const Fault fault = parse_faults("wheel_left:weak:2@7").front();
        simulator.inject(fault);
        writer.inject(fault);
      }
      if (tick == 450) {
        simulator.drop_cat();
        writer.drop_cat();
      }
      const CommandFrame command = controller.step(simulator.frame());
      simulator.step(command);
      static_cast<void>(simulator.patch());  // the camera remembers what it was asked for
      writer.record(command, simulator);
      seen.push_back(look(simulator));
    }
    writer.finish(simulator);
    return seen;
  }
  [[nodiscard]] std::string bytes() const { return read_file(path_); }
  [[nodiscard]] static std::string error_of(const std::string& bytes) {
    return message_of<DataError>([&] {
      Replay replay(parse_trace(bytes, "run.trace"));
      while (replay.step()) {
      }
    });
  }

  test::TemporaryFolder folder_;
  std::filesystem::path path_ = folder_ / "run.trace";
};

TEST_F(TraceTest, ReplaysEveryFrameAndStateToTheLastBit) {
  const auto home = std::make_shared<const Home>(generate_home(7));
  const RobotOptions options{.seed = 5,
                             .faults = parse_faults("gyro:garbage:2@3-9,link:corrupt:2@10"),
                             .delay_s = 0.2f,
                             .delay_drift_s = 0.01f,
                             .cat = true};
  const std::vector<Seen> seen = run(home, 2987, options);
  Replay replay(read_trace(path_));
  EXPECT_TRUE(replay.trace().complete);
  EXPECT_EQ(replay.trace().ticks, 2987u);
  EXPECT_EQ(replay.trace().header.controller, "bounce");
  EXPECT_EQ(replay.trace().header.options.faults, options.faults);
  for (std::size_t tick = 0; tick < seen.size(); ++tick) {
    ASSERT_TRUE(replay.step()) << "tick " << tick;
    ASSERT_TRUE(look(replay.simulator()) == seen[tick]) << "tick " << tick;
  }
  EXPECT_FALSE(replay.step());
  EXPECT_FALSE(replay.step());
}

TEST_F(TraceTest, HoldsTheHomeItself) {
  const Home home = generate_home(11);
  run(std::make_shared<const Home>(home), 10);
  const Home read = *read_trace(path_).header.home;
  EXPECT_EQ(read.ground, home.ground);
  EXPECT_EQ(read.clearance_m, home.clearance_m);
  EXPECT_EQ(read.cleanable.words, home.cleanable.words);
  EXPECT_EQ(read.clutter.size(), home.clutter.size());
  EXPECT_EQ(read.name, home.name);
}

TEST_F(TraceTest, TakesAByteOrTwoForACommandThatRepeats) {
  run(std::make_shared<const Home>(bare_room()), 30'000);  // ten minutes
  // 300 blocks of 28 bytes around their events, and a bump every few seconds.
  EXPECT_LT(bytes().size(), 20'000u);
}

TEST_F(TraceTest, ReplaysUpToTheCutWhereverItIsCut) {
  const std::vector<Seen> seen = run(std::make_shared<const Home>(bare_room(2, 2)), 730);
  const std::string whole = bytes();
  const Trace full = parse_trace(whole, "run.trace");
  ASSERT_EQ(full.blocks.size(), 9u);  // 7 x 100, 30 and the end
  const auto begin = static_cast<std::size_t>(full.blocks.front().events.data() - full.bytes->data()) -
                     trace_layout::kBlockHeaderBytes;
  for (std::size_t size = begin; size < whole.size(); ++size) {
    const Trace cut = parse_trace(whole.substr(0, size), "run.trace");
    ASSERT_FALSE(cut.complete) << size;
    std::size_t whole_blocks = 0;
    for (const Trace::Block& block : full.blocks)
      if (static_cast<std::size_t>(block.events.data() - full.bytes->data()) + block.events.size() +
              trace_layout::kBlockTrailerBytes <=
          size)
        ++whole_blocks;
    ASSERT_EQ(cut.blocks.size(), whole_blocks) << size;
    if (size % 50 != 0) continue;
    Replay replay(cut);
    std::uint32_t ticks = 0;
    while (replay.step()) ASSERT_TRUE(look(replay.simulator()) == seen[ticks++]);
    ASSERT_EQ(ticks, cut.ticks);
  }
  EXPECT_THAT(error_of(whole.substr(0, begin - 1)), AllOf(StartsWith("run.trace: "), HasSubstr("within its header")));
}

TEST_F(TraceTest, RefusesEveryFileInWhichABitIsFlipped) {
  run(std::make_shared<const Home>(bare_room(2, 2)), 230);
  const std::string whole = bytes();
  Random random(1);
  for (int round = 0; round < 4000; ++round) {
    std::string altered = whole;
    const auto at = static_cast<std::size_t>(random.below(static_cast<int>(whole.size())));
    altered[at] = static_cast<char>(altered[at] ^ (1 << random.below(8)));
    const std::string message = error_of(altered);
    ASSERT_THAT(message, StartsWith("run.trace: ")) << "byte " << at;
    ASSERT_EQ(message.find('\n'), std::string::npos);
  }
}

TEST_F(TraceTest, RefusesWhatIsNoTraceOrOfAnotherVersion) {
  EXPECT_THAT(error_of(""), HasSubstr("expected a trace"));
  EXPECT_THAT(error_of("{\"coverage\": 1}"), HasSubstr("begins with HBTRACE"));
  run(std::make_shared<const Home>(bare_room(2, 2)), 50);
  std::string newer = bytes();
  newer[8] = 2;
  EXPECT_THAT(error_of(newer), HasSubstr("expected a trace of version 1, got version 2"));
  EXPECT_THAT(error_of(bytes() + "x"), HasSubstr("expected nothing after the run's end"));
}

/// Writes a little-endian checksum over [begin, end) behind it.
void restore_checksum(std::string& bytes, std::size_t begin, std::size_t end) {
  const std::uint32_t sum = trace_layout::checksum(std::string_view(bytes).substr(begin, end - begin));
  for (std::size_t i = 0; i < 4; ++i) bytes[end + i] = static_cast<char>(sum >> (8 * i) & 0xff);
}

TEST_F(TraceTest, SurvivesNonsenseBehindChecksumsThatHold) {
  run(std::make_shared<const Home>(bare_room(1, 1)), 130);
  const std::string whole = bytes();
  const Trace trace = parse_trace(whole, "run.trace");
  const auto place = [&](std::string_view part) { return static_cast<std::size_t>(part.data() - trace.bytes->data()); };
  const std::size_t header_end =
      place(trace.blocks[0].events) - trace_layout::kBlockHeaderBytes - trace_layout::kChecksumBytes;
  Random random(2);
  int refused = 0;
  for (int round = 0; round < 3000; ++round) {
    const bool in_header = round % 2 == 0;
    const std::size_t begin = in_header ? trace_layout::kPreludeBytes : place(trace.blocks[0].events);
    const std::size_t end = in_header ? header_end : begin + trace.blocks[0].events.size();
    std::string altered = whole;
    for (int change = 0; change <= random.below(4); ++change)
      altered[begin + static_cast<std::size_t>(random.below(static_cast<int>(end - begin)))] =
          static_cast<char>(random.below(256));
    restore_checksum(altered, begin, in_header ? end : end + 8);  // a block's checksum covers its hash
    try {
      Replay replay(parse_trace(altered, "run.trace"));
      std::uint32_t ticks = 0;
      while (replay.step()) ++ticks;
      EXPECT_EQ(ticks, 130u);  // what was changed did not matter: a name, or a byte that stayed itself
    } catch (const DataError& error) {
      ++refused;
      ASSERT_THAT(error.what(), StartsWith("run.trace: "));
    }
  }
  EXPECT_GT(refused, 2000);
}

TEST_F(TraceTest, NoticesWhenTheSimulatorDoesSomethingElse) {
  run(std::make_shared<const Home>(bare_room(2, 2)), 230);
  Trace trace = read_trace(path_);
  trace.header.options.seed += 1;
  const std::string message = message_of<DataError>([&] {
    Replay replay(trace);
    while (replay.step()) {
    }
  });
  EXPECT_THAT(message, HasSubstr("between 0.0 and 2.0 s the replay differs from the run"));
}

TEST_F(TraceTest, NamesAFileThatCannotBeWritten) {
  path_ = folder_ / "missing" / "run.trace";
  EXPECT_THAT(message_of<DataError>([&] { run(std::make_shared<const Home>(bare_room(2, 2)), 1); }),
              AllOf(HasSubstr("missing/run.trace: cannot write the file"), HasSubstr("No such file")));
}

}  // namespace
}  // namespace handbuilt::robot_sim

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "core/random.hpp"
#include "exercise.hpp"
#include "grader/judge/answer_reader.hpp"
#include "grader/protocol/codec.hpp"
#include "grader/protocol/frame.hpp"
#include "grader/protocol/parts.hpp"
#include "grader/protocol/signature.hpp"

namespace handbuilt::grader {
namespace {

enum class Colour : std::uint8_t { red, green };

struct Inner {
  double x = 0;
  std::string text;
  friend bool operator==(const Inner&, const Inner&) = default;
};
HANDBUILT_FIELDS(Inner, x, text)

struct Everything {
  bool truth = false;
  int whole = 0;
  std::int64_t large = 0;
  float single = 0;
  Colour colour = Colour::red;
  Shape shape;
  Tensor tensor;
  TensorD tensor_d;
  std::vector<bool> truths;
  std::vector<Inner> inners;
  std::vector<std::vector<int>> table;
  std::pair<int, std::string> pair;
  std::tuple<double, bool> tuple;
  friend bool operator==(const Everything&, const Everything&) = default;
};
HANDBUILT_FIELDS(Everything, truth, whole, large, single, colour, shape, tensor, tensor_d, truths, inners, table, pair,
                 tuple)

std::string random_text(Random& random) {
  std::string text(static_cast<std::size_t>(random.below(20)), ' ');
  for (char& c : text) c = static_cast<char>(random.below(256));
  return text;
}

Everything random_value(Random& random) {
  Everything value;
  value.truth = random.chance(0.5);
  value.whole = static_cast<int>(random.bits());
  value.large = static_cast<std::int64_t>(random.bits());
  value.single = static_cast<float>(random.normal());
  value.colour = random.chance(0.5) ? Colour::red : Colour::green;
  value.shape = Shape{random.below(5), random.below(5)};
  value.tensor = Tensor({random.below(4), random.below(4), random.below(4)});
  for (float& v : value.tensor) v = static_cast<float>(random.normal());
  value.tensor_d = TensorD({random.below(9)});
  for (double& v : value.tensor_d) v = random.normal();
  for (int i = random.below(9); i > 0; --i) value.truths.push_back(random.chance(0.5));
  for (int i = random.below(5); i > 0; --i) value.inners.push_back({random.normal(), random_text(random)});
  for (int i = random.below(5); i > 0; --i) value.table.emplace_back(static_cast<std::size_t>(random.below(4)), i);
  value.pair = {random.below(100), random_text(random)};
  value.tuple = {random.uniform(), random.chance(0.5)};
  return value;
}

std::string bytes_of(const Everything& value) {
  ByteWriter out;
  write_value(out, value);
  return std::move(out).take();
}

TEST(Codec, BringsEveryValueBackAsItWas) {
  Random random(1, "codec");
  for (int trial = 0; trial < 500; ++trial) {
    const Everything value = random_value(random);
    const std::string bytes = bytes_of(value);
    ByteReader in(bytes);
    EXPECT_EQ(read_value<Everything>(in), value);
    EXPECT_NO_THROW(in.require_end());
  }
}

TEST(Codec, RefusesEveryTruncation) {
  Random random(2, "codec");
  const std::string bytes = bytes_of(random_value(random));
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    ByteReader in(std::string_view(bytes).substr(0, length));
    EXPECT_THROW((void)read_value<Everything>(in), ProtocolError) << length;
  }
}

TEST(Codec, ReadsMutatedBytesOrRefusesThem) {
  Random random(3, "codec");
  int refused = 0;
  constexpr int kTrials = 100'000;
  std::string bytes = bytes_of(random_value(random));
  for (int trial = 0; trial < kTrials; ++trial) {
    if (trial % 1000 == 0) bytes = bytes_of(random_value(random));
    std::string mutated = bytes;
    for (int i = random.below(4); i >= 0; --i)
      mutated[static_cast<std::size_t>(random.below(static_cast<int>(mutated.size())))] =
          static_cast<char>(random.chance(0.3) ? 255 : random.below(256));
    try {
      ByteReader in(mutated);
      const auto value = read_value<Everything>(in);
      in.require_end();
      EXPECT_EQ(bytes_of(value).size(), mutated.size());
    } catch (const ProtocolError&) {
      ++refused;
    }
  }
  EXPECT_GT(refused, 0);
  EXPECT_LT(refused, kTrials);
}

/// HANDBUILT_FUZZ_FRAMES, or a number that takes no time.
int frames_to_try() {
  const char* text = std::getenv("HANDBUILT_FUZZ_FRAMES");
  return text == nullptr ? 20'000 : std::atoi(text);
}

/// What a hostile worker might send instead of `frame`.
std::string tampered(const std::string& frame, Random& random) {
  std::string bytes = frame;
  const auto at = [&] { return static_cast<std::size_t>(random.below(static_cast<int>(bytes.size()))); };
  switch (random.below(8)) {
    case 0:  // truncated
      bytes.resize(at());
      break;
    case 1:  // twice, or followed by a piece of itself
      bytes += bytes.substr(at());
      break;
    case 2:  // another length, nonce or kind
      bytes[static_cast<std::size_t>(random.below(kFrameHeaderSize))] = static_cast<char>(random.below(256));
      break;
    default:  // other bytes in what is answered
      for (int i = random.below(6); i >= 0; --i)
        bytes[std::max(at(), std::size_t{kFrameHeaderSize} % bytes.size())] =
            static_cast<char>(random.chance(0.3) ? 255 : random.below(256));
  }
  return bytes;
}

/// Reads an answer as the judge does; says what became of it.
enum class Fate { waits, meddles, refused, read };
Fate fate_of(const std::string& bytes, const FrameHeader& call, Random& random) {
  AnswerReader reader;
  reader.expect(call);
  std::optional<Reply> reply;
  for (std::size_t begin = 0; begin < bytes.size() && !reply;) {  // in pieces, as they come
    const std::size_t size = random.chance(0.5) ? bytes.size() : 1 + static_cast<std::size_t>(random.below(64));
    if (!reader.take(std::string_view(bytes).substr(begin, size))) break;
    begin += size;
    reply = reader.finished();
  }
  if (!reply) return Fate::waits;
  if (reply->kind == Reply::Kind::meddled) return Fate::meddles;
  try {
    ByteReader in(reply->payload);
    if (reply->frame == FrameKind::threw) {
      (void)read_value<ThrownKind>(in);
      (void)read_value<std::string>(in);
      (void)read_value<std::string>(in);
    } else {
      const auto value = read_value<Everything>(in);
      EXPECT_LE(bytes_of(value).size(), bytes.size());
    }
    in.require_end();
  } catch (const ProtocolError&) {
    return Fate::refused;
  }
  return Fate::read;
}

TEST(AnswerReader, ReadsRefusesOrWaitsForWhateverAWorkerSends) {
  Random random(4, "answers");
  std::map<Fate, int> fates;
  FrameHeader call{FrameKind::call, 0, 0, 0};
  std::string frame;
  for (int trial = 0; trial < frames_to_try(); ++trial) {
    if (trial % 50 == 0) {
      call.nonce = random.bits();
      call.sequence = static_cast<std::uint64_t>(trial);
      FrameHeader answer = call;
      answer.kind = random.chance(0.8) ? FrameKind::returned : FrameKind::threw;
      ByteWriter thrown;
      write_value(thrown, ThrownKind::index_error);
      write_value(thrown, random_text(random));
      write_value(thrown, random_text(random));
      frame = encode_frame(answer, answer.kind == FrameKind::threw ? thrown.bytes() : bytes_of(random_value(random)));
      EXPECT_EQ(fate_of(frame, call, random), Fate::read);
    }
    ++fates[fate_of(tampered(frame, random), call, random)];
  }
  for (const Fate fate : {Fate::waits, Fate::meddles, Fate::refused, Fate::read}) EXPECT_GT(fates[fate], 0);
}

TEST(Codec, RefusesACountThatTheBytesCannotHold) {
  ByteWriter out;
  write_value(out, std::uint64_t{1} << 60);
  ByteReader in(out.bytes());
  EXPECT_THROW((void)read_value<std::vector<Tensor>>(in), ProtocolError);
  ByteReader again(out.bytes());
  EXPECT_THROW((void)read_value<std::string>(again), ProtocolError);
}

TEST(Codec, RefusesATensorThatClaimsMoreThanFollows) {
  ByteWriter out;
  for (const int number : {4, 30000, 30000, 30000, 30000}) write_value(out, number);
  ByteReader in(out.bytes());
  EXPECT_THROW((void)read_value<Tensor>(in), ProtocolError);
}

TEST(Codec, RefusesABoolThatIsNeither) {
  ByteReader in("\x02");
  EXPECT_THROW((void)read_value<bool>(in), ProtocolError);
}

TEST(Frame, RepeatsKindNonceSequenceAndLength) {
  const std::string frame = encode_frame({FrameKind::threw, 11, 22, 0}, "abc");
  const FrameHeader header = decode_frame_header(std::string_view(frame).substr(0, kFrameHeaderSize));
  EXPECT_EQ(header.kind, FrameKind::threw);
  EXPECT_EQ(header.nonce, 11u);
  EXPECT_EQ(header.sequence, 22u);
  EXPECT_EQ(header.length, 3u);
  EXPECT_EQ(frame.size(), kFrameHeaderSize + 3);
}

TEST(Frame, RefusesAnyHeadThatIsShortOrHasAWrongMarkOrKind) {
  const std::string good = encode_frame({FrameKind::call, 1, 1, 0}, "");
  for (std::size_t length = 0; length < good.size(); ++length)
    EXPECT_THROW((void)decode_frame_header(std::string_view(good).substr(0, length)), ProtocolError);
  for (std::size_t byte = 0; byte < 8; ++byte) {
    std::string bad = good;
    bad[byte] = '\x7f';
    EXPECT_THROW((void)decode_frame_header(bad), ProtocolError) << byte;
  }
}

TEST(Frame, RefusesALengthAboveTheLimit) {
  std::string frame = encode_frame({FrameKind::call, 1, 1, 0}, "");
  frame.back() = '\x7f';  // the highest byte of the length
  EXPECT_THROW((void)decode_frame_header(frame), ProtocolError);
}

double scale(double factor, std::vector<double>& values, const int& unchanged) {
  for (double& value : values) value *= factor * unchanged;
  return factor;
}

TEST(Signature, BringsBackOnlyWhatTheFunctionMayChange) {
  using S = Signature<decltype(scale)>;
  S::Arguments arguments{2, {1, 2}, 3};
  EXPECT_EQ(S::invoke(scale, arguments), 2);
  ByteWriter out;
  S::write_changed(out, arguments);
  double factor = 0;
  std::vector<double> values;
  int unchanged = 7;
  ByteReader in(out.bytes());
  S::read_changed(in, factor, values, unchanged);
  EXPECT_EQ(values, (std::vector<double>{6, 12}));
  EXPECT_EQ(unchanged, 7);
  EXPECT_NO_THROW(in.require_end());
}

TEST(Parts, NamesTheMembersOfStructsByTheirPath) {
  const Parts parts = parts_of(std::vector<Inner>{{1, "a"}}, "rows");
  ASSERT_EQ(parts.size(), 3u);
  EXPECT_EQ(parts[0].name, "rows.size");
  EXPECT_EQ(parts[1].name, "rows[0].x");
  EXPECT_EQ(parts[2].name, "rows[0].text");
}

TEST(Parts, ShowsRowsAndShortensLongContents) {
  EXPECT_EQ(show_part(parts_of(Tensor({2, 2}, {1, 2, 3, 4})).at(0)), "[2, 2] {1, 2; 3, 4}");
  EXPECT_EQ(show_part(parts_of(Tensor(Shape{100})).at(0), 2), "[100] {0, 0, ...}");
}

TEST(Parts, ShowsASmallTensorWholeAndOnlyAFewNumbersOfALargeOne) {
  const auto zeros_shown = [](int count) {
    const std::string text = show_part(parts_of(Tensor(Shape{count})).at(0));
    return std::count(text.begin(), text.end(), '0') - std::count(text.begin(), text.begin() + 4, '0');
  };
  EXPECT_EQ(zeros_shown(59), 59);
  EXPECT_LT(zeros_shown(999), 10);
}

TEST(Parts, FallsBackToNumbersForArgumentsWithoutAName) {
  const Parts parts = parts_of_arguments(std::tuple<int, int>(1, 2), "first");
  EXPECT_EQ(parts.at(0).name, "first");
  EXPECT_EQ(parts.at(1).name, "argument 2");
}

}  // namespace
}  // namespace handbuilt::grader

#include "nn/model_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <cmath>
#include <cstring>
#include <filesystem>

#include "core/error.hpp"
#include "core/file.hpp"
#include "toy_problem.hpp"

namespace handbuilt::nn {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;
using ::testing::ThrowsMessage;
using toy::weights_of;

Sequential<float> tiny_network(std::uint64_t seed, int outputs = 2) {
  Random random(seed);
  Sequential<float> network;
  network.add<Dense>(DenseOptions{.inputs = 3, .outputs = outputs}, random);
  return network;
}

/// Puts `number` into `bytes`, least significant byte first.
template <class Unsigned>
std::string with_number(std::string bytes, std::size_t offset, Unsigned number) {
  for (std::size_t i = 0; i < sizeof number; ++i) bytes[offset + i] = static_cast<char>(number >> (8 * i));
  return bytes;
}

/// Makes length and checksum right again, as an attacker or a buggy writer would.
std::string resealed(std::string bytes) {
  bytes = with_number(std::move(bytes), 12, std::uint64_t{bytes.size()});
  const std::size_t content = bytes.size() - 4;
  const auto sum = ::crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(content));
  return with_number(std::move(bytes), content, static_cast<std::uint32_t>(sum));
}

/// Loading `bytes` fails with this message and leaves the network as it was.
void expect_refused(const std::string& bytes, const std::string& message) {
  Sequential<float> network = tiny_network(2);
  EXPECT_THAT([&] { decode_model(bytes, "some.model", network); },
              ThrowsMessage<DataError>(::testing::AllOf(StartsWith("some.model: byte "), HasSubstr(message))));
  EXPECT_EQ(weights_of(network), weights_of(tiny_network(2)));
}

class ModelFile : public ::testing::Test {
 protected:
  const Sequential<float> network_ = tiny_network(1);
  const std::string bytes_ = encode_model(network_);
  // After the header of 20 bytes and the architecture with its length:
  const std::size_t parameters_at_ = 24 + architecture(network_).size();
  // Number of parameters; name with its length; bytes of a number; rank; two extents.
  const std::size_t first_value_at_ = parameters_at_ + 4 + (4 + std::strlen("weights")) + 4 + 4 + 8;
};

TEST_F(ModelFile, BringsEveryWeightBackBitForBit) {
  Sequential<float> loaded = tiny_network(2);
  decode_model(bytes_, "memory", loaded);
  EXPECT_EQ(weights_of(loaded), weights_of(network_));
}

TEST_F(ModelFile, StoresTheFirstWeightWhereTheFormatSays) {
  const float first = weights_of(network_).front();
  EXPECT_EQ(std::memcmp(bytes_.data() + first_value_at_, &first, sizeof first), 0);
}

TEST_F(ModelFile, GoesThroughAFileOnDisk) {
  const std::filesystem::path path = ::testing::TempDir() + "round_trip.model";
  save_model(path, network_);
  Sequential<float> loaded = tiny_network(2);
  load_model(path, loaded);
  EXPECT_EQ(weights_of(loaded), weights_of(network_));
  EXPECT_EQ(read_file(path), bytes_);
  std::filesystem::remove(path);
}

TEST_F(ModelFile, RefusesAMissingFileByName) {
  Sequential<float> network = tiny_network(2);
  EXPECT_THAT([&] { load_model("/no/such/file.model", network); },
              ThrowsMessage<DataError>(StartsWith("/no/such/file.model: ")));
}

TEST_F(ModelFile, RefusesAFileTruncatedAtAnyByte) {
  for (std::size_t length = 0; length < bytes_.size(); ++length) {
    SCOPED_TRACE(length);
    expect_refused(bytes_.substr(0, length), length < 20 ? "the file ends within the" : "the file is truncated");
  }
}

TEST_F(ModelFile, RefusesADamagedByteAnywhere) {
  for (std::size_t offset = 0; offset < bytes_.size(); ++offset)
    for (const char flip : {'\x01', '\x80', '\xff'}) {
      SCOPED_TRACE(offset);
      std::string damaged = bytes_;
      damaged[offset] = static_cast<char>(damaged[offset] ^ flip);
      expect_refused(damaged, "");
    }
}

TEST_F(ModelFile, RefusesAnotherVersionAndSaysWhatToDo) {
  expect_refused(resealed(with_number(bytes_, 8, std::uint32_t{0})),
                 "byte 8: expected version 1, got 0; train the network again");
}

TEST_F(ModelFile, RefusesWhatIsNoModelAtAll) { expect_refused("P5 28 28 255 ", "not a Handbuilt model file"); }

TEST_F(ModelFile, RefusesTrailingBytes) {
  expect_refused(bytes_ + "x", "byte 12: something follows the model: expected " + std::to_string(bytes_.size()) +
                                   " bytes, got " + std::to_string(bytes_.size() + 1));
  std::string padded = bytes_;
  padded.insert(padded.size() - 4, "abc");
  expect_refused(resealed(padded), "3 bytes follow the last parameter");
}

TEST_F(ModelFile, RefusesAHeaderThatClaimsGigabytes) {
  const std::uint32_t huge = 0xfffffff0u;
  expect_refused(with_number(bytes_, 12, std::uint64_t{5} << 30), "the file is truncated: expected 5368709120 bytes");
  expect_refused(resealed(with_number(bytes_, 20, huge)), "the file ends within the architecture");
  expect_refused(resealed(with_number(bytes_, parameters_at_, huge)), "expected number of parameters 2");
  expect_refused(resealed(with_number(bytes_, parameters_at_ + 4, huge)), "the file ends within the name of parameter");
  expect_refused(resealed(with_number(bytes_, first_value_at_ - 12, huge)), "expected rank of parameter 0 (weights) 2");
}

TEST_F(ModelFile, RefusesAnotherShapeNamingTheExtent) {
  expect_refused(resealed(with_number(bytes_, first_value_at_ - 8, std::uint32_t{3})),
                 "expected extent 0 of parameter 0 (weights) 2, got 3");
}

TEST_F(ModelFile, RefusesAnotherArchitectureNamingBoth) {
  const Sequential<float> wider = tiny_network(1, 5);
  expect_refused(encode_model(wider),
                 "expected architecture \"" + architecture(network_) + "\", got \"" + architecture(wider) + "\"");
}

TEST_F(ModelFile, RefusesDoublesForANetworkOfFloats) {
  Random random(1);
  Sequential<double> network;
  network.add<Dense>(DenseOptions{.inputs = 3, .outputs = 2}, random);
  expect_refused(encode_model(network), "expected bytes of a number in parameter 0 (weights) 4, got 8");
}

TEST_F(ModelFile, RefusesValuesThatAreNotFiniteNamingTheByte) {
  for (const std::uint32_t bits : {0x7fc00000u, 0x7f800000u, 0xff800000u})
    expect_refused(resealed(with_number(bytes_, first_value_at_ + 8, bits)),
                   "byte " + std::to_string(first_value_at_ + 8) + ": parameter 0 (weights) holds a value that is not");
}

TEST_F(ModelFile, IsNotWrittenWhenAWeightIsNotFinite) {
  const std::filesystem::path path = ::testing::TempDir() + "not_finite.model";
  Sequential<float> broken = network_;
  broken.parameters()[1]->value[0] = std::nanf("");
  EXPECT_THAT([&] { save_model(path, broken); },
              ThrowsMessage<ValueError>(HasSubstr("parameter 1 (bias) holds a value that is not a finite number")));
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(ModelFile, SurvivesSeededMutationsWhetherOrNotTheChecksumFits) {
  Random random(20);
  int refused = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string mutant = bytes_;
    for (int edit = random.below(4); edit >= 0; --edit)
      mutant[static_cast<std::size_t>(random.below(static_cast<int>(mutant.size())))] =
          static_cast<char>(random.below(256));
    if (random.chance(0.3)) mutant.resize(static_cast<std::size_t>(random.below(static_cast<int>(mutant.size()) + 1)));
    if (random.chance(0.7) && mutant.size() >= 24) mutant = resealed(mutant);
    Sequential<float> network = tiny_network(2);
    try {
      decode_model(mutant, "mutant", network);
      for (const float weight : weights_of(network)) ASSERT_TRUE(std::isfinite(weight));
    } catch (const DataError&) {
      ++refused;
      ASSERT_EQ(weights_of(network), weights_of(tiny_network(2)));
    }
  }
  EXPECT_GT(refused, 10000);
}

TEST_F(ModelFile, OfDoublesBringsEveryWeightBackBitForBit) {
  Random random(1), other(2);
  Sequential<double> network, loaded;
  network.add<Dense>(DenseOptions{.inputs = 3, .outputs = 2}, random);
  loaded.add<Dense>(DenseOptions{.inputs = 3, .outputs = 2}, other);
  decode_model(encode_model(network), "memory", loaded);
  EXPECT_EQ(loaded.parameters()[0]->value, network.parameters()[0]->value);
}

}  // namespace
}  // namespace handbuilt::nn

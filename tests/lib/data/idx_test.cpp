#include "data/idx.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "core/error.hpp"
#include "core/file.hpp"
#include "data/gzip.hpp"
#include "support/message_of.hpp"
#include "support/temporary_folder.hpp"

namespace handbuilt::data {
namespace {

using test::message_of;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string bytes(std::initializer_list<int> values) {
  std::string text;
  for (const int value : values) text += static_cast<char>(value);
  return text;
}

/// Two images of 2 x 3, byte by byte as the format's description says.
const std::string kTwoImages =
    bytes({0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 0, 1, 2, 3, 4, 5, 250, 251, 252, 253, 254, 255});
const ByteTensor kTwoImagesValues({2, 2, 3}, {0, 1, 2, 3, 4, 5, 250, 251, 252, 253, 254, 255});

std::string refusal(const std::string& content) {
  return message_of<DataError>([&] { (void)parse_idx(content, "digits.idx"); });
}

TEST(Idx, ReadsExtentsAndValuesInFileOrder) { EXPECT_EQ(parse_idx(kTwoImages, "digits.idx"), kTwoImagesValues); }

TEST(Idx, ReadsAGzippedFileWhateverItsName) {
  const test::TemporaryFolder folder;
  write_file(folder / "digits.idx", gzip(kTwoImages));
  EXPECT_EQ(read_idx(folder / "digits.idx"), kTwoImagesValues);
}

TEST(Idx, ReadsLabelsOfOneDimension) {
  EXPECT_EQ(parse_idx(bytes({0, 0, 8, 1, 0, 0, 0, 3, 7, 0, 9}), "labels"), ByteTensor({3}, {7, 0, 9}));
}

TEST(Idx, ReadsAFileWithoutValues) {
  EXPECT_EQ(parse_idx(bytes({0, 0, 8, 2, 0, 0, 0, 0, 0, 0, 0, 5}), "none").shape(), Shape({0, 5}));
}

TEST(Idx, FormatsExactlyTheBytesItReads) { EXPECT_EQ(format_idx(kTwoImagesValues), kTwoImages); }

TEST(Idx, WritesExtentsLargerThanAByteInBigEndianOrder) {
  EXPECT_THAT(format_idx(ByteTensor({0x010203})), StartsWith(bytes({0, 0, 8, 1, 0, 1, 2, 3})));
}

TEST(Idx, WritesWhatItReadsPlainAndGzipped) {
  const test::TemporaryFolder folder;
  for (const char* name : {"digits.idx", "digits.idx.gz"}) {
    write_idx(folder / name, kTwoImagesValues);
    EXPECT_EQ(is_gzip(read_file(folder / name)), std::string(name).ends_with(".gz"));
    EXPECT_EQ(read_idx(folder / name), kTwoImagesValues) << name;
  }
}

TEST(Idx, RefusesAMissingFileByName) {
  EXPECT_THAT(message_of<DataError>([] { (void)read_idx("nowhere/digits.idx"); }),
              AllOf(StartsWith("nowhere/digits.idx: "), HasSubstr("No such file")));
}

TEST(Idx, RefusesAnotherMagicNumberAndShowsIt) {
  EXPECT_EQ(refusal("PNG, honestly"),
            "digits.idx: expected an IDX file, which starts with the bytes 00 00 08, got 50 4e 47");
}

TEST(Idx, RefusesAnotherTypeThanUnsignedBytes) {
  EXPECT_EQ(refusal(bytes({0, 0, 0x0d, 1, 0, 0, 0, 0})),
            "digits.idx: byte 2: expected the type 08 (unsigned bytes), got 0d");
}

TEST(Idx, RefusesRanksThatATensorCannotHave) {
  EXPECT_EQ(refusal(bytes({0, 0, 8, 0})), "digits.idx: byte 3: expected 1 to 4 dimensions, got 0");
  EXPECT_EQ(refusal(bytes({0, 0, 8, 200})), "digits.idx: byte 3: expected 1 to 4 dimensions, got 200");
}

TEST(Idx, RefusesEveryTruncationPlainAndGzipped) {
  const std::string compressed = gzip(kTwoImages);
  for (std::size_t length = 0; length < kTwoImages.size(); ++length)
    EXPECT_THAT(refusal(kTwoImages.substr(0, length)), StartsWith("digits.idx: ")) << length;
  for (std::size_t length = 0; length < compressed.size(); ++length)
    EXPECT_THAT(refusal(compressed.substr(0, length)), StartsWith("digits.idx: ")) << length;
}

TEST(Idx, SaysHowManyBytesAreMissing) {
  EXPECT_EQ(refusal(kTwoImages.substr(0, 20)),
            "digits.idx: expected 28 bytes (a header of 16 and [2, 2, 3] values), got 20");
}

TEST(Idx, RefusesBytesAfterTheValuesPlainAndGzipped) {
  EXPECT_THAT(refusal(kTwoImages + "xyz"), HasSubstr("expected 28 bytes"));
  EXPECT_THAT(refusal(gzip(kTwoImages + "xyz")), HasSubstr("expected 28 bytes after decompression"));
  EXPECT_THAT(refusal(gzip(kTwoImages) + "xyz"), HasSubstr("got 3 more bytes"));
}

TEST(Idx, RefusesAHeaderThatClaimsFiveGigabytesInTwoKilobytes) {
  // 70,000 x 300 x 240 = 5.04e9
  const std::string header = bytes({0, 0, 8, 3, 0, 1, 0x11, 0x70, 0, 0, 1, 0x2c, 0, 0, 0, 0xf0});
  const std::string content = header + std::string(2048 - header.size(), '\0');
  EXPECT_EQ(refusal(content), "digits.idx: the header claims 70000 x 300 x 240 values, expected at most 268435456");
  EXPECT_EQ(refusal(gzip(content)), refusal(content));
}

TEST(Idx, RefusesExtentsWhoseProductOverflows) {
  const std::string every_bit = bytes({255, 255, 255, 255});
  EXPECT_THAT(refusal(bytes({0, 0, 8, 4}) + every_bit + every_bit + every_bit + every_bit), HasSubstr("claims"));
  EXPECT_THAT(refusal(bytes({0, 0, 8, 2, 0, 0, 0, 0}) + every_bit), HasSubstr("claims"));
}

TEST(Idx, RefusesAClaimThatSoFewCompressedBytesCannotHold) {
  // 200 x 1000 x 1000 values are within the limit, but not within a file this small.
  const std::string header = bytes({0, 0, 8, 3, 0, 0, 0, 200, 0, 0, 3, 0xe8, 0, 0, 3, 0xe8});
  EXPECT_THAT(refusal(gzip(header)), HasSubstr("more than"));
}

TEST(Idx, StopsAtTheClaimedSizeWhenAGzipBombGoesOn) {
  const std::string bomb = gzip(kTwoImages + std::string(std::size_t{64} << 20, '\0'));
  ASSERT_LT(bomb.size(), 100'000u);
  EXPECT_EQ(refusal(bomb), refusal(gzip(kTwoImages + "x")));
}

TEST(Idx, RefusesMoreThanTheCallerAllows) {
  EXPECT_NO_THROW((void)parse_idx(kTwoImages, "digits.idx", 12));
  EXPECT_THAT(message_of<DataError>([] { (void)parse_idx(kTwoImages, "digits.idx", 11); }),
              HasSubstr("the header claims 2 x 2 x 3 values, expected at most 11"));
}

TEST(Idx, RefusesAGzipStreamWhoseChecksumOrLengthIsWrong) {
  const std::string good = gzip(kTwoImages);
  for (std::size_t from_end = 1; from_end <= 8; ++from_end) {
    std::string bad = good;
    bad[bad.size() - from_end] = static_cast<char>(bad[bad.size() - from_end] ^ 1);
    EXPECT_THAT(refusal(bad), HasSubstr("damaged gzip stream")) << from_end << " bytes before the end";
  }
}

TEST(Gzip, GivesBackWhatItTookWhateverThePieces) {
  std::string content;
  for (unsigned i = 0; i < 100'000; ++i) content += static_cast<char>(i * i / 7);
  const std::string compressed = gzip(content);
  for (const std::size_t piece : {std::size_t{1}, std::size_t{4095}, std::size_t{4097}, content.size() + 1}) {
    Gunzip stream(compressed, "memory");
    std::string got;
    for (std::string next = stream.read(piece); !next.empty(); next = stream.read(piece)) got += next;
    EXPECT_EQ(got, content) << "in pieces of " << piece;
  }
}

TEST(Gzip, TakesAnEmptyContent) {
  const std::string compressed = gzip("");
  EXPECT_EQ(Gunzip(compressed, "memory").read(10), "");
}

}  // namespace
}  // namespace handbuilt::data

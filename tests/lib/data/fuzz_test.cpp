// Mutation fuzzing with a fixed seed: small valid files, damaged at random. Whatever comes, a reader gives a value or a
// DataError, and takes no more memory than the bytes it was given justify. Run it under the asan preset, where a read
// outside the bytes ends the program.
#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/file.hpp"
#include "core/random.hpp"
#include "data/csv.hpp"
#include "data/gzip.hpp"
#include "data/idx.hpp"
#include "data/image.hpp"
#include "support/allocation_probe.hpp"

namespace handbuilt::data {
namespace {

constexpr int kMutationsPerReader = 10'000;

std::size_t place_in(const std::string& content, Random& random) {
  return static_cast<std::size_t>(random.below(static_cast<int>(content.size())));
}

/// One random damage: a bit flipped, a byte set (often to a telling value), a piece removed, repeated, overwritten by
/// another piece or inserted, or the end cut off.
void damage(std::string& content, Random& random) {
  constexpr unsigned char kTellingBytes[] = {0x00, 0x01, 0x7f, 0x80, 0xff};
  if (content.empty()) content = "?";
  const std::size_t at = place_in(content, random);
  const auto length = static_cast<std::size_t>(1 + random.below(8));
  switch (random.below(7)) {
    case 0:
      content[at] = static_cast<char>(content[at] ^ 1 << random.below(8));
      break;
    case 1:
      content[at] = static_cast<char>(random.below(256));
      break;
    case 2:
      content[at] = static_cast<char>(kTellingBytes[random.below(5)]);
      break;
    case 3:
      content.erase(at, length);
      break;
    case 4:
      content.insert(at, content.substr(place_in(content, random), length));
      break;
    case 5:
      content.replace(at, length, content.substr(place_in(content, random), length));
      break;
    default:
      content.resize(at);
      break;
  }
}

struct Outcomes {
  int values = 0, refusals = 0;
};

/// Calls `read` with damaged versions of `originals`. `read` checks the value it gets; any exception but DataError
/// fails the test, and so does a single block of memory larger than `allowed` says for that many bytes.
Outcomes fuzz(const std::vector<std::string>& originals, std::uint64_t seed,
              const std::function<void(const std::string&)>& read,
              const std::function<std::size_t(std::size_t)>& allowed) {
  Random random(seed);
  Outcomes outcomes;
  for (int i = 0; i < kMutationsPerReader; ++i) {
    std::string content = originals[static_cast<std::size_t>(i) % originals.size()];
    for (int damages = 1 + random.below(4); damages > 0; --damages) damage(content, random);
    test::reset_largest_allocation();
    try {
      read(content);
      ++outcomes.values;
    } catch (const DataError& refusal) {
      EXPECT_TRUE(std::string(refusal.what()).starts_with("fuzzed:")) << refusal.what();
      EXPECT_EQ(std::string(refusal.what()).find('\n'), std::string::npos) << refusal.what();
      ++outcomes.refusals;
    } catch (const std::exception& other) {
      ADD_FAILURE() << "mutation " << i << " of seed " << seed << ": " << other.what();
    }
    EXPECT_LE(test::largest_allocation(), allowed(content.size())) << "mutation " << i << " of seed " << seed;
    if (::testing::Test::HasFailure()) break;
  }
  return outcomes;
}

std::string small_idx() {
  ByteTensor images({3, 4, 5});
  for (std::ptrdiff_t i = 0; i < images.size(); ++i) images[i] = static_cast<std::uint8_t>(i * 4);
  return format_idx(images);
}

constexpr std::size_t kSmallBlocks = 8192;  // messages, the reader's own state and first buffer

TEST(Fuzz, IdxReaderGivesAValueOrADataError) {
  const Outcomes outcomes = fuzz(
      {small_idx(), format_idx(ByteTensor({6}, {5, 0, 4, 1, 9, 2}))}, 1,
      [](const std::string& content) {
        const ByteTensor values = parse_idx(content, "fuzzed");
        EXPECT_LT(values.size(), std::ssize(content));
      },
      [](std::size_t bytes) { return bytes + kSmallBlocks; });
  // Both ends must have been tried, or the mutations are too weak or too strong to test anything.
  EXPECT_GT(outcomes.values, kMutationsPerReader / 100);
  EXPECT_GT(outcomes.refusals, kMutationsPerReader / 100);
}

TEST(Fuzz, GzippedIdxReaderGivesAValueOrADataError) {
  const Outcomes outcomes = fuzz(
      {gzip(small_idx()), gzip(format_idx(ByteTensor({50, 100})))}, 2,
      [](const std::string& content) {
        const ByteTensor values = parse_idx(content, "fuzzed");
        EXPECT_LE(static_cast<std::size_t>(values.size()), Gunzip::kMostExpansion * content.size());
      },
      [](std::size_t bytes) { return Gunzip::kMostExpansion * (bytes + 1) + kSmallBlocks; });
  EXPECT_GT(outcomes.refusals, kMutationsPerReader / 100);
}

TEST(Fuzz, IdxReaderSurvivesDamageBehindAnIntactGzipStream) {
  // Damage inside the stream is nearly always caught by its CRC; here the stream is whole and its content is not.
  const Outcomes outcomes = fuzz(
      {small_idx()}, 3, [](const std::string& content) { (void)parse_idx(gzip(content), "fuzzed"); },
      [](std::size_t) { return 2 * kSmallBlocks; });
  EXPECT_GT(outcomes.values, kMutationsPerReader / 100);
  EXPECT_GT(outcomes.refusals, kMutationsPerReader / 100);
}

TEST(Fuzz, ImageReaderGivesAValueOrADataError) {
  const std::filesystem::path pictures = std::filesystem::path(HANDBUILT_SOURCE_DIR) / "tests/lib/data/pictures";
  std::vector<std::string> originals{"P6 3 2 255\n0123456789abcdefgh", "P5 3 2 255\n012345", "P5 3 1 65535\n012345"};
  for (const char* name : {"colours_palette.png", "colours_16bit.png", "colours_interlaced.png", "colours.jpg",
                           "colours_progressive.jpg", "colours.bmp"})
    originals.push_back(read_file(pictures / name));
  const Outcomes outcomes = fuzz(
      originals, 4,
      [](const std::string& content) {
        const Tensor image = parse_image(content, "fuzzed", Colour::kRgb);
        EXPECT_LE(image.size(), 3 * kMostImagePixels);
      },
      [](std::size_t) { return sizeof(float) * 3 * static_cast<std::size_t>(kMostImagePixels); });
  EXPECT_GT(outcomes.values, kMutationsPerReader / 100);
  EXPECT_GT(outcomes.refusals, kMutationsPerReader / 100);
}

TEST(Fuzz, CsvReaderGivesATableThatReadsBackTheSameOrADataError) {
  // A cell of one byte may become a text of its own, and a vector grows to twice what it needs.
  const std::vector<std::string> originals{
      "date,rain,sky\n2012-01-01,0.0,sun\n2012-01-02,10.9,rain\n2012-01-03,,\n",
      "\xef\xbb\xbfname,\"a \"\"quoted\"\" name\"\r\n\"two\nlines\",1e3\r\n\"x,y\",-2.5\r\n", "a\n1\n\n3"};
  const Outcomes outcomes = fuzz(
      originals, 5,
      [](const std::string& content) {
        const Table table = parse_csv(content, "fuzzed");
        CsvOptions types;
        for (const Column& column : table.columns()) types.types[column.name] = column.type;
        const std::string written = format_csv(table);
        const Table again = parse_csv(written, "fuzzed", types);
        EXPECT_EQ(again.rows(), table.rows());
        EXPECT_EQ(format_csv(again), written);
      },
      [](std::size_t bytes) { return 128 * bytes + kSmallBlocks; });
  EXPECT_GT(outcomes.values, kMutationsPerReader / 100);
  EXPECT_GT(outcomes.refusals, kMutationsPerReader / 100);
}

}  // namespace
}  // namespace handbuilt::data

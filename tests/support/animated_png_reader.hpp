#pragma once

#include <gtest/gtest.h>
#include <zlib.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace handbuilt::test {

/// What a viewer shows at a time: 3 * columns * rows bytes, for so many milliseconds.
struct ShownPicture {
  int columns = 0, rows = 0, ms = 0;
  std::vector<std::uint8_t> rgb;
};

/// Plays an animated PNG as the specification says, for those files that have 8-bit RGBA, no filters, and frames laid
/// over what stands. Everything that does not hold is a failure of the test.
inline std::vector<ShownPicture> read_animation(const std::string& file) {
  const auto number = [](std::string_view bytes, std::size_t at, std::size_t count) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i) value = value << 8 | static_cast<std::uint8_t>(bytes.at(at + i));
    return value;
  };
  std::vector<ShownPicture> shown;
  std::vector<std::uint8_t> canvas;
  std::size_t columns = 0, rows = 0, announced = 0, x = 0, y = 0, wide = 0, high = 0;
  std::uint32_t next_number = 0;
  int ms = 0;
  EXPECT_EQ(file.substr(0, 8), "\x89PNG\r\n\x1a\n");
  for (std::size_t at = 8; at < file.size();) {
    const std::size_t length = number(file, at, 4);
    const std::string body = file.substr(at + 4, length + 4), type = body.substr(0, 4);
    std::string content = body.substr(4);
    EXPECT_EQ(crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size())),
              number(file, at + 8 + length, 4))
        << type;
    at += 12 + length;
    if (type == "IHDR") {
      columns = number(content, 0, 4);
      rows = number(content, 4, 4);
      EXPECT_EQ(number(content, 8, 2), 0x0806u) << "8 bits, RGBA";
      canvas.resize(3 * columns * rows);
    } else if (type == "acTL") {
      announced = number(content, 0, 4);
      EXPECT_EQ(number(content, 4, 4), 0u) << "plays for ever";
    } else if (type == "fcTL") {
      EXPECT_EQ(number(content, 0, 4), next_number++);
      wide = number(content, 4, 4), high = number(content, 8, 4);
      x = number(content, 12, 4), y = number(content, 16, 4);
      EXPECT_EQ(number(content, 22, 2), 1000u);
      EXPECT_EQ(number(content, 24, 2), 1u) << "left standing, laid over";
      ms = static_cast<int>(number(content, 20, 2));
    } else if (type == "IDAT" || type == "fdAT") {
      if (type == "fdAT") {
        EXPECT_EQ(number(content, 0, 4), next_number++);
        content = content.substr(4);
      }
      EXPECT_LE(x + wide, columns);
      EXPECT_LE(y + high, rows);
      std::vector<std::uint8_t> lines(high * (4 * wide + 1));
      uLongf size = lines.size();
      EXPECT_EQ(uncompress(lines.data(), &size, reinterpret_cast<const Bytef*>(content.data()), content.size()), Z_OK);
      EXPECT_EQ(size, lines.size());
      for (std::size_t v = 0; v < high; ++v) {
        const std::uint8_t* line = &lines[v * (4 * wide + 1)];
        EXPECT_EQ(line[0], 0) << "no filter";
        for (std::size_t u = 0; u < wide; ++u)
          if (const std::uint8_t* pixel = line + 1 + 4 * u; pixel[3] == 255)
            std::copy(pixel, pixel + 3, &canvas[3 * ((y + v) * columns + x + u)]);
          else
            EXPECT_TRUE(pixel[3] == 0 && !shown.empty()) << "the first picture is whole";
      }
      shown.push_back({static_cast<int>(columns), static_cast<int>(rows), ms, canvas});
    }
  }
  EXPECT_EQ(shown.size(), announced);
  EXPECT_EQ(file.substr(file.size() - 8, 4), "IEND");
  return shown;
}

}  // namespace handbuilt::test

#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/tensor.hpp"

namespace handbuilt::data {

/// Unsigned bytes in one to four dimensions, as image and label files hold them.
using ByteTensor = BasicTensor<std::uint8_t>;

/// More than any digit file needs (MNIST's 60,000 training images take 45 MiB), less than a laptop's memory.
constexpr std::size_t kLargestIdxBytes = std::size_t{1} << 28;

/// Reads an IDX file of unsigned bytes, plain or gzipped (told apart by content, not by name): MNIST's original
/// `train-images-idx3-ubyte` and its like, and those in datasets/mnist.
///
/// Throws DataError, naming the file, what was expected and what came, when the file is missing, is not IDX, holds
/// another type than unsigned bytes or more than four dimensions, is truncated or damaged, has bytes left over, or
/// would take more than `largest_bytes`. The header is held against the file's size before memory is taken for its
/// values.
///
/// Format: two zero bytes, type 0x08, rank, big-endian 32-bit extents, values (LeCun, Cortes and Burges, 1998).
ByteTensor read_idx(const std::filesystem::path& path, std::size_t largest_bytes = kLargestIdxBytes);

/// The same from memory; `name` stands for the file in messages.
ByteTensor parse_idx(std::string_view content, const std::string& name, std::size_t largest_bytes = kLargestIdxBytes);

/// The bytes of an IDX file.
std::string format_idx(const ByteTensor& values);

/// Writes an IDX file, whole or not at all; gzipped when the name ends in ".gz". Throws DataError when it cannot.
void write_idx(const std::filesystem::path& path, const ByteTensor& values);

}  // namespace handbuilt::data

#pragma once

#include <algorithm>
#include <cstddef>

namespace handbuilt::clustering::detail {

/// Rows cut into chunks, each with sums of its own that are added up in order, and chunks into batches that fit into
/// the second-level cache. The cuts depend on the shapes alone, so that any number of threads gives the same bits.
class Chunks {
 public:
  /// Each chunk holds `sums` sums of `columns` numbers; a row's numbers take `scalar_bytes` each.
  Chunks(int rows, int sums, int columns, std::size_t scalar_bytes) : rows_(rows) {
    constexpr std::ptrdiff_t kCacheBytes = 192 << 10, kSumBytes = 32 << 20, kMostChunks = 32;
    const std::ptrdiff_t row_bytes = std::ptrdiff_t{columns} * static_cast<std::ptrdiff_t>(scalar_bytes);
    batch_rows_ =
        static_cast<int>(std::clamp<std::ptrdiff_t>(kCacheBytes / std::max<std::ptrdiff_t>(row_bytes, 1) / 64, 1, 16)) *
        64;
    const std::ptrdiff_t of_sums = 8 * std::ptrdiff_t{sums} * (columns + 1);
    const auto most = static_cast<int>(std::clamp<std::ptrdiff_t>(kSumBytes / of_sums, 1, kMostChunks));
    const int batches = (rows + batch_rows_ - 1) / batch_rows_;
    chunk_rows_ = (batches + most - 1) / most * batch_rows_;
    count_ = (rows + chunk_rows_ - 1) / chunk_rows_;
  }

  [[nodiscard]] int count() const { return count_; }
  [[nodiscard]] int batch_rows() const { return batch_rows_; }
  [[nodiscard]] int begin(int chunk) const { return chunk * chunk_rows_; }
  [[nodiscard]] int end(int chunk) const { return std::min(rows_, (chunk + 1) * chunk_rows_); }

 private:
  int rows_, batch_rows_ = 0, chunk_rows_ = 0, count_ = 0;
};

}  // namespace handbuilt::clustering::detail

#pragma once

#include <cstddef>
#include <cstring>

/// How a convolution becomes a matrix product: the windows of an image written out as the columns, or the rows, of a
/// matrix, and a gradient of that matrix added back onto the image.
namespace handbuilt::nn {

/// One padded image [channels, height, width] and the windows of `kernel` x `kernel` cells that slide over it, `stride`
/// apart, in rows first_row ... last_row - 1 of windows.
struct Windows {
  int channels = 1, height = 1, width = 1;
  int kernel = 1, stride = 1;
  int first_row = 0, last_row = 0, columns = 0;

  /// Values in a window: channels x kernel x kernel.
  [[nodiscard]] int values() const { return channels * kernel * kernel; }
  /// Windows in these rows.
  [[nodiscard]] int count() const { return (last_row - first_row) * columns; }
  /// The number of the first window, counted over all rows of windows.
  [[nodiscard]] int first() const { return first_row * columns; }
  /// The first value of row `i` of channel `c` of the window at (y, x).
  [[nodiscard]] std::ptrdiff_t offset(int c, int y, int i, int x) const {
    return (std::ptrdiff_t{c} * height + y * stride + i) * width + x * stride;
  }
};

/// Runs of values are copied in whole chunks, which a compiler turns into a few vector moves. A run may thus write up
/// to kChunk - 1 values too many: runs are written in order, so the next run mends it, and buffers (that of the image
/// and that of the matrix) have kChunk values to spare at the end.
inline constexpr int kChunk = 8;

template <class Scalar>
inline void copy_run(const Scalar* from, int length, Scalar* to) {
  for (int i = 0; i < length; i += kChunk) std::memcpy(to + i, from + i, kChunk * sizeof(Scalar));
}

// #region im2col
/// The windows as columns: [values(), count()].
template <class Scalar>
void windows_to_columns(const Windows& windows, const Scalar* image, Scalar* matrix) {
  for (int c = 0; c < windows.channels; ++c)
    for (int i = 0; i < windows.kernel; ++i)
      for (int j = 0; j < windows.kernel; ++j)
        for (int y = windows.first_row; y < windows.last_row; ++y, matrix += windows.columns) {
          const Scalar* cells = image + windows.offset(c, y, i, 0) + j;
          if (windows.stride == 1)
            copy_run(cells, windows.columns, matrix);
          else
            for (int x = 0; x < windows.columns; ++x) matrix[x] = cells[x * windows.stride];
        }
}

/// The windows as rows: [count(), values()].
template <class Scalar>
void windows_to_rows(const Windows& windows, const Scalar* image, Scalar* matrix) {
  for (int y = windows.first_row; y < windows.last_row; ++y)
    for (int x = 0; x < windows.columns; ++x)
      for (int c = 0; c < windows.channels; ++c)
        for (int i = 0; i < windows.kernel; ++i, matrix += windows.kernel)
          copy_run(image + windows.offset(c, y, i, x), windows.kernel, matrix);
}

/// The other way: adds each value of the columns onto the cell of the image that it came from.
template <class Scalar>
void add_columns_to_image(const Windows& windows, const Scalar* matrix, Scalar* image) {
  for (int c = 0; c < windows.channels; ++c)
    for (int i = 0; i < windows.kernel; ++i)
      for (int j = 0; j < windows.kernel; ++j)
        for (int y = windows.first_row; y < windows.last_row; ++y, matrix += windows.columns) {
          Scalar* cells = image + windows.offset(c, y, i, 0) + j;
          if (windows.stride == 1)
            for (int x = 0; x < windows.columns; ++x) cells[x] += matrix[x];
          else
            for (int x = 0; x < windows.columns; ++x) cells[x * windows.stride] += matrix[x];
        }
}
// #endregion im2col

}  // namespace handbuilt::nn

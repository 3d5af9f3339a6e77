// X'X as fast as the machine multiplies. Half of the products is enough, since X'X is symmetric; apart from that this
// is a matrix product like that of gemm_simd.cpp, with one difference that matters for few columns and many rows:
// a block of rows is copied into panels once, and the same panels serve as both factors.
//
// A panel holds three vectors of columns side by side, row after row. A tile of sums, as many rows as a vector has
// lanes times three vectors, stays in registers while it passes down a panel: a row costs three loads, a spread number
// for each of the tile's rows, and three times as many multiply-adds.
// Columns that fill three vectors at most are not copied at all (FewColumns).

#define HWY_DISABLE_PCLMUL_AES

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/gram_simd.cpp"  // this file, compiled once for each instruction set
#include <hwy/cache_control.h>
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "core/gram_simd.hpp"

HWY_BEFORE_NAMESPACE();
namespace handbuilt::detail::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

constexpr int kLanes = static_cast<int>(HWY_LANES(double));
constexpr int kVectors = 3;
constexpr int kPanel = kVectors * kLanes;  // columns of a panel

// The functions that hold a tile are not inlined: constants of their callers would take registers from the sums.

/// The tile of sums in registers: kLanes columns of one panel times the vectors kFirst ... kEnd - 1 of another. Where
/// the two are the same panel, the vectors before kFirst lie below the diagonal; those from kEnd on hold no column.
template <int kFirst, int kEnd>
HWY_NOINLINE void add_tile(const double* left, const double* right, int rows, double* sums, std::ptrdiff_t stride) {
  const hn::ScalableTag<double> lanes;
  using Vector = hn::Vec<decltype(lanes)>;
  Vector sum[kLanes][kVectors];
  for (int i = 0; i < kLanes; ++i) {
    hwy::Prefetch(sums + i * stride + kFirst * kLanes);
    for (int v = kFirst; v < kEnd; ++v) sum[i][v] = hn::Zero(lanes);
  }
  for (int row = 0; row < rows; ++row, left += kPanel, right += kPanel) {
    Vector of_right[kVectors];
    HWY_UNROLL(3)
    for (int v = kFirst; v < kEnd; ++v) of_right[v] = hn::Load(lanes, right + v * kLanes);
    HWY_UNROLL(8)
    for (int i = 0; i < kLanes; ++i) {
      const Vector factor = hn::Set(lanes, left[i]);
      HWY_UNROLL(3)
      for (int v = kFirst; v < kEnd; ++v) sum[i][v] = hn::MulAdd(factor, of_right[v], sum[i][v]);
    }
  }
  for (int i = 0; i < kLanes; ++i)
    for (int v = kFirst; v < kEnd; ++v) {
      double* to = sums + i * stride + v * kLanes;
      hn::Store(hn::Add(hn::Load(lanes, to), sum[i][v]), lanes, to);
    }
}

/// The same for a first and an end that are known only now.
template <int kFirst = 0, int kEnd = kVectors>
void add_tile_between(int first, int end, const double* left, const double* right, int rows, double* sums,
                      std::ptrdiff_t stride) {
  if (first > kFirst) {
    if constexpr (kFirst + 1 < kEnd) add_tile_between<kFirst + 1, kEnd>(first, end, left, right, rows, sums, stride);
  } else if (end < kEnd) {
    if constexpr (kFirst + 1 < kEnd) add_tile_between<kFirst, kEnd - 1>(first, end, left, right, rows, sums, stride);
  } else {
    add_tile<kFirst, kEnd>(left, right, rows, sums, stride);
  }
}

/// Copies rows into panels; what follows the columns of X in a row is the caller's.
class Packer {
 public:
  Packer(const Rows& rows, const double* y, bool ones, const double* weights)
      : rows_(rows),
        y_(y),
        ones_(ones),
        weights_(weights),
        end_(rows.x + (rows.rows - 1) * rows.stride + rows.columns) {}

  /// Rows first ... first + count; panels stand `panel_size` numbers apart, and were all zeros before the first row.
  void pack(int first, int count, double* panels, std::ptrdiff_t panel_size) const {
    for (int i = 0; i < count; ++i) pack_row(first + i, panels + std::ptrdiff_t{i} * kPanel, panel_size);
  }

 private:
  void pack_row(int row, double* to, std::ptrdiff_t panel_size) const {
    const hn::ScalableTag<double> lanes;
    const double* from = rows_.x + row * rows_.stride;
    const double scale = weights_ == nullptr ? 1 : std::sqrt(weights_[row]);
    const auto factor = hn::Set(lanes, scale);
    int column = 0;
    for (int vector = 0; column < rows_.columns; ++vector, column += kLanes) {
      double* place = to + vector / kVectors * panel_size + vector % kVectors * kLanes;
      const int left = rows_.columns - column;
      if (from + column + kLanes <= end_) {
        auto values = hn::LoadU(lanes, from + column);
        if (left < kLanes) values = hn::IfThenElseZero(hn::FirstN(lanes, static_cast<std::size_t>(left)), values);
        hn::Store(weights_ == nullptr ? values : hn::Mul(values, factor), lanes, place);
      } else {
        for (int j = 0; j < left; ++j) place[j] = scale * from[column + j];
      }
    }
    const auto put = [&](int j, double value) { to[j / kPanel * panel_size + j % kPanel] = value; };
    if (y_ != nullptr) put(rows_.columns, scale * y_[row]);
    if (ones_) put(rows_.columns + (y_ != nullptr), scale);
  }

  const Rows& rows_;
  const double* y_;
  bool ones_;
  const double* weights_;
  const double* end_;
};

/// Copies some columns of the rows, less their means, into panels like those of Packer.
class CentredPacker {
 public:
  CentredPacker(const Rows& rows, const int* columns, const double* mean, int count)
      : rows_(rows), columns_(columns), mean_(mean), count_(count) {}

  void pack(int first, int count, double* panels, std::ptrdiff_t panel_size) const {
    for (int i = 0; i < count; ++i)
      pack_row(rows_.x + (first + i) * rows_.stride, panels + std::ptrdiff_t{i} * kPanel, panel_size);
  }

 private:
  void pack_row(const double* from, double* to, std::ptrdiff_t panel_size) const {
    const hn::ScalableTag<double> lanes;
    for (int j = 0; j < count_; j += kLanes) {
      double* place = to + j / kPanel * panel_size + j % kPanel;
      const int* column = columns_ + j;
      const int left = std::min(kLanes, count_ - j);
      if (left == kLanes && column[kLanes - 1] - column[0] == kLanes - 1) {  // side by side
        hn::Store(hn::Sub(hn::LoadU(lanes, from + column[0]), hn::LoadU(lanes, mean_ + j)), lanes, place);
      } else {
        for (int i = 0; i < left; ++i) place[i] = from[column[i]] - mean_[j + i];
      }
    }
  }

  const Rows& rows_;
  const int* columns_;
  const double* mean_;
  int count_;
};

/// For so few columns that they and y fill at most three vectors: rows are read where they stand, and only the last
/// vector of each, what is left of the columns beside y and 1, is made aside.
class FewColumns {
 public:
  FewColumns(const Rows& rows, const double* y, bool ones)
      : rows_(rows),
        y_(y),
        size_(rows.columns + (y != nullptr) + ones),
        vectors_((size_ + kLanes - 1) / kLanes),
        end_(rows.x + (rows.rows - 1) * rows.stride + rows.columns) {}

  /// Whether all vectors but the last hold columns of X alone, and three are enough.
  [[nodiscard]] bool suits() const { return vectors_ <= kVectors && rows_.columns >= (vectors_ - 1) * kLanes; }

  /// Sums [size, kPanel]: the products of the rows, on the diagonal and right of it.
  void add(double* sums) {
    for (int first = 0; first < rows_.rows; first += kBlockRows) {
      const int count = std::min(kBlockRows, rows_.rows - first);
      for (int i = 0; i < count; ++i) make_last(first + i, last_ + i * kLanes);
      const double* x = rows_.x + first * rows_.stride;
      // As many sums at a time as stay in registers: those of the first vector are as many as all others together.
      if (vectors_ == 1) add_block<1, 0, 1>(x, count, sums);
      if (vectors_ == 2) add_block<2, 0, 2>(x, count, sums);
      if (vectors_ == 3) {
        add_block<3, 0, 1>(x, count, sums);
        add_block<3, 1, 3>(x, count, sums);
      }
    }
  }

 private:
  static constexpr int kBlockRows = 64;  // 10 KiB of 20 columns, and half of that for their last vectors

  void make_last(int row, double* to) const {
    const hn::ScalableTag<double> lanes;
    const int done = (vectors_ - 1) * kLanes, left = rows_.columns - done;
    const double* from = rows_.x + row * rows_.stride + done;
    const double y = y_ == nullptr ? 1 : y_[row];  // what follows the columns: y, 1 or nothing
    if (end_ - from >= kLanes) {
      const auto beside = hn::IfThenElse(hn::FirstN(lanes, static_cast<std::size_t>(left) + (y_ != nullptr)),
                                         hn::Set(lanes, y), hn::Set(lanes, 1.0));
      const auto all =
          hn::IfThenElse(hn::FirstN(lanes, static_cast<std::size_t>(left)), hn::LoadU(lanes, from), beside);
      hn::Store(hn::IfThenElseZero(hn::FirstN(lanes, static_cast<std::size_t>(size_ - done)), all), lanes, to);
      return;
    }
    for (int j = 0; j < kLanes; ++j) to[j] = j < left ? from[j] : j < size_ - done ? 1 : 0;
    if (y_ != nullptr) to[left] = y;
  }

  /// One vector of columns, one factor each, times itself and the vectors after it.
  template <int kOf, int kTile, class Vector>
  static HWY_INLINE void add_tile_row(const double* factors, const Vector (&right)[kOf], Vector (&sum)[kLanes][kOf]) {
    const hn::ScalableTag<double> lanes;
    HWY_UNROLL(8)
    for (int i = 0; i < kLanes; ++i) {
      const Vector factor = hn::Set(lanes, factors[i]);
      HWY_UNROLL(3)
      for (int v = kTile; v < kOf; ++v) sum[i][v] = hn::MulAdd(factor, right[v], sum[i][v]);
    }
  }

  template <int kOf, int kTile, class Vector>
  static HWY_INLINE void add_tile_sums(const Vector (&sum)[kLanes][kOf], double* sums) {
    const hn::ScalableTag<double> lanes;
    HWY_UNROLL(8)
    for (int i = 0; i < kLanes; ++i) {
      HWY_UNROLL(3)
      for (int v = kTile; v < kOf; ++v) {
        double* to = sums + (kTile * kLanes + i) * kPanel + v * kLanes;
        hn::Store(hn::Add(hn::Load(lanes, to), sum[i][v]), lanes, to);
      }
    }
  }

  /// The products of the vectors kFirst ... kEnd - 1 (one or two) of kOf with those from themselves on.
  template <int kOf, int kFirst, int kEnd>
  HWY_NOINLINE void add_block(const double* x, int count, double* sums) const {
    static_assert(kEnd - kFirst == 1 || kEnd - kFirst == 2);
    constexpr int kSecond = kEnd - 1;
    const hn::ScalableTag<double> lanes;
    using Vector = hn::Vec<decltype(lanes)>;
    Vector sum[kLanes][kOf], sum_of_second[kLanes][kOf];
    HWY_UNROLL(8)
    for (int i = 0; i < kLanes; ++i) {
      HWY_UNROLL(3)
      for (int v = 0; v < kOf; ++v) sum[i][v] = sum_of_second[i][v] = hn::Zero(lanes);
    }
    const double* last = last_;
    const std::ptrdiff_t stride = rows_.stride;
    for (int row = 0; row < count; ++row, x += stride, last += kLanes) {
      Vector right[kOf];
      HWY_UNROLL(3)
      for (int v = kFirst; v < kOf; ++v)
        right[v] = v == kOf - 1 ? hn::Load(lanes, last) : hn::LoadU(lanes, x + v * kLanes);
      add_tile_row<kOf, kFirst>(kFirst == kOf - 1 ? last : x + kFirst * kLanes, right, sum);
      if constexpr (kSecond > kFirst)
        add_tile_row<kOf, kSecond>(kSecond == kOf - 1 ? last : x + kSecond * kLanes, right, sum_of_second);
    }
    add_tile_sums<kOf, kFirst>(sum, sums);
    if constexpr (kSecond > kFirst) add_tile_sums<kOf, kSecond>(sum_of_second, sums);
  }

  const Rows& rows_;
  const double* y_;
  int size_, vectors_;
  const double* end_;
  HWY_ALIGN double last_[kBlockRows * kLanes];
};

/// The upper half of `from` [size, size] in rows of `stride`, added to `sums` [size, size].
void add_upper(const double* from, int stride, int size, double* sums) {
  for (int i = 0; i < size; ++i)
    for (int j = i; j < size; ++j) sums[std::ptrdiff_t{i} * size + j] += from[std::ptrdiff_t{i} * stride + j];
}

double* aligned(std::vector<double>& memory, std::size_t size) {
  constexpr std::size_t kLine = 64;
  memory.assign(size + kLine / sizeof(double), 0.0);
  const auto address = reinterpret_cast<std::uintptr_t>(memory.data());
  return reinterpret_cast<double*>((address + kLine - 1) / kLine * kLine);
}

/// The products of `size` columns that `packer` copies into panels.
template <class AnyPacker>
void packed_products(const AnyPacker& packer, int rows, int size, double* sums) {
  const int panels = (size + kPanel - 1) / kPanel, padded = panels * kPanel;
  // A few panels in the first-level cache, more in the second.
  const int block_rows = panels <= 3 ? 96 : 256;
  const std::ptrdiff_t panel_size = std::ptrdiff_t{block_rows} * kPanel;
  std::vector<double> panel_memory, sum_memory;
  double* const packed = aligned(panel_memory, static_cast<std::size_t>(panels * panel_size));
  double* const total = aligned(sum_memory, static_cast<std::size_t>(padded) * static_cast<std::size_t>(padded));

  for (int first = 0; first < rows; first += block_rows) {
    const int count = std::min(block_rows, rows - first);
    packer.pack(first, count, packed, panel_size);
    for (int right = 0; right < panels; ++right) {
      const int end = std::min(kVectors, (size - right * kPanel + kLanes - 1) / kLanes);
      for (int left = 0; left <= right; ++left)
        for (int tile = 0; tile < (left == right ? end : kVectors); ++tile) {
          const std::ptrdiff_t row = left * kPanel + tile * kLanes;
          add_tile_between(left == right ? tile : 0, end, packed + left * panel_size + tile * kLanes,
                           packed + right * panel_size, count, total + row * padded + right * kPanel, padded);
        }
    }
  }
  add_upper(total, padded, size, sums);
}

}  // namespace

void products(const Rows& rows, const double* y, bool ones, const double* weights, double* sums) {
  const int size = rows.columns + (y != nullptr) + ones;
  if (rows.rows == 0 || size == 0) return;
  if (FewColumns few(rows, y, ones); weights == nullptr && few.suits()) {
    HWY_ALIGN double few_sums[kPanel * kPanel] = {};
    few.add(few_sums);
    add_upper(few_sums, kPanel, size, sums);
    return;
  }
  packed_products(Packer(rows, y, ones, weights), rows.rows, size, sums);
}

void centred_products(const Rows& rows, const int* columns, const double* mean, int count, double* sums) {
  if (rows.rows == 0 || count == 0) return;
  packed_products(CentredPacker(rows, columns, mean, count), rows.rows, count, sums);
}

}  // namespace handbuilt::detail::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE  // what follows is compiled once

namespace handbuilt::detail {

HWY_EXPORT(products);
HWY_EXPORT(centred_products);

void add_products(const Rows& rows, const double* y, bool ones, const double* weights, double* sums) {
  HWY_DYNAMIC_DISPATCH(products)(rows, y, ones, weights, sums);
}

void add_centred_products(const Rows& rows, const int* columns, const double* mean, int count, double* sums) {
  HWY_DYNAMIC_DISPATCH(centred_products)(rows, columns, mean, count, sums);
}

}  // namespace handbuilt::detail

#endif

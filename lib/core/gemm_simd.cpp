// The fast matrix product, one step up from the plain one at a time:
//
// 1. Registers. A processor multiplies and adds two vectors a cycle, but cannot load three a cycle. So a tile of c,
//    kTileRows rows by kTileVectors vectors, stays in registers while k runs: each step loads kTileVectors vectors of b
//    and spreads kTileRows numbers of a, and does kTileRows x kTileVectors multiply-adds with them.
// 2. Vectors. The tile is written once, in Google Highway's portable vectors, and compiled for several instruction
//    sets; the best that the machine has is chosen when the program runs. No other file of the project may hold code
//    for a particular instruction set, and this one must not share types (Eigen's, say) that depend on it.
// 3. Cache. k and the columns go in blocks, so that a block of b stays in the second-level cache while all rows of a
//    pass over it, and a tile's rows of a in the first-level cache while they pass over the block.
// 4. Packing. Where b's columns do not stand side by side (a transposed view), or many rows will read it again, the
//    block is first copied into panels as wide as a tile. Small products of well-laid-out matrices skip that.
//
// Source: Goto and van de Geijn (2008), "Anatomy of high-performance matrix multiplication", ACM TOMS 34(3).

// The processor's AES instructions, which Highway would ask for along with SSE4, are of no use here.
#define HWY_DISABLE_PCLMUL_AES

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/gemm_simd.cpp"  // this file, compiled once for each instruction set
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <algorithm>
#include <cstddef>

#include "core/gemm_simd.hpp"

HWY_BEFORE_NAMESPACE();
namespace handbuilt::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

// The tile and what it is multiplied with must fit into the vector registers: 8 x 3 + 3 + 1 of 32, or 4 x 3 + 3 + 1
// of 16.
#if HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_NEON
constexpr int kTileRows = 8;
#else
constexpr int kTileRows = 4;
#endif
constexpr int kTileVectors = 3;

constexpr int kInnerBlock = 256;  // k in a block: a tile's rows of a take 8 KiB
constexpr int kBlockPanels = 4;   // panels of b in a block: 256 x 4 x 192 bytes = 192 KiB with 64-byte vectors

template <class Scalar>
constexpr int kLanes = static_cast<int>(HWY_LANES(Scalar));
template <class Scalar>
constexpr int kPanel = kTileVectors* kLanes<Scalar>;  // columns of a panel

/// Element (i, k) of a tile's rows of a.
template <class Scalar>
struct Left {
  const Scalar* data;
  std::ptrdiff_t row_stride, k_stride;
};

/// Some columns of b, as whole vectors side by side: row k starts at data[k * k_stride].
template <class Scalar>
struct Panel {
  const Scalar* data;
  std::ptrdiff_t k_stride;
  int vectors;
  int first, columns;  // the columns of c that this panel is for
  int skip;            // columns that stand before them in the panel
};

/// A tile of c, whole vectors side by side.
template <class Scalar>
struct Tile {
  Scalar* data;
  std::ptrdiff_t row_stride;
  bool accumulate;
};

// #region gemm_tile
template <int kRows, int kVectors, class Scalar>
void multiply_tile(const Left<Scalar>& a, const Panel<Scalar>& b, int inner, const Tile<Scalar>& c) {
  const hn::ScalableTag<Scalar> lanes;
  using Vector = hn::Vec<decltype(lanes)>;
  constexpr int kLane = kLanes<Scalar>;
  Vector sum[kRows][kVectors];
  HWY_UNROLL(8)
  for (int i = 0; i < kRows; ++i) HWY_UNROLL(3)
  for (int v = 0; v < kVectors; ++v) sum[i][v] = hn::Zero(lanes);

  const Scalar *a_k = a.data, *b_k = b.data;
  for (int k = 0; k < inner; ++k, a_k += a.k_stride, b_k += b.k_stride) {
    Vector row[kVectors];
    HWY_UNROLL(3)
    for (int v = 0; v < kVectors; ++v) row[v] = hn::LoadU(lanes, b_k + v * kLane);
    HWY_UNROLL(8)
    for (int i = 0; i < kRows; ++i) {
      const Vector factor = hn::Set(lanes, a_k[i * a.row_stride]);
      HWY_UNROLL(3)
      for (int v = 0; v < kVectors; ++v) sum[i][v] = hn::MulAdd(factor, row[v], sum[i][v]);
    }
  }

  HWY_UNROLL(8)
  for (int i = 0; i < kRows; ++i) HWY_UNROLL(3)
  for (int v = 0; v < kVectors; ++v) {
    Scalar* to = c.data + i * c.row_stride + v * kLane;
    hn::StoreU(c.accumulate ? hn::Add(hn::LoadU(lanes, to), sum[i][v]) : sum[i][v], lanes, to);
  }
}
// #endregion gemm_tile

/// Finds the kernel for this many rows and vectors: each is compiled with its own fixed numbers.
template <int kRows = kTileRows, int kVectors = kTileVectors, class Scalar>
void multiply_tile_of(int rows, const Left<Scalar>& a, const Panel<Scalar>& b, int inner, const Tile<Scalar>& c) {
  if (rows < kRows) {
    if constexpr (kRows > 1) multiply_tile_of<kRows - 1, kVectors>(rows, a, b, inner, c);
  } else if (b.vectors < kVectors) {
    if constexpr (kVectors > 1) multiply_tile_of<kRows, kVectors - 1>(rows, a, b, inner, c);
  } else {
    multiply_tile<kRows, kVectors>(a, b, inner, c);
  }
}

/// Copies `columns` columns of `inner` rows side by side, `width` apart, with zeros after them.
template <class Scalar>
void pack(const Scalar* b, std::ptrdiff_t row_stride, std::ptrdiff_t column_stride, int inner, int columns, int width,
          Scalar* packed) {
  for (int k = 0; k < inner; ++k, b += row_stride, packed += width) {
    for (int j = 0; j < columns; ++j) packed[j] = b[j * column_stride];
    std::fill(packed + columns, packed + width, Scalar{0});
  }
}

/// Cuts a block of b into panels and returns how many: as many of full width as there are, one for the whole vectors
/// that are left, one for the columns left after that, fewer than a vector. The last reaches back over columns that
/// another panel has done when it can. Copies to `scratch` what has to be copied.
template <class Scalar>
int lay_out_panels(const MatrixView<Scalar>& b, int first_k, int inner, int first, int columns, bool copy,
                   Scalar* scratch, Panel<Scalar>* panels) {
  constexpr int kLane = kLanes<Scalar>;
  int count = 0;
  for (int j = first, end = first + columns; j < end; j += panels[count++].columns) {
    const int vectors = std::min(kTileVectors, (end - j) / kLane);
    Panel<Scalar>& panel = panels[count];
    if (vectors > 0)
      panel = {b.at(first_k, j), b.row_stride, vectors, j, vectors * kLane, 0};
    else
      panel = {b.at(first_k, std::max(end - kLane, 0)), b.row_stride, 1, j, end - j, kLane - (end - j)};
    if (!copy && b.columns >= kLane) continue;
    pack(b.at(first_k, j), b.row_stride, b.column_stride, inner, panel.columns, panel.vectors * kLane, scratch);
    panel.data = scratch;
    panel.k_stride = panel.vectors * kLane;
    panel.skip = 0;
    scratch += std::ptrdiff_t{inner} * panel.k_stride;
  }
  return count;
}

/// The product for the k and the columns of one block. `scratch` has room for a block of b.
template <class Scalar>
void multiply_block(const MatrixView<Scalar>& a, const MatrixView<Scalar>& b, int first_k, int inner, int first,
                    int columns, Scalar* c, int c_row_stride, bool accumulate, Scalar* scratch) {
  // Copying pays when what is copied is read several times.
  const bool pack_b = b.column_stride != 1 || a.rows > 4 * kTileRows;
  const bool pack_a = a.column_stride != 1 && columns > 2 * kPanel<Scalar>;
  HWY_ALIGN Scalar packed_a[kInnerBlock * kTileRows];
  HWY_ALIGN Scalar aside[kTileRows * kPanel<Scalar>];
  Panel<Scalar> panels[kBlockPanels + 2];
  const int panel_count = lay_out_panels(b, first_k, inner, first, columns, pack_b, scratch, panels);

  for (int i = 0; i < a.rows; i += kTileRows) {
    const int rows = std::min(kTileRows, a.rows - i);
    Left<Scalar> left{a.at(i, first_k), a.row_stride, a.column_stride};
    if (pack_a) {
      pack(left.data, left.k_stride, left.row_stride, inner, rows, kTileRows, packed_a);
      left = {packed_a, 1, kTileRows};
    }
    for (int p = 0; p < panel_count; ++p) {
      const Panel<Scalar>& panel = panels[p];
      Scalar* tile = c + std::ptrdiff_t{i} * c_row_stride + panel.first;
      if (panel.columns == panel.vectors * kLanes<Scalar>) {
        multiply_tile_of(rows, left, panel, inner, Tile<Scalar>{tile, c_row_stride, accumulate});
        continue;
      }
      // The panel holds more columns than c wants: compute the tile aside and take what belongs to c.
      multiply_tile_of(rows, left, panel, inner, Tile<Scalar>{aside, kPanel<Scalar>, false});
      for (int row = 0; row < rows; ++row)
        for (int j = 0; j < panel.columns; ++j) {
          Scalar& to = tile[std::ptrdiff_t{row} * c_row_stride + j];
          const Scalar sum = aside[row * kPanel<Scalar> + panel.skip + j];
          to = accumulate ? to + sum : sum;
        }
    }
  }
}

/// A few rows times a transposed matrix: each element is the dot product of two stretches of memory, and packing b
/// would cost more than the product.
template <class Scalar>
void multiply_few_rows(const MatrixView<Scalar>& a, const MatrixView<Scalar>& b, Scalar* c, int c_row_stride,
                       bool accumulate) {
  const hn::ScalableTag<Scalar> lanes;
  constexpr int kLane = kLanes<Scalar>;
  constexpr int kStrands = 4;  // independent sums, so that no addition waits for the one before
  for (int i = 0; i < a.rows; ++i)
    for (int j = 0; j < b.columns; ++j) {
      const Scalar *x = a.at(i, 0), *y = b.at(0, j);
      auto sum0 = hn::Zero(lanes), sum1 = sum0, sum2 = sum0, sum3 = sum0;
      int k = 0;
      for (; k + kStrands * kLane <= a.columns; k += kStrands * kLane) {
        sum0 = hn::MulAdd(hn::LoadU(lanes, x + k), hn::LoadU(lanes, y + k), sum0);
        sum1 = hn::MulAdd(hn::LoadU(lanes, x + k + kLane), hn::LoadU(lanes, y + k + kLane), sum1);
        sum2 = hn::MulAdd(hn::LoadU(lanes, x + k + 2 * kLane), hn::LoadU(lanes, y + k + 2 * kLane), sum2);
        sum3 = hn::MulAdd(hn::LoadU(lanes, x + k + 3 * kLane), hn::LoadU(lanes, y + k + 3 * kLane), sum3);
      }
      for (; k + kLane <= a.columns; k += kLane)
        sum0 = hn::MulAdd(hn::LoadU(lanes, x + k), hn::LoadU(lanes, y + k), sum0);
      Scalar sum = hn::GetLane(hn::SumOfLanes(lanes, hn::Add(hn::Add(sum0, sum1), hn::Add(sum2, sum3))));
      for (; k < a.columns; ++k) sum += x[k] * y[k];
      Scalar& to = c[std::ptrdiff_t{i} * c_row_stride + j];
      to = accumulate ? to + sum : sum;
    }
}

template <class Scalar>
void multiply(const MatrixView<Scalar>& a, const MatrixView<Scalar>& b, Scalar* c, int c_row_stride, bool accumulate) {
  if (a.rows <= 4 && a.column_stride == 1 && b.row_stride == 1 && b.column_stride != 1)
    return multiply_few_rows(a, b, c, c_row_stride, accumulate);
  if (a.columns == 0 && !accumulate)
    for (int i = 0; i < a.rows; ++i) std::fill_n(c + std::ptrdiff_t{i} * c_row_stride, b.columns, Scalar{0});

  constexpr int kColumns = kBlockPanels * kPanel<Scalar>;
  HWY_ALIGN Scalar scratch[kInnerBlock * (kColumns + kLanes<Scalar>)];
  for (int k = 0; k < a.columns; k += kInnerBlock)
    for (int j = 0; j < b.columns; j += kColumns)
      multiply_block(a, b, k, std::min(kInnerBlock, a.columns - k), j, std::min(kColumns, b.columns - j), c,
                     c_row_stride, accumulate || k > 0, scratch);
}

}  // namespace

void gemm_float(const MatrixView<float>& a, const MatrixView<float>& b, float* c, int c_row_stride, bool accumulate) {
  multiply(a, b, c, c_row_stride, accumulate);
}
void gemm_double(const MatrixView<double>& a, const MatrixView<double>& b, double* c, int c_row_stride,
                 bool accumulate) {
  multiply(a, b, c, c_row_stride, accumulate);
}

}  // namespace handbuilt::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE  // what follows is compiled once

namespace handbuilt {

HWY_EXPORT(gemm_float);
HWY_EXPORT(gemm_double);

void detail::gemm_simd(const MatrixView<float>& a, const MatrixView<float>& b, float* c, int c_row_stride,
                       bool accumulate) {
  HWY_DYNAMIC_DISPATCH(gemm_float)(a, b, c, c_row_stride, accumulate);
}
void detail::gemm_simd(const MatrixView<double>& a, const MatrixView<double>& b, double* c, int c_row_stride,
                       bool accumulate) {
  HWY_DYNAMIC_DISPATCH(gemm_double)(a, b, c, c_row_stride, accumulate);
}

}  // namespace handbuilt

#endif

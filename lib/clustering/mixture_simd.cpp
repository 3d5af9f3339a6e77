// One pass of expectation-maximisation with one read of the rows from memory, and all work on them while they lie in
// the first-level cache.
//
// 1. A block of rows is turned on its side: vectors run over rows, so that nothing is ever summed across a vector but
// at
//    the very end, and every number of columns is as good as another.
// 2. Whitening z = W (x - mean) is a triangle times the block, a tile of z in registers at a time; only |z|^2 is kept.
// 3. Over all components: the log of the summed densities, and the roots of the responsibilities.
// 4. With u = sqrt(r) (x - mean) the weighted products are u u': one block is both factors, and half of the products is
//    enough. Their sums stay vectors, one partial sum a lane, until the last block.
// 5. A row that has next to no share in a component (see kNegligible) is left out of step 4. Where components are far
//    apart that is most of the work.

#define HWY_DISABLE_PCLMUL_AES

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "clustering/mixture_simd.cpp"  // this file, compiled once for each instruction set
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// After highway.h, as its own header asks.
#include <hwy/contrib/math/math-inl.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "clustering/mixture_simd.hpp"

HWY_BEFORE_NAMESPACE();
namespace handbuilt::clustering::detail::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;
const hn::ScalableTag<double> kTag;
using Vector = hn::Vec<decltype(kTag)>;

constexpr int kLanes = static_cast<int>(HWY_LANES(double));
// A tile of sums, and what it is multiplied with, must fit into 32 or 16 vector registers.
#if HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_NEON
constexpr int kTile = 4, kGroup = 4;
#else
constexpr int kTile = 3, kGroup = 3;
#endif
constexpr int kGroupRows = kGroup * kLanes;                                   // rows whitened at a time
constexpr int kBlockRows = (128 + kGroupRows - 1) / kGroupRows * kGroupRows;  // rows in a block

/// Below every log density of a row and above minus infinity: what is not a number, or too far away to have a density,
/// counts as this.
constexpr double kLowest = -std::numeric_limits<double>::max() / 4;

/// Rows whose responsibility, or rather its root, is below this are left out of a component's sums. All of them
/// together weigh less than 1e-32 of the rows; a component that counts at all has more than 1e-12 of them.
constexpr double kNegligible = 1e-16;

/// Memory that starts at a cache line.
class Aligned {
 public:
  explicit Aligned(std::size_t size) : memory_(size + kLine / sizeof(double), 0.0) {
    const auto address = reinterpret_cast<std::uintptr_t>(memory_.data());
    data_ = reinterpret_cast<double*>((address + kLine - 1) / kLine * kLine);
  }
  [[nodiscard]] double* data() const { return data_; }

 private:
  static constexpr std::size_t kLine = 64;
  std::vector<double> memory_;
  double* data_;
};

std::size_t size_of(int a, int b = 1, int c = 1) {
  return static_cast<std::size_t>(a) * static_cast<std::size_t>(b) * static_cast<std::size_t>(c);
}

/// Triangles cut into strips of kTile rows, the numbers of a strip's column side by side: the order in which they are
/// used. The last strip is filled up with zeros.
int packed_triangle_size(int strips) { return strips * (strips + 1) / 2 * kTile * kTile; }

void pack_triangle(const double* triangle, int columns, double* to) {
  for (int strip = 0; strip * kTile < columns; ++strip)
    for (int j = 0; j < (strip + 1) * kTile; ++j)
      for (int t = 0; t < kTile; ++t, ++to) {
        const int row = strip * kTile + t;
        *to = row < columns && j <= row ? triangle[std::ptrdiff_t{row} * columns + j] : 0;
      }
}

/// |W (x - mean)|^2 of a block x [padded columns, kBlockRows] for a packed triangle W and a padded mean.
HWY_NOINLINE void squares_of_triangle(const double* x, const double* mean, const double* triangle, int strips,
                                      int groups, double* squares) {
  for (int group = 0; group < groups; ++group, x += kGroupRows, squares += kGroupRows) {
    Vector square[kGroup];
    for (int v = 0; v < kGroup; ++v) square[v] = hn::Zero(kTag);
    const double* factor = triangle;
    for (int strip = 0; strip < strips; ++strip) {
      Vector z[kTile][kGroup];
      HWY_UNROLL(4)
      for (int t = 0; t < kTile; ++t) {
        HWY_UNROLL(4)
        for (int v = 0; v < kGroup; ++v) z[t][v] = hn::Zero(kTag);
      }
      const double* row = x;
      for (int j = 0; j < (strip + 1) * kTile; ++j, row += kBlockRows, factor += kTile) {
        const Vector shift = hn::Set(kTag, mean[j]);
        Vector of_row[kGroup];
        HWY_UNROLL(4)
        for (int v = 0; v < kGroup; ++v) of_row[v] = hn::Sub(hn::Load(kTag, row + v * kLanes), shift);
        HWY_UNROLL(4)
        for (int t = 0; t < kTile; ++t) {
          const Vector spread = hn::Set(kTag, factor[t]);
          HWY_UNROLL(4)
          for (int v = 0; v < kGroup; ++v) z[t][v] = hn::MulAdd(spread, of_row[v], z[t][v]);
        }
      }
      HWY_UNROLL(4)
      for (int t = 0; t < kTile; ++t) {
        HWY_UNROLL(4)
        for (int v = 0; v < kGroup; ++v) square[v] = hn::MulAdd(z[t][v], z[t][v], square[v]);
      }
    }
    for (int v = 0; v < kGroup; ++v) hn::Store(square[v], kTag, squares + v * kLanes);
  }
}

/// One tile of u u', as vectors of partial sums. On the diagonal only its lower half.
template <bool kDiagonal>
HWY_NOINLINE void add_tile(const double* left, const double* right, int vectors, double* sums) {
  Vector sum[kTile][kTile];
  HWY_UNROLL(4)
  for (int i = 0; i < kTile; ++i) {
    HWY_UNROLL(4)
    for (int j = 0; j < (kDiagonal ? i + 1 : kTile); ++j) sum[i][j] = hn::Load(kTag, sums + (i * kTile + j) * kLanes);
  }
  for (int v = 0; v < vectors; ++v, left += kLanes, right += kLanes) {
    Vector of_right[kTile];
    HWY_UNROLL(4)
    for (int j = 0; j < kTile; ++j) of_right[j] = hn::Load(kTag, right + j * kBlockRows);
    HWY_UNROLL(4)
    for (int i = 0; i < kTile; ++i) {
      const Vector of_left = kDiagonal ? of_right[i] : hn::Load(kTag, left + i * kBlockRows);
      HWY_UNROLL(4)
      for (int j = 0; j < (kDiagonal ? i + 1 : kTile); ++j) sum[i][j] = hn::MulAdd(of_left, of_right[j], sum[i][j]);
    }
  }
  HWY_UNROLL(4)
  for (int i = 0; i < kTile; ++i) {
    HWY_UNROLL(4)
    for (int j = 0; j < (kDiagonal ? i + 1 : kTile); ++j) hn::Store(sum[i][j], kTag, sums + (i * kTile + j) * kLanes);
  }
}

class Pass {
 public:
  Pass(const handbuilt::detail::Rows& rows, const double* row_weights, const WhitenedMixture& mixture, bool with_sums)
      : rows_(rows),
        row_weights_(row_weights),
        mixture_(mixture),
        strips_((rows.columns + kTile - 1) / kTile),
        padded_(strips_ * kTile),
        triangles_(mixture.full ? size_of(mixture.components, packed_triangle_size(strips_)) : 0),
        padded_means_(size_of(mixture.components, padded_)),
        block_(size_of(padded_, kBlockRows)),
        scaled_(size_of(padded_, kBlockRows)),
        root_(size_of(mixture.components, kBlockRows)),
        second_size_(mixture.full ? packed_triangle_size(strips_) : padded_),
        total_(with_sums ? size_of(mixture.components, kLanes) : 0),
        first_(with_sums ? size_of(mixture.components, padded_, kLanes) : 0),
        second_(with_sums ? size_of(mixture.components, second_size_, kLanes) : 0) {
    for (int c = 0; c < mixture.components; ++c)
      std::copy_n(mixture.means + size_of(c, rows.columns), rows.columns, padded_means_.data() + size_of(c, padded_));
    for (int c = 0; c < mixture.components && mixture.full; ++c)
      pack_triangle(mixture.whitening + size_of(c, rows.columns, rows.columns), rows.columns, triangle(c));
  }

  double run(double* log_density, double* responsibilities, MixtureSums* sums) {
    double log_likelihood = 0;
    for (int first = 0; first < rows_.rows; first += kBlockRows) {
      const int count = std::min(kBlockRows, rows_.rows - first);
      groups_ = (count + kGroupRows - 1) / kGroupRows;
      load(first, count);
      for (int c = 0; c < mixture_.components; ++c) log_densities(c);
      log_likelihood += share_out(first, count, log_density);
      if (responsibilities != nullptr) write_out(count, responsibilities + size_of(first, mixture_.components));
      if (sums != nullptr)
        for (int c = 0; c < mixture_.components; ++c) add_moments(c);
    }
    if (sums != nullptr) gather(*sums);
    return log_likelihood;
  }

 private:
  [[nodiscard]] double* triangle(int c) const { return triangles_.data() + size_of(c, packed_triangle_size(strips_)); }
  [[nodiscard]] double* root(int c) const { return root_.data() + size_of(c, kBlockRows); }
  [[nodiscard]] int vectors() const { return groups_ * kGroup; }

  /// The block on its side, with zeros after the last row.
  void load(int first, int count) {
    const double* from = rows_.x + first * rows_.stride;
    for (int j = 0; j < rows_.columns; ++j) {
      double* to = block_.data() + size_of(j, kBlockRows);
      for (int i = 0; i < count; ++i) to[i] = from[i * rows_.stride + j];
      std::fill(to + count, to + kBlockRows, 0.0);
    }
  }

  /// The log densities under component c stand where the roots of its responsibilities will.
  void log_densities(int c) {
    const double* mean = mixture_.means + size_of(c, rows_.columns);
    double* to = root(c);
    if (mixture_.full) {
      squares_of_triangle(block_.data(), padded_means_.data() + size_of(c, padded_), triangle(c), strips_, groups_, to);
    } else {
      squares_of_diagonal(mean, mixture_.whitening + size_of(c, rows_.columns), to);
    }
    const Vector scale = hn::Set(kTag, mixture_.log_scale[c]), minus_half = hn::Set(kTag, -0.5),
                 lowest = hn::Set(kTag, kLowest);
    for (int v = 0; v < vectors(); ++v) {
      const Vector log_density = hn::MulAdd(minus_half, hn::Load(kTag, to + v * kLanes), scale);
      hn::Store(hn::IfThenElse(hn::Ge(log_density, lowest), log_density, lowest), kTag, to + v * kLanes);
    }
  }

  HWY_NOINLINE void squares_of_diagonal(const double* mean, const double* factor, double* squares) const {
    for (int v = 0; v < vectors(); v += kGroup, squares += kGroupRows) {
      Vector square[kGroup];
      for (int g = 0; g < kGroup; ++g) square[g] = hn::Zero(kTag);
      const double* x = block_.data() + v * kLanes;
      for (int j = 0; j < rows_.columns; ++j, x += kBlockRows) {
        const Vector shift = hn::Set(kTag, mean[j]), spread = hn::Set(kTag, factor[j]);
        HWY_UNROLL(4)
        for (int g = 0; g < kGroup; ++g) {
          const Vector z = hn::Mul(hn::Sub(hn::Load(kTag, x + g * kLanes), shift), spread);
          square[g] = hn::MulAdd(z, z, square[g]);
        }
      }
      for (int g = 0; g < kGroup; ++g) hn::Store(square[g], kTag, squares + g * kLanes);
    }
  }

  // #region log_sum_exp
  /// From log densities to the roots of responsibilities. The largest is taken out before the exponential, so that
  /// nothing overflows and one term is 1. Returns the block's log likelihood.
  double share_out(int first, int count, double* log_density) {
    const Vector half = hn::Set(kTag, 0.5), one = hn::Set(kTag, 1.0);
    HWY_ALIGN double log_sums[kBlockRows], scales[kBlockRows];
    for (int i = 0; i < vectors() * kLanes; i += kLanes) {
      Vector largest = hn::Load(kTag, root(0) + i), sum = hn::Zero(kTag);
      for (int c = 1; c < mixture_.components; ++c) largest = hn::Max(largest, hn::Load(kTag, root(c) + i));
      for (int c = 0; c < mixture_.components; ++c) {
        const Vector below = hn::Sub(hn::Load(kTag, root(c) + i), largest);
        const Vector e = hn::CallExp(kTag, hn::Mul(half, below));
        sum = hn::MulAdd(e, e, sum);
        hn::Store(e, kTag, root(c) + i);
      }
      hn::Store(hn::Add(largest, hn::CallLog(kTag, sum)), kTag, log_sums + i);
      hn::Store(hn::Sqrt(hn::Div(one, sum)), kTag, scales + i);
    }
    // #endregion log_sum_exp
    std::fill(scales + count, scales + kBlockRows, 0.0);
    if (log_density != nullptr) std::copy_n(log_sums, count, log_density + first);
    double log_likelihood = 0;
    for (int i = 0; i < count; ++i) {
      const double weight = row_weights_ == nullptr ? 1 : row_weights_[first + i];
      if (weight > 0) log_likelihood += weight * log_sums[i];
      weight_root_[i] = std::sqrt(weight);
    }
    std::fill(weight_root_ + count, weight_root_ + kBlockRows, 0.0);
    for (int c = 0; c < mixture_.components; ++c)
      for (int i = 0; i < vectors() * kLanes; i += kLanes)
        hn::Store(hn::Mul(hn::Load(kTag, root(c) + i), hn::Load(kTag, scales + i)), kTag, root(c) + i);
    return log_likelihood;
  }

  void write_out(int count, double* to) const {
    for (int i = 0; i < count; ++i)
      for (int c = 0; c < mixture_.components; ++c, ++to) *to = root(c)[i] * root(c)[i];
  }

  HWY_NOINLINE void add_moments(int c) {
    int chosen[kBlockRows + 1];
    const int count = choose_rows(root(c), chosen);
    if (count == 0) return;
    // To move rows together pays when a good part of them falls away.
    const bool move = 2 * count < vectors() * kLanes;
    const int used = move ? (count + kLanes - 1) / kLanes : vectors();
    HWY_ALIGN double factor[kBlockRows];
    if (move)
      scale_chosen(c, chosen, count, used * kLanes, factor);
    else
      scale_all(c, factor);

    Vector total = hn::Load(kTag, total_.data() + c * kLanes);
    for (int v = 0; v < used; ++v) {
      const Vector f = hn::Load(kTag, factor + v * kLanes);
      total = hn::MulAdd(f, f, total);
    }
    hn::Store(total, kTag, total_.data() + c * kLanes);
    double* first = first_.data() + size_of(c, padded_, kLanes);
    double* second = second_.data() + size_of(c, second_size_, kLanes);
    if (mixture_.full) {
      add_columns<false>(factor, used, first, nullptr);
      add_products(used, second);
    } else {
      add_columns<true>(factor, used, first, second);
    }
  }

  /// The rows of the block that count.
  int choose_rows(const double* roots, int* chosen) const {
    int count = 0;
    for (int i = 0; i < vectors() * kLanes; ++i) {
      chosen[count] = i;
      count += roots[i] > kNegligible ? 1 : 0;
    }
    return count;
  }

  /// u = factor (x - mean), with factor the root of the row's share times its weight.
  void scale_all(int c, double* factor) {
    for (int i = 0; i < vectors() * kLanes; i += kLanes)
      hn::Store(hn::Mul(hn::Load(kTag, root(c) + i), hn::Load(kTag, weight_root_ + i)), kTag, factor + i);
    for (int j = 0; j < rows_.columns; ++j) {
      const Vector shift = hn::Set(kTag, mixture_.means[size_of(c, rows_.columns) + static_cast<std::size_t>(j)]);
      const double* x = block_.data() + size_of(j, kBlockRows);
      double* u = scaled_.data() + size_of(j, kBlockRows);
      for (int i = 0; i < vectors() * kLanes; i += kLanes)
        hn::Store(hn::Mul(hn::Load(kTag, factor + i), hn::Sub(hn::Load(kTag, x + i), shift)), kTag, u + i);
    }
  }

  /// The same for chosen rows, side by side, and zeros up to `end`.
  void scale_chosen(int c, const int* chosen, int count, int end, double* factor) {
    for (int i = 0; i < count; ++i) factor[i] = root(c)[chosen[i]] * weight_root_[chosen[i]];
    std::fill(factor + count, factor + end, 0.0);
    for (int j = 0; j < rows_.columns; ++j) {
      const double shift = mixture_.means[size_of(c, rows_.columns) + static_cast<std::size_t>(j)];
      const double* x = block_.data() + size_of(j, kBlockRows);
      double* u = scaled_.data() + size_of(j, kBlockRows);
      for (int i = 0; i < count; ++i) u[i] = factor[i] * (x[chosen[i]] - shift);
      std::fill(u + count, u + end, 0.0);
    }
  }

  void add_products(int used, double* sums) const {
    for (int i = 0; i < strips_; ++i)
      for (int j = 0; j <= i; ++j, sums += kTile * kTile * kLanes) {
        const double* left = scaled_.data() + size_of(i, kTile, kBlockRows);
        const double* right = scaled_.data() + size_of(j, kTile, kBlockRows);
        if (i == j)
          add_tile<true>(left, right, used, sums);
        else
          add_tile<false>(left, right, used, sums);
      }
  }

  /// Sums of factor u and of u u, for a few columns at a time, so that no addition waits for the one before.
  template <bool kSquares>
  void add_columns(const double* factor, int used, double* first, double* second) const {
    for (int j = 0; j < padded_; j += kTile, first += kTile * kLanes) {
      const double* u = scaled_.data() + size_of(j, kBlockRows);
      Vector sum[kTile], square[kTile];
      HWY_UNROLL(4)
      for (int t = 0; t < kTile; ++t) {
        sum[t] = hn::Load(kTag, first + t * kLanes);
        if constexpr (kSquares) square[t] = hn::Load(kTag, second + (j + t) * kLanes);
      }
      for (int v = 0; v < used; ++v) {
        const Vector f = hn::Load(kTag, factor + v * kLanes);
        HWY_UNROLL(4)
        for (int t = 0; t < kTile; ++t) {
          const Vector value = hn::Load(kTag, u + t * kBlockRows + v * kLanes);
          sum[t] = hn::MulAdd(f, value, sum[t]);
          if constexpr (kSquares) square[t] = hn::MulAdd(value, value, square[t]);
        }
      }
      HWY_UNROLL(4)
      for (int t = 0; t < kTile; ++t) {
        hn::Store(sum[t], kTag, first + t * kLanes);
        if constexpr (kSquares) hn::Store(square[t], kTag, second + (j + t) * kLanes);
      }
    }
  }

  static double sum_of_lanes(const double* lanes) { return hn::GetLane(hn::SumOfLanes(kTag, hn::Load(kTag, lanes))); }

  void gather(MixtureSums& sums) const {
    const int columns = rows_.columns;
    const std::size_t components = size_of(mixture_.components);
    sums.total.resize(components);
    sums.first.resize(components * size_of(columns));
    sums.second.resize(components * (mixture_.full ? size_of(columns, columns) : size_of(columns)));
    for (std::size_t i = 0; i < sums.total.size(); ++i) sums.total[i] = sum_of_lanes(total_.data() + i * kLanes);
    for (int c = 0; c < mixture_.components; ++c)
      for (int j = 0; j < columns; ++j) {
        const std::size_t to = size_of(c, columns) + size_of(j), from = (size_of(c, padded_) + size_of(j)) * kLanes;
        sums.first[to] = sum_of_lanes(first_.data() + from);
        if (!mixture_.full) sums.second[to] = sum_of_lanes(second_.data() + from);
      }
    if (!mixture_.full) return;
    const double* from = second_.data();
    for (int c = 0; c < mixture_.components; ++c) {
      double* to = sums.second.data() + size_of(c, columns, columns);
      for (int i = 0; i < padded_; i += kTile)
        for (int j = 0; j <= i; j += kTile)
          for (int tile = 0; tile < kTile * kTile; ++tile, from += kLanes) {
            const int row = i + tile / kTile, column = j + tile % kTile;
            if (row >= columns || column > row) continue;
            to[size_of(row, columns) + size_of(column)] = to[size_of(column, columns) + size_of(row)] =
                sum_of_lanes(from);
          }
    }
  }

  const handbuilt::detail::Rows& rows_;
  const double* row_weights_;
  const WhitenedMixture& mixture_;
  int strips_, padded_, groups_ = 0;
  Aligned triangles_;     // [components], packed
  Aligned padded_means_;  // [components, padded]
  Aligned block_;         // x [padded, kBlockRows]
  Aligned scaled_;        // u [padded, kBlockRows]
  Aligned root_;          // [components, kBlockRows]
  int second_size_;
  Aligned total_, first_, second_;
  HWY_ALIGN double weight_root_[kBlockRows] = {};
};

}  // namespace

double pass(const handbuilt::detail::Rows& rows, const double* row_weights, const WhitenedMixture& mixture,
            double* log_density, double* responsibilities, MixtureSums* sums) {
  return Pass(rows, row_weights, mixture, sums != nullptr).run(log_density, responsibilities, sums);
}

}  // namespace handbuilt::clustering::detail::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE  // what follows is compiled once

namespace handbuilt::clustering::detail {

HWY_EXPORT(pass);

double mixture_pass(const handbuilt::detail::Rows& rows, const double* row_weights, const WhitenedMixture& mixture,
                    double* log_density, double* responsibilities, MixtureSums* sums) {
  return HWY_DYNAMIC_DISPATCH(pass)(rows, row_weights, mixture, log_density, responsibilities, sums);
}

}  // namespace handbuilt::clustering::detail

#endif

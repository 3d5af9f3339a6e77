#pragma once

#include <array>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <new>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

/// HANDBUILT_CHECK_BOUNDS = 1 makes every element access refuse an index outside the tensor. It is on in debug and
/// sanitizer builds and in everything that is linked with a student's file; all objects of one program must agree.
#ifndef HANDBUILT_CHECK_BOUNDS
#define HANDBUILT_CHECK_BOUNDS 0
#endif

namespace handbuilt {

/// The extents of a tensor of up to four dimensions. Extents past `rank()` read as 1, so that
/// `const auto [batch, channels, height, width] = tensor.shape();` works for every rank.
class Shape {
 public:
  static constexpr int kMaxRank = 4;

  /// The shape of an empty tensor: rank 1, extent 0.
  constexpr Shape() = default;

  /// Throws ShapeError for more than four extents, none, a negative one, or more elements than memory could address.
  Shape(std::initializer_list<int> extents);
  explicit Shape(const std::vector<int>& extents);

  [[nodiscard]] constexpr int rank() const { return rank_; }
  [[nodiscard]] constexpr std::ptrdiff_t size() const { return size_; }
  [[nodiscard]] constexpr int operator[](int dimension) const { return extents_[static_cast<std::size_t>(dimension)]; }
  template <std::size_t Dimension>
  [[nodiscard]] constexpr int get() const {
    static_assert(Dimension < kMaxRank);
    return extents_[Dimension];
  }

  /// "[64, 1, 28, 28]"
  [[nodiscard]] std::string to_string() const;

  friend constexpr bool operator==(const Shape& a, const Shape& b) {
    return a.rank_ == b.rank_ && a.extents_ == b.extents_;
  }

 private:
  void assign(const int* first, std::size_t count);

  std::array<int, kMaxRank> extents_{0, 1, 1, 1};
  int rank_ = 1;
  std::ptrdiff_t size_ = 0;
};

/// All index quadruples of a shape in memory order (last index fastest), for
/// `for (const auto [n, c, y, x] : tensor.indices())`.
class IndexRange {
 public:
  struct Index {
    int n, c, y, x;
  };
  class Iterator {
   public:
    using value_type = Index;
    using difference_type = std::ptrdiff_t;
    using iterator_category = std::input_iterator_tag;
    Iterator(const Shape& shape, std::ptrdiff_t position) : shape_(shape), position_(position) {}
    Index operator*() const { return index_; }
    Iterator& operator++() {
      ++position_;
      if (++index_.x < shape_[3]) return *this;
      index_.x = 0;
      if (++index_.y < shape_[2]) return *this;
      index_.y = 0;
      if (++index_.c < shape_[1]) return *this;
      index_.c = 0;
      ++index_.n;
      return *this;
    }
    friend bool operator!=(const Iterator& a, const Iterator& b) { return a.position_ != b.position_; }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.position_ == b.position_; }

   private:
    Shape shape_;
    Index index_{0, 0, 0, 0};
    std::ptrdiff_t position_;
  };

  explicit IndexRange(const Shape& shape) : shape_(shape) {}
  [[nodiscard]] Iterator begin() const { return {shape_, 0}; }
  [[nodiscard]] Iterator end() const { return {shape_, shape_.size()}; }

 private:
  Shape shape_;
};

namespace detail {

/// Memory that starts on a cache line, which is also the widest vector register.
template <class Value>
struct CacheLineAllocator {
  using value_type = Value;
  static constexpr std::align_val_t kAlignment{64};
  CacheLineAllocator() = default;
  template <class Other>
  explicit CacheLineAllocator(const CacheLineAllocator<Other>&) {}
  [[nodiscard]] Value* allocate(std::size_t count) {
    return static_cast<Value*>(::operator new(count * sizeof(Value), kAlignment));
  }
  void deallocate(Value* pointer, std::size_t) { ::operator delete(pointer, kAlignment); }
  friend bool operator==(const CacheLineAllocator&, const CacheLineAllocator&) { return true; }
};

[[noreturn]] void throw_rank_error(const Shape& shape, int indices);
[[noreturn]] void throw_index_error(const Shape& shape, std::initializer_list<int> index);
[[noreturn]] void throw_size_error(const Shape& shape, std::ptrdiff_t values);
[[noreturn]] void throw_reshape_error(const Shape& from, const Shape& to);

}  // namespace detail

/// A contiguous array of numbers with one to four dimensions, last index fastest (row-major). Images are
/// [batch, channels, height, width]. A plain value: copying copies the numbers.
///
/// `tensor(n, c, y, x)` takes as many indices as the tensor has dimensions.
template <class Scalar>
class BasicTensor {
 public:
  using value_type = Scalar;
  using Storage = std::vector<Scalar, detail::CacheLineAllocator<Scalar>>;

  BasicTensor() = default;

  /// Filled with zeros.
  explicit BasicTensor(const Shape& shape) : shape_(shape), values_(static_cast<std::size_t>(shape.size())) {}

  /// `values` in memory order. Throws ShapeError when their number is not the shape's.
  BasicTensor(const Shape& shape, std::initializer_list<Scalar> values) : shape_(shape), values_(values) {
    check_size();
  }
  BasicTensor(const Shape& shape, const std::vector<Scalar>& values)
      : shape_(shape), values_(values.begin(), values.end()) {
    check_size();
  }

  [[nodiscard]] const Shape& shape() const { return shape_; }
  [[nodiscard]] int rank() const { return shape_.rank(); }
  [[nodiscard]] std::ptrdiff_t size() const { return shape_.size(); }
  [[nodiscard]] bool empty() const { return shape_.size() == 0; }
  [[nodiscard]] IndexRange indices() const { return IndexRange(shape_); }

  Scalar& operator()(int i) { return values_[offset(i)]; }
  Scalar operator()(int i) const { return values_[offset(i)]; }
  Scalar& operator()(int i, int j) { return values_[offset(i, j)]; }
  Scalar operator()(int i, int j) const { return values_[offset(i, j)]; }
  Scalar& operator()(int i, int j, int k) { return values_[offset(i, j, k)]; }
  Scalar operator()(int i, int j, int k) const { return values_[offset(i, j, k)]; }
  Scalar& operator()(int i, int j, int k, int l) { return values_[offset(i, j, k, l)]; }
  Scalar operator()(int i, int j, int k, int l) const { return values_[offset(i, j, k, l)]; }

  /// The flat numbers in memory order.
  [[nodiscard]] Scalar* data() { return values_.data(); }
  [[nodiscard]] const Scalar* data() const { return values_.data(); }
  [[nodiscard]] Scalar* begin() { return values_.data(); }
  [[nodiscard]] const Scalar* begin() const { return values_.data(); }
  [[nodiscard]] Scalar* end() { return values_.data() + size(); }
  [[nodiscard]] const Scalar* end() const { return values_.data() + size(); }
  Scalar& operator[](std::ptrdiff_t position) { return values_[flat(position)]; }
  Scalar operator[](std::ptrdiff_t position) const { return values_[flat(position)]; }

  void fill(Scalar value) {
    for (Scalar& v : values_) v = value;
  }

  /// The same numbers under another shape. Throws ShapeError when the sizes differ.
  [[nodiscard]] BasicTensor reshaped(const Shape& shape) const& { return BasicTensor(*this).reshaped_in_place(shape); }
  [[nodiscard]] BasicTensor reshaped(const Shape& shape) && { return std::move(reshaped_in_place(shape)); }

  /// Changes shape and size; memory is kept where it suffices and the values are then unspecified.
  void resize(const Shape& shape) {
    shape_ = shape;
    values_.resize(static_cast<std::size_t>(shape.size()));
  }

  friend bool operator==(const BasicTensor& a, const BasicTensor& b) {
    return a.shape_ == b.shape_ && a.values_ == b.values_;
  }

 private:
  void check_size() const {
    if (static_cast<std::ptrdiff_t>(values_.size()) != shape_.size())
      detail::throw_size_error(shape_, static_cast<std::ptrdiff_t>(values_.size()));
  }
  BasicTensor& reshaped_in_place(const Shape& shape) {
    if (shape.size() != shape_.size()) detail::throw_reshape_error(shape_, shape);
    shape_ = shape;
    return *this;
  }

  [[nodiscard]] std::size_t flat(std::ptrdiff_t position) const {
    if constexpr (HANDBUILT_CHECK_BOUNDS) {
      if (position < 0 || position >= size()) detail::throw_index_error(shape_, {static_cast<int>(position)});
    }
    return static_cast<std::size_t>(position);
  }
  template <class... Indices>
  [[nodiscard]] std::size_t offset(Indices... indices) const {
    constexpr int kCount = sizeof...(Indices);
    const std::array<int, sizeof...(Indices)> index{indices...};
    if constexpr (HANDBUILT_CHECK_BOUNDS) {
      if (kCount != rank()) detail::throw_rank_error(shape_, kCount);
      for (int d = 0; d < kCount; ++d)
        if (index[static_cast<std::size_t>(d)] < 0 || index[static_cast<std::size_t>(d)] >= shape_[d])
          detail::throw_index_error(shape_, {indices...});
    }
    std::ptrdiff_t position = index[0];
    for (int d = 1; d < kCount; ++d) position = position * shape_[d] + index[static_cast<std::size_t>(d)];
    return static_cast<std::size_t>(position);
  }

  Shape shape_;
  Storage values_;
};

using Tensor = BasicTensor<float>;
using TensorD = BasicTensor<double>;

/// Throws ShapeError "`where`: expected `name` [3, 4], got [4, 3]" unless the shapes are equal.
void require_shape(const char* where, const char* name, const Shape& expected, const Shape& got);

}  // namespace handbuilt

template <>
struct std::tuple_size<handbuilt::Shape> : std::integral_constant<std::size_t, handbuilt::Shape::kMaxRank> {};
template <std::size_t Dimension>
struct std::tuple_element<Dimension, handbuilt::Shape> {
  using type = int;
};

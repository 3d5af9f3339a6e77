#include "core/tensor.hpp"

#include <limits>

#include "core/error.hpp"

namespace handbuilt {

namespace {

std::string bracketed(const int* first, std::size_t count) {
  std::string text = "[";
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) text += ", ";
    text += std::to_string(first[i]);
  }
  return text + "]";
}

}  // namespace

Shape::Shape(std::initializer_list<int> extents) { assign(extents.begin(), extents.size()); }
Shape::Shape(const std::vector<int>& extents) { assign(extents.data(), extents.size()); }

void Shape::assign(const int* first, std::size_t count) {
  if (count < 1 || count > kMaxRank)
    throw ShapeError("a tensor has one to four dimensions, got " + bracketed(first, count));
  constexpr std::ptrdiff_t kMostElements = std::numeric_limits<std::ptrdiff_t>::max() / 16;
  extents_ = {1, 1, 1, 1};
  rank_ = static_cast<int>(count);
  size_ = 1;
  for (std::size_t d = 0; d < count; ++d) {
    if (first[d] < 0) throw ShapeError("an extent cannot be negative, got " + bracketed(first, count));
    if (first[d] > 0 && size_ > kMostElements / first[d])
      throw ShapeError("more elements than memory can address: " + bracketed(first, count));
    extents_[d] = first[d];
    size_ *= first[d];
  }
}

std::string Shape::to_string() const { return bracketed(extents_.data(), static_cast<std::size_t>(rank_)); }

namespace detail {

void throw_rank_error(const Shape& shape, int indices) {
  throw IndexError("a tensor of shape " + shape.to_string() + " takes " + std::to_string(shape.rank()) +
                   (shape.rank() == 1 ? " index" : " indices") + ", got " + std::to_string(indices));
}

void throw_index_error(const Shape& shape, std::initializer_list<int> index) {
  std::string text = bracketed(index.begin(), index.size());
  text.front() = '(';
  text.back() = ')';
  throw IndexError("index " + text + " is outside a tensor of shape " + shape.to_string());
}

void throw_size_error(const Shape& shape, std::ptrdiff_t values) {
  throw ShapeError("a tensor of shape " + shape.to_string() + " holds " + std::to_string(shape.size()) +
                   " values, got " + std::to_string(values));
}

void throw_reshape_error(const Shape& from, const Shape& to) {
  throw ShapeError("cannot reshape " + from.to_string() + " (" + std::to_string(from.size()) + " values) to " +
                   to.to_string() + " (" + std::to_string(to.size()) + " values)");
}

}  // namespace detail

void require_shape(const char* where, const char* name, const Shape& expected, const Shape& got) {
  if (expected == got) return;
  throw ShapeError(std::string(where) + ": expected " + name + " " + expected.to_string() + ", got " + got.to_string());
}

}  // namespace handbuilt

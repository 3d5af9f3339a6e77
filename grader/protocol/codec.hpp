#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/tensor.hpp"

/// How values travel between judge and worker, which run on one machine and are built by one compiler: numbers as they
/// lie in memory, everything of variable length behind its count.
///
/// What can travel: bool, numbers, enums, std::string, Shape, Tensor and TensorD, std::vector, std::pair and std::tuple
/// of these, and plain structs with HANDBUILT_FIELDS. To hand over a random stream, hand over its seed.
namespace handbuilt::grader {

/// Bytes that are not what the protocol says.
class ProtocolError : public Error {
 public:
  using Error::Error;
};

class ByteWriter {
 public:
  void raw(const void* data, std::size_t size) { bytes_.append(static_cast<const char*>(data), size); }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }
  [[nodiscard]] std::string take() && { return std::move(bytes_); }

 private:
  std::string bytes_;
};

/// Reads what a ByteWriter wrote. The bytes may come from anybody: whatever they are, reading them allocates no more
/// than a small multiple of their length, and throws ProtocolError when they are not what is asked for.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  void raw(void* data, std::size_t size) {
    require(size);
    if (size > 0) std::memcpy(data, bytes_.data(), size);
    bytes_.remove_prefix(size);
  }
  [[nodiscard]] std::string_view view(std::size_t size) {
    require(size);
    const std::string_view result = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return result;
  }
  [[nodiscard]] std::size_t remaining() const { return bytes_.size(); }
  [[nodiscard]] std::string_view rest() const { return bytes_; }

  /// Throws ProtocolError unless `count` things of at least `size` bytes each can still follow.
  void require(std::size_t count, std::size_t size = 1) const {
    if (count > bytes_.size() / size)
      throw ProtocolError("expected " + std::to_string(count) + " values of at least " + std::to_string(size) +
                          " bytes, got " + std::to_string(bytes_.size()) + " bytes");
  }
  void require_end() const {
    if (!bytes_.empty())
      throw ProtocolError("expected the end of the message, got " + std::to_string(bytes_.size()) + " more bytes");
  }

 private:
  std::string_view bytes_;
};

namespace detail {

template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};

template <class T>
struct IsTensor : std::false_type {};
template <class Scalar>
struct IsTensor<BasicTensor<Scalar>> : std::true_type {};

template <class T>
struct IsTuple : std::false_type {};
template <class... T>
struct IsTuple<std::tuple<T...>> : std::true_type {};
template <class A, class B>
struct IsTuple<std::pair<A, B>> : std::true_type {};

template <class T>
concept HasFields = requires(const T& value) {
  visit_fields(value, [](const char*, const auto&...) {});
};

template <class T>
inline constexpr bool kUnsupported = false;

}  // namespace detail

template <class T>
void write_value(ByteWriter& out, const T& value) {
  if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
    out.raw(&value, sizeof value);
  } else if constexpr (std::is_same_v<T, std::string>) {
    write_value(out, static_cast<std::uint64_t>(value.size()));
    out.raw(value.data(), value.size());
  } else if constexpr (std::is_same_v<T, Shape>) {
    write_value(out, value.rank());
    for (int d = 0; d < value.rank(); ++d) write_value(out, value[d]);
  } else if constexpr (detail::IsTensor<T>::value) {
    write_value(out, value.shape());
    out.raw(value.data(), static_cast<std::size_t>(value.size()) * sizeof(typename T::value_type));
  } else if constexpr (detail::IsVector<T>::value) {
    write_value(out, static_cast<std::uint64_t>(value.size()));
    for (const typename T::value_type& element : value) write_value(out, element);
  } else if constexpr (detail::IsTuple<T>::value) {
    std::apply([&](const auto&... element) { (write_value(out, element), ...); }, value);
  } else if constexpr (detail::HasFields<T>) {
    visit_fields(value, [&](const char*, const auto&... field) { (write_value(out, field), ...); });
  } else {
    static_assert(detail::kUnsupported<T>, "this type cannot travel: give its struct HANDBUILT_FIELDS");
  }
}

template <class T>
void read_value(ByteReader& in, T& value) {
  if constexpr (std::is_same_v<T, bool>) {
    unsigned char byte = 0;
    in.raw(&byte, 1);
    if (byte > 1) throw ProtocolError("expected a bool of 0 or 1, got " + std::to_string(byte));
    value = byte == 1;
  } else if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
    in.raw(&value, sizeof value);
  } else if constexpr (std::is_same_v<T, std::string>) {
    std::uint64_t size = 0;
    read_value(in, size);
    value = in.view(size);
  } else if constexpr (std::is_same_v<T, Shape>) {
    int rank = 0;
    read_value(in, rank);
    if (rank < 1 || rank > Shape::kMaxRank)
      throw ProtocolError("expected a rank from 1 to 4, got " + std::to_string(rank));
    std::vector<int> extents(static_cast<std::size_t>(rank));
    for (int& extent : extents) read_value(in, extent);
    try {
      value = Shape(extents);
    } catch (const ShapeError& error) {
      throw ProtocolError(error.what());
    }
  } else if constexpr (detail::IsTensor<T>::value) {
    Shape shape;
    read_value(in, shape);
    in.require(static_cast<std::size_t>(shape.size()), sizeof(typename T::value_type));
    value = T(shape);
    in.raw(value.data(), static_cast<std::size_t>(shape.size()) * sizeof(typename T::value_type));
  } else if constexpr (detail::IsVector<T>::value) {
    // Grow with what really comes: the count may lie, and elements may be larger here than on their way.
    std::uint64_t count = 0;
    read_value(in, count);
    in.require(count);
    value.clear();
    for (std::uint64_t i = 0; i < count; ++i) {
      typename T::value_type element{};
      read_value(in, element);
      value.push_back(std::move(element));
    }
  } else if constexpr (detail::IsTuple<T>::value) {
    std::apply([&](auto&... element) { (read_value(in, element), ...); }, value);
  } else if constexpr (detail::HasFields<T>) {
    visit_fields(value, [&](const char*, auto&... field) { (read_value(in, field), ...); });
  } else {
    static_assert(detail::kUnsupported<T>, "this type cannot travel: give its struct HANDBUILT_FIELDS");
  }
}

/// The next value. Throws ProtocolError.
template <class T>
T read_value(ByteReader& in) {
  T value{};
  read_value(in, value);
  return value;
}

}  // namespace handbuilt::grader

#pragma once

#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "grader/protocol/codec.hpp"

namespace handbuilt::grader {

/// What a function's type says about a call: values that go in, the value that comes out, and which arguments the
/// function may change (non-const references), which come back too.
template <class Function>
struct Signature;

template <class Return, class... Parameters>
struct Signature<Return(Parameters...)> {
  using Result = std::remove_cvref_t<Return>;
  using Arguments = std::tuple<std::remove_cvref_t<Parameters>...>;

  template <class Parameter>
  static constexpr bool kChanges =
      std::is_lvalue_reference_v<Parameter> && !std::is_const_v<std::remove_reference_t<Parameter>>;

  template <class Parameter>
  static constexpr bool kIsConstant =
      std::is_lvalue_reference_v<Parameter>&& std::is_const_v<std::remove_reference_t<Parameter>>;

  /// Calls `function` with decoded arguments.
  template <class Callable>
  static Return invoke(Callable&& function, Arguments& arguments) {
    return std::apply([&](auto&... argument) -> Return { return function(static_cast<Parameters&&>(argument)...); },
                      arguments);
  }

  static void write_changed(ByteWriter& out, const Arguments& arguments) {
    std::apply([&](const auto&... argument) { (write_if_changed<Parameters>(out, argument), ...); }, arguments);
  }

  /// The bytes of each argument that the function has promised to leave alone; none for the others.
  static std::vector<std::string> constants(const Arguments& arguments) {
    return std::apply(
        [](const auto&... argument) { return std::vector<std::string>{bytes_if_constant<Parameters>(argument)...}; },
        arguments);
  }

  /// Reads changed arguments back into the caller's own.
  template <class... Values>
  static void read_changed(ByteReader& in, Values&... values) {
    (read_if_changed<Parameters>(in, values), ...);
  }

 private:
  template <class Parameter, class Value>
  static void write_if_changed(ByteWriter& out, const Value& value) {
    if constexpr (kChanges<Parameter>) write_value(out, value);
  }
  template <class Parameter, class Value>
  static std::string bytes_if_constant(const Value& value) {
    ByteWriter out;
    if constexpr (kIsConstant<Parameter>) write_value(out, value);
    return std::move(out).take();
  }
  template <class Parameter, class Value>
  static void read_if_changed(ByteReader& in, Value& value) {
    if constexpr (kChanges<Parameter>) read_value(in, value);
  }
};

template <class Return, class... Parameters>
struct Signature<Return(Parameters...) noexcept> : Signature<Return(Parameters...)> {};
template <class Return, class... Parameters>
struct Signature<Return (*)(Parameters...)> : Signature<Return(Parameters...)> {};
template <class Return, class... Parameters>
struct Signature<Return (*)(Parameters...) noexcept> : Signature<Return(Parameters...)> {};

/// Of a member function: the class it belongs to as well.
template <class Class, class Return, class... Parameters>
struct Signature<Return (Class::*)(Parameters...)> : Signature<Return(Parameters...)> {
  using Object = Class;
};
template <class Class, class Return, class... Parameters>
struct Signature<Return (Class::*)(Parameters...) const> : Signature<Return(Parameters...)> {
  using Object = Class;
};
template <class Class, class Return, class... Parameters>
struct Signature<Return (Class::*)(Parameters...) noexcept> : Signature<Return(Parameters...)> {
  using Object = Class;
};
template <class Class, class Return, class... Parameters>
struct Signature<Return (Class::*)(Parameters...) const noexcept> : Signature<Return(Parameters...)> {
  using Object = Class;
};

}  // namespace handbuilt::grader

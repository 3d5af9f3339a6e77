#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "grader/judge/session.hpp"
#include "grader/protocol/for_each.hpp"
#include "grader/protocol/parts.hpp"
#include "grader/protocol/signature.hpp"

namespace handbuilt::grader {

namespace detail {

template <class Arguments>
std::string show_call(std::string_view arguments, std::string_view names) {
  ByteReader in(arguments);
  return show_parts(parts_of_arguments(read_value<Arguments>(in), names));
}

/// For a call of many at once, the first is shown.
template <class Arguments>
std::string show_batch(std::string_view arguments, std::string_view names) {
  ByteReader in(arguments);
  const auto count = read_value<std::uint64_t>(in);
  return "  (" + std::to_string(count) + " calls at once; the first)\n" +
         (count > 0 ? show_call<Arguments>(in.rest(), names) : "");
}

/// Reads a payload to its end, or counts it as meddling: the judge must not stumble over what a student makes up.
template <class Read>
void read_payload(const std::string& payload, Read&& read) {
  ByteReader in(payload);
  try {
    read(in);
    in.require_end();
  } catch (const ProtocolError&) {
    Session::current().fail(
        {Status::forbidden, "your code meddled with the grader: it made up an answer", "", "", false});
    throw StudentFailed(Status::forbidden);
  }
}

template <class Result, class Read>
Result read_result(const std::string& payload, Read&& read_changed) {
  if constexpr (std::is_void_v<Result>) {
    read_payload(payload, read_changed);
  } else {
    Result result{};
    read_payload(payload, [&](ByteReader& in) {
      read_value(in, result);
      read_changed(in);
    });
    return result;
  }
}

}  // namespace detail

/// A function of the student's that is called as if it were here. Arguments it takes by non-const reference come back
/// changed. A call that gives no value (a crash, an exception, the stub) leaves the test.
template <class Function>
class StudentFunction;

template <class Return, class... Parameters>
class StudentFunction<Return(Parameters...)> {
 public:
  using S = Signature<Return(Parameters...)>;
  using Result = typename S::Result;

  StudentFunction(std::string function, std::string names) : function_(std::move(function)), names_(std::move(names)) {}

  Result operator()(Parameters... arguments) const {
    ByteWriter out;
    (write_value<std::remove_cvref_t<Parameters>>(out, arguments), ...);
    const std::string payload = Session::current().call(
        FrameKind::call, {function_, names_, std::move(out).take(), detail::show_call<typename S::Arguments>});
    return detail::read_result<Result>(payload, [&](ByteReader& in) { S::read_changed(in, arguments...); });
  }

  /// Many calls in one message, each with arguments of its own; changed arguments are not given back.
  [[nodiscard]] std::vector<Result> batch(const std::vector<typename S::Arguments>& calls) const {
    ByteWriter out;
    write_value(out, calls);
    const std::string payload = Session::current().call(
        FrameKind::batch, {function_, names_, std::move(out).take(), detail::show_batch<typename S::Arguments>});
    std::vector<Result> results(calls.size());
    detail::read_payload(payload, [&](ByteReader& in) {
      for (std::size_t i = 0; i < calls.size(); ++i) {
        read_value(in, results[i]);
        auto arguments = calls[i];
        std::apply([&](auto&... argument) { S::read_changed(in, argument...); }, arguments);
      }
    });
    return results;
  }

 private:
  std::string function_, names_;
};

template <class Return, class... Parameters>
class StudentFunction<Return(Parameters...) noexcept> : public StudentFunction<Return(Parameters...)> {
 public:
  using StudentFunction<Return(Parameters...)>::StudentFunction;
};

/// An object of a student's class that lives in the worker as long as this lives here.
class StudentObject {
 public:
  explicit StudentObject(std::string class_name);
  ~StudentObject();
  StudentObject(const StudentObject&) = delete;
  StudentObject& operator=(const StudentObject&) = delete;

  [[nodiscard]] std::uint64_t handle() const { return handle_; }

 private:
  std::string class_;
  std::uint64_t handle_ = 0;
};

/// A member function of a student's object: `controller.step(frame)` is one call, `controller.step.batch(frames)` many
/// ticks in one message.
template <class Method, class Function>
class StudentMethodOf;

template <class Method, class Return, class... Parameters>
class StudentMethodOf<Method, Return(Parameters...)> {
 public:
  using Result = typename Signature<Method>::Result;
  using WithHandle = StudentFunction<Return(std::uint64_t, Parameters...)>;

  StudentMethodOf(const StudentObject& object, std::string name)
      : object_(object), function_(std::move(name), "object") {}

  Result operator()(Parameters... arguments) const {
    return function_(object_.handle(), static_cast<Parameters&&>(arguments)...);
  }

  /// The object's answers to one argument after the other.
  template <class Argument>
  [[nodiscard]] std::vector<Result> batch(const std::vector<Argument>& arguments) const {
    typename std::vector<typename WithHandle::S::Arguments> calls;
    for (const Argument& argument : arguments) calls.emplace_back(object_.handle(), argument);
    return function_.batch(calls);
  }

  /// One call of each object, `methods[i]` with `arguments[i]`, in one message: a fleet's tick.
  template <class Argument>
  [[nodiscard]] static std::vector<Result> together(const std::vector<const StudentMethodOf*>& methods,
                                                    const std::vector<Argument>& arguments) {
    if (methods.empty()) return {};
    typename std::vector<typename WithHandle::S::Arguments> calls;
    for (std::size_t i = 0; i < methods.size(); ++i) calls.emplace_back(methods[i]->object_.handle(), arguments.at(i));
    return methods.front()->function_.batch(calls);
  }

 private:
  const StudentObject& object_;
  WithHandle function_;
};

namespace detail {

template <class Method>
struct FunctionOf;
template <class Class, class Return, class... Parameters>
struct FunctionOf<Return (Class::*)(Parameters...)> {
  using type = Return(Parameters...);
};
template <class Class, class Return, class... Parameters>
struct FunctionOf<Return (Class::*)(Parameters...) const> {
  using type = Return(Parameters...);
};
template <class Class, class Return, class... Parameters>
struct FunctionOf<Return (Class::*)(Parameters...) noexcept> {
  using type = Return(Parameters...);
};
template <class Class, class Return, class... Parameters>
struct FunctionOf<Return (Class::*)(Parameters...) const noexcept> {
  using type = Return(Parameters...);
};

}  // namespace detail

template <class Method>
using StudentMethod = StudentMethodOf<Method, typename detail::FunctionOf<Method>::type>;

}  // namespace handbuilt::grader

/// `STUDENT(convnet, conv2d_forward)` makes student::conv2d_forward, with the signature that tasks.hpp declares;
/// `STUDENT(convnet, conv2d_forward, input, weights, bias)` also names its parameters for the messages.
#define STUDENT(...) HANDBUILT_STUDENT(__VA_ARGS__, )
#define HANDBUILT_STUDENT(name_space, function, ...)                                                              \
  namespace student {                                                                                             \
  const ::handbuilt::grader::StudentFunction<decltype(name_space::function)> function(#name_space "::" #function, \
                                                                                      #__VA_ARGS__);              \
  }                                                                                                               \
  static_assert(true)

#define HANDBUILT_STUDENT_METHOD(Class, method) \
  ::handbuilt::grader::StudentMethod<decltype(&Class::method)> method{*this, #Class "::" #method};

/// `STUDENT_CLASS(vacuum, Controller, reset, step);` makes the class student::Controller, whose objects live in the
/// worker and whose named member functions can be called.
#define STUDENT_CLASS(name_space, Class, ...)                                    \
  namespace student {                                                            \
  class Class : public ::handbuilt::grader::StudentObject {                      \
   public:                                                                       \
    Class() : StudentObject(#name_space "::" #Class) {}                          \
    HANDBUILT_FOR_EACH(HANDBUILT_STUDENT_METHOD, name_space::Class, __VA_ARGS__) \
  };                                                                             \
  }                                                                              \
  static_assert(true)

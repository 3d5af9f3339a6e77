#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "grader/protocol/codec.hpp"
#include "grader/protocol/for_each.hpp"
#include "grader/protocol/parts.hpp"
#include "grader/protocol/signature.hpp"

/// The worker is the program that a student's file is linked into: a fixed table of functions, built beforehand, and a
/// loop that reads calls on one descriptor and writes answers on another. A FILE.worker.cpp consists of
///
///     #include "grader/worker/worker.hpp"
///     #include "tasks.hpp"
///
///     WORKER(convnet::conv2d_forward)
///     WORKER_CLASS(vacuum::Controller, reset, step)   // default-constructed, then driven by its member functions
///
/// The table is constant: it exists before any code of the student's runs.
namespace handbuilt::grader {

/// A function the judge may call.
struct Entry {
  const char* name;
  void (*call)(ByteReader& arguments, ByteWriter& answer);
  std::string (*show_arguments)(ByteReader& arguments);
  std::string (*show_answer)(ByteReader& answer);
};

/// Thrown by not_started().
struct NotStarted {};

/// Thrown when a call has changed what it took by const reference.
struct ChangedConstant {
  std::size_t argument;  ///< counted from 0
};

namespace detail {

template <class S>
std::string show_arguments(ByteReader& in) {
  return show_parts(parts_of_arguments(read_value<typename S::Arguments>(in)));
}

template <class S>
std::string show_answer(ByteReader& in) {
  if constexpr (std::is_void_v<typename S::Result>)
    return "";
  else
    return show_parts(parts_of(read_value<typename S::Result>(in), "result"));
}

template <class S>
void require_unchanged(const typename S::Arguments& arguments, const std::vector<std::string>& before) {
  const std::vector<std::string> after = S::constants(arguments);
  for (std::size_t i = 0; i < before.size(); ++i)
    if (after[i] != before[i]) throw ChangedConstant{i};
}

/// Runs `function` and writes its result and the arguments it changed. Throws ChangedConstant when it has written
/// through a reference to const, which a cast makes possible.
template <class S, class Function>
void call(Function&& function, ByteReader& in, ByteWriter& out) {
  auto arguments = read_value<typename S::Arguments>(in);
  const std::vector<std::string> before = S::constants(arguments);
  if constexpr (std::is_void_v<typename S::Result>)
    S::invoke(function, arguments);
  else
    write_value(out, static_cast<const typename S::Result&>(S::invoke(function, arguments)));
  require_unchanged<S>(arguments, before);
  S::write_changed(out, arguments);
}

template <auto function>
void call_function(ByteReader& in, ByteWriter& out) {
  call<Signature<decltype(function)>>(function, in, out);
}

/// The objects of a student's class that live in this worker, by handle.
template <class Class>
class Objects {
 public:
  static std::uint64_t create() {
    auto object = std::make_unique<Class>();
    State& s = state();
    s.objects[++s.last_handle] = std::move(object);
    return s.last_handle;
  }
  static void destroy(std::uint64_t handle) { state().objects.erase(handle); }
  static Class& find(std::uint64_t handle) {
    const auto found = state().objects.find(handle);
    if (found == state().objects.end()) throw ProtocolError("no object has the handle " + std::to_string(handle));
    return *found->second;
  }

 private:
  struct State {
    std::map<std::uint64_t, std::unique_ptr<Class>> objects;
    std::uint64_t last_handle = 0;
  };
  static State& state() {
    static State state;
    return state;
  }
};

template <auto method>
void call_method(ByteReader& in, ByteWriter& out) {
  using S = Signature<decltype(method)>;
  auto& object = Objects<typename S::Object>::find(read_value<std::uint64_t>(in));
  const auto bound = [&](auto&&... argument) -> decltype(auto) {
    return (object.*method)(std::forward<decltype(argument)>(argument)...);
  };
  call<S>(bound, in, out);
}

template <class S>
std::string show_method_arguments(ByteReader& in) {
  const std::string object = "  object " + std::to_string(read_value<std::uint64_t>(in)) + "\n";
  return object + show_arguments<S>(in);
}

}  // namespace detail

template <auto function>
constexpr Entry function_entry(const char* name) {
  using S = Signature<decltype(function)>;
  return {name, detail::call_function<function>, detail::show_arguments<S>, detail::show_answer<S>};
}

template <auto method>
constexpr Entry method_entry(const char* name) {
  using S = Signature<decltype(method)>;
  return {name, detail::call_method<method>, detail::show_method_arguments<S>, detail::show_answer<S>};
}

}  // namespace handbuilt::grader

// Entries are collected by the linker in a section of their own: no code has to run to register them.
#define HANDBUILT_ENTRY(...) HANDBUILT_ENTRY_NAMED(__COUNTER__, __VA_ARGS__)
#define HANDBUILT_ENTRY_NAMED(number, ...) HANDBUILT_ENTRY_JOINED(number, __VA_ARGS__)
#define HANDBUILT_ENTRY_JOINED(number, ...)                                                       \
  static constexpr ::handbuilt::grader::Entry handbuilt_entry_##number = __VA_ARGS__;             \
  [[gnu::section("handbuilt_entries"),                                                            \
    gnu::used]] static const ::handbuilt::grader::Entry* const handbuilt_entry_pointer_##number = \
      &handbuilt_entry_##number;

#define HANDBUILT_METHOD_ENTRY(Class, method) \
  HANDBUILT_ENTRY(::handbuilt::grader::method_entry<&Class::method>(#Class "::" #method))

/// A free function of tasks.hpp, by its qualified name.
#define WORKER(function) HANDBUILT_ENTRY(::handbuilt::grader::function_entry<&function>(#function))

/// A class of tasks.hpp, by its qualified name, and the member functions that may be called.
#define WORKER_CLASS(Class, ...)                                                                                      \
  HANDBUILT_ENTRY(                                                                                                    \
      ::handbuilt::grader::function_entry<&::handbuilt::grader::detail::Objects<Class>::create>(#Class "::create"))   \
  HANDBUILT_ENTRY(                                                                                                    \
      ::handbuilt::grader::function_entry<&::handbuilt::grader::detail::Objects<Class>::destroy>(#Class "::destroy")) \
  HANDBUILT_FOR_EACH(HANDBUILT_METHOD_ENTRY, Class, __VA_ARGS__)

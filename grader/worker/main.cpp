#include <cxxabi.h>
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <typeinfo>

#include "core/error.hpp"
#include "core/file.hpp"
#include "grader/protocol/frame.hpp"
#include "grader/worker/worker.hpp"

// The linker's names for the two ends of the table.
extern "C" const handbuilt::grader::Entry* const __start_handbuilt_entries;
extern "C" const handbuilt::grader::Entry* const __stop_handbuilt_entries;

void not_started() { throw handbuilt::grader::NotStarted{}; }

namespace handbuilt::grader {

namespace {

struct Answer {
  FrameKind kind = FrameKind::returned;
  std::string payload;
};

/// Leaves at once: what a student's file does on its way out (atexit, destructors) is nobody's business.
[[noreturn]] void give_up_on_channel() { ::_exit(kChannelBrokenExitCode); }

/// False at the end of the stream.
bool read_all(int descriptor, char* data, std::size_t size) {
  while (size > 0) {
    const ssize_t got = ::read(descriptor, data, size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) give_up_on_channel();
    if (got == 0) return false;
    data += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

void write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(descriptor, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) give_up_on_channel();
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
}

const Entry& find_entry(std::string_view name) {
  for (const Entry* const* entry = &__start_handbuilt_entries; entry != &__stop_handbuilt_entries; ++entry)
    if ((*entry)->name == name) return **entry;
  throw ProtocolError("this worker has no function " + std::string(name));
}

std::string readable_type(const std::exception& error) {
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> name(
      abi::__cxa_demangle(typeid(error).name(), nullptr, nullptr, &status), &std::free);
  return name ? name.get() : typeid(error).name();
}

Answer thrown(ThrownKind kind, const std::string& type, const std::string& text) {
  ByteWriter out;
  write_value(out, kind);
  write_value(out, type);
  write_value(out, text);
  return {FrameKind::threw, std::move(out).take()};
}

/// The answer that stands for the exception in flight.
Answer answer_for_exception() {
  try {
    throw;
  } catch (const NotStarted&) {
    return {FrameKind::not_started, ""};
  } catch (const ChangedConstant& changed) {
    return thrown(ThrownKind::changed_constant, "ChangedConstant", std::to_string(changed.argument));
  } catch (const std::bad_alloc&) {
    return {FrameKind::out_of_memory, ""};
  } catch (const ProtocolError& error) {
    ByteWriter out;
    write_value(out, std::string(error.what()));
    return {FrameKind::refused, std::move(out).take()};
  } catch (const IndexError& error) {
    return thrown(ThrownKind::index_error, readable_type(error), error.what());
  } catch (const Error& error) {
    return thrown(ThrownKind::other_handbuilt_error, readable_type(error), error.what());
  } catch (const std::exception& error) {
    return thrown(ThrownKind::something_else, readable_type(error), error.what());
  } catch (...) {
    return thrown(ThrownKind::something_else, "something that is no std::exception", "");
  }
}

/// Runs the call or batch that `payload` holds.
Answer run(FrameKind kind, std::string_view payload) {
  try {
    ByteReader in(payload);
    const Entry& entry = find_entry(read_value<std::string>(in));
    const auto count = kind == FrameKind::batch ? read_value<std::uint64_t>(in) : 1;
    ByteWriter out;
    for (std::uint64_t i = 0; i < count; ++i) entry.call(in, out);
    return {FrameKind::returned, std::move(out).take()};
  } catch (...) {
    return answer_for_exception();
  }
}

/// The call being served, for the one answer that is written outside the loop.
FrameHeader current_call;

void send(const Answer& answer) {
  FrameHeader header = current_call;
  header.kind = answer.kind;
  write_all(kAnswerDescriptor, encode_frame(header, answer.payload));
}

/// An exception that cannot be caught (it left a noexcept function, or a destructor) still deserves its own name.
[[noreturn]] void answer_and_abort() {
  if (std::current_exception()) send(answer_for_exception());
  std::fflush(stdout);
  std::abort();
}

int serve() {
  for (const int descriptor : {kCallDescriptor, kAnswerDescriptor})
    if (::fcntl(descriptor, F_SETFD, FD_CLOEXEC) != 0) {
      std::fputs("this program is run by the grader; to replay a kept call, use --replay FILE\n", stderr);
      return 2;
    }
  std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);
  std::set_terminate(answer_and_abort);

  std::string head(kFrameHeaderSize, '\0'), payload;
  while (read_all(kCallDescriptor, head.data(), head.size())) {
    try {
      current_call = decode_frame_header(head);
    } catch (const ProtocolError&) {
      give_up_on_channel();
    }
    payload.resize(current_call.length);
    if (!read_all(kCallDescriptor, payload.data(), payload.size())) give_up_on_channel();
    const Answer answer = run(current_call.kind, payload);
    std::fflush(stdout);
    send(answer);
  }
  ::_exit(0);
}

/// Runs the calls that were kept in a file and shows the last one.
int replay(const char* path) {
  const std::string bytes = read_file(path);
  ByteReader frames(bytes);
  while (frames.remaining() > 0) {
    const FrameHeader header = decode_frame_header(frames.view(kFrameHeaderSize));
    const std::string_view payload = frames.view(header.length);
    ByteReader in(payload);
    const Entry& entry = find_entry(read_value<std::string>(in));
    const bool show = frames.remaining() == 0 && header.kind == FrameKind::call;
    if (show) std::printf("%s\n%s", entry.name, entry.show_arguments(in).c_str());
    std::fflush(stdout);
    const Answer answer = run(header.kind, payload);
    if (!show) continue;
    ByteReader out(answer.payload);
    if (answer.kind == FrameKind::returned) {
      std::printf("answered\n%s", entry.show_answer(out).c_str());
    } else if (answer.kind == FrameKind::threw) {
      (void)read_value<ThrownKind>(out);
      const auto type = read_value<std::string>(out);
      std::printf("threw %s: %s\n", type.c_str(), read_value<std::string>(out).c_str());
    } else {
      std::puts(answer.kind == FrameKind::not_started     ? "has not been started"
                : answer.kind == FrameKind::out_of_memory ? "ran out of memory"
                                                          : "could not be run");
    }
  }
  return 0;
}

}  // namespace

}  // namespace handbuilt::grader

int main(int argc, char** argv) {
  using namespace handbuilt::grader;
  if (argc == 3 && std::string_view(argv[1]) == "--replay") {
    try {
      return replay(argv[2]);
    } catch (const std::exception& error) {
      std::fprintf(stderr, "%s\n", error.what());
      return 2;
    }
  }
  return serve();
}

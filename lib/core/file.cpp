#include "core/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "core/descriptor.hpp"
#include "core/error.hpp"

namespace handbuilt {

namespace {

[[noreturn]] void fail(const std::filesystem::path& path, const std::string& what, int error_number) {
  throw DataError(path.string() + ": " + what + ": " + std::strerror(error_number));
}

}  // namespace

std::string read_file(const std::filesystem::path& path, std::size_t largest_bytes) {
  // O_NONBLOCK: opening a pipe that nobody writes must not wait.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.get() < 0) fail(path, "cannot open the file", errno);
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) fail(path, "cannot read the file", errno);
  if (!S_ISREG(status.st_mode)) throw DataError(path.string() + ": expected a regular file");

  // The size is only a first guess: the file may grow or shrink while it is read.
  std::string content;
  std::size_t length = 0;
  content.resize(std::min(static_cast<std::size_t>(status.st_size), largest_bytes) + 1);
  for (;;) {
    if (length > largest_bytes)
      throw DataError(path.string() + ": expected at most " + std::to_string(largest_bytes) + " bytes, got more");
    if (length == content.size()) content.resize(content.size() * 2);
    const ssize_t got = ::read(file.get(), content.data() + length, content.size() - length);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail(path, "cannot read the file", errno);
    if (got == 0) break;
    length += static_cast<std::size_t>(got);
  }
  content.resize(length);
  return content;
}

void write_file(const std::filesystem::path& path, std::string_view content) {
  std::string beside = path.string() + ".XXXXXX";
  Descriptor file(::mkostemp(beside.data(), O_CLOEXEC));
  if (file.get() < 0) fail(path, "cannot write the file", errno);
  const auto give_up = [&](const std::string& what) {
    const int reason = errno;
    ::unlink(beside.c_str());
    fail(path, what, reason);
  };
  while (!content.empty()) {
    const ssize_t put = ::write(file.get(), content.data(), content.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) give_up("cannot write the file");
    content.remove_prefix(static_cast<std::size_t>(put));
  }
  // mkostemp makes a private file; give it the mode any other new file would have.
  const mode_t mask = ::umask(0);
  ::umask(mask);
  if (::fchmod(file.get(), 0666 & ~mask) != 0 || ::fsync(file.get()) != 0) give_up("cannot write the file");
  if (::close(file.release()) != 0) give_up("cannot write the file");
  if (::rename(beside.c_str(), path.c_str()) != 0) give_up("cannot rename the finished file into place");
}

}  // namespace handbuilt

#include "data/gzip.hpp"

#define ZLIB_CONST
#include <zlib.h>

#include <algorithm>
#include <limits>
#include <new>
#include <utility>

#include "core/error.hpp"

namespace handbuilt::data {

namespace {

constexpr int kGzipWindow = 15 + 16;  // the largest window; 16 selects gzip's header and trailer

const Bytef* bytes(std::string_view text) { return reinterpret_cast<const Bytef*>(text.data()); }

uInt chunk(std::size_t count) {
  return static_cast<uInt>(std::min<std::size_t>(count, std::numeric_limits<uInt>::max()));
}

}  // namespace

bool is_gzip(std::string_view content) { return content.starts_with("\x1f\x8b"); }

std::string gzip(std::string_view content) {
  constexpr std::size_t kMost = std::numeric_limits<uInt>::max();
  if (content.size() > kMost)
    throw ValueError("gzip: expected at most " + std::to_string(kMost) + " bytes, got " +
                     std::to_string(content.size()));
  z_stream stream{};
  constexpr int kMemoryLevel = 9;
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzipWindow, kMemoryLevel, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::bad_alloc();
  const std::unique_ptr<z_stream, decltype(&deflateEnd)> owner(&stream, deflateEnd);

  std::string out(deflateBound(&stream, content.size()), '\0');
  stream.next_in = bytes(content);
  stream.avail_in = static_cast<uInt>(content.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = chunk(out.size());
  if (deflate(&stream, Z_FINISH) != Z_STREAM_END) throw Error("gzip: zlib could not compress the content");
  out.resize(stream.total_out);
  return out;
}

struct Gunzip::State {
  std::string_view compressed;
  std::string name;
  z_stream stream{};
  std::size_t taken = 0;  // compressed bytes that have been read
  bool ended = false;

  [[noreturn]] void fail(const std::string& what) const { throw DataError(name + ": " + what); }

  /// Fills `out` as far as the stream goes and says how far that was.
  std::size_t inflate_into(char* out, std::size_t count) {
    std::size_t written = 0;
    while (written < count && !ended) {
      stream.next_in = bytes(compressed) + taken;
      stream.avail_in = chunk(compressed.size() - taken);
      stream.next_out = reinterpret_cast<Bytef*>(out) + written;
      stream.avail_out = chunk(count - written);
      const int status = inflate(&stream, Z_NO_FLUSH);
      taken = static_cast<std::size_t>(stream.next_in - bytes(compressed));
      written = static_cast<std::size_t>(stream.next_out - reinterpret_cast<Bytef*>(out));
      check(status);
    }
    return written;
  }

  void check(int status) {
    if (status == Z_MEM_ERROR) throw std::bad_alloc();
    if (status == Z_BUF_ERROR)
      fail("truncated gzip stream: expected more after byte " + std::to_string(compressed.size()) + ", got the end");
    if (status != Z_OK && status != Z_STREAM_END)
      fail("damaged gzip stream at byte " + std::to_string(taken) + ": " +
           (stream.msg != nullptr ? stream.msg : "not gzip data"));
    ended = status == Z_STREAM_END;
    if (ended && taken < compressed.size())
      fail("expected the gzip stream's end to be the file's, got " + std::to_string(compressed.size() - taken) +
           " more bytes at byte " + std::to_string(taken));
  }
};

Gunzip::Gunzip(std::string_view compressed, std::string name) : state_(std::make_unique<State>()) {
  state_->compressed = compressed;
  state_->name = std::move(name);
  if (inflateInit2(&state_->stream, kGzipWindow) != Z_OK) throw std::bad_alloc();
}

Gunzip::~Gunzip() { inflateEnd(&state_->stream); }

std::string Gunzip::read(std::size_t count) {
  std::string out;
  std::size_t length = 0;
  while (length < count && !state_->ended) {
    out.resize(std::min(count, std::max<std::size_t>(4096, length * 2)));
    length += state_->inflate_into(out.data() + length, out.size() - length);
  }
  out.resize(length);
  return out;
}

}  // namespace handbuilt::data

#include "nn/model_file.hpp"

#include <zlib.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <type_traits>
#include <vector>

#include "core/error.hpp"
#include "core/file.hpp"

namespace handbuilt::nn {

namespace {

constexpr std::string_view kMagic = "\x89HBNN\r\n\x1a";
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kLengthOffset = kMagic.size() + sizeof(std::uint32_t);
constexpr std::size_t kHeaderSize = kLengthOffset + sizeof(std::uint64_t);
constexpr std::size_t kChecksumSize = sizeof(std::uint32_t);

template <class Scalar>
using BitsOf = std::conditional_t<sizeof(Scalar) == 4, std::uint32_t, std::uint64_t>;

std::uint32_t checksum(std::string_view bytes) {
  return static_cast<std::uint32_t>(::crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

template <class Unsigned>
void append(std::string& bytes, Unsigned number) {
  for (std::size_t i = 0; i < sizeof number; ++i) bytes += static_cast<char>(number >> (8 * i) & 0xff);
}

void append_text(std::string& bytes, std::string_view text) {
  append(bytes, static_cast<std::uint32_t>(text.size()));
  bytes += text;
}

/// "parameter 3 (bias)": what messages call a parameter.
template <class Scalar>
std::string label(std::size_t index, const Parameter<Scalar>& parameter) {
  return "parameter " + std::to_string(index) + " (" + parameter.name + ")";
}

/// Text from a file, made fit for one line of a message.
std::string quoted(std::string_view text) {
  constexpr std::size_t kMost = 200;
  std::string line = "\"";
  for (const char c : text.substr(0, kMost))
    line += c == '\n' ? std::string(" | ") : std::string(1, c >= ' ' ? c : '?');
  return line + (text.size() > kMost ? "...\"" : "\"");
}

/// Takes one field after another and refuses whatever is not there.
class Reader {
 public:
  Reader(std::string_view bytes, const std::string& source) : bytes_(bytes), source_(source) {}

  [[noreturn]] void refuse(const std::string& reason) const { refuse_at(position_, reason); }
  [[noreturn]] void refuse_at(std::size_t byte, const std::string& reason) const {
    throw DataError(source_ + ": byte " + std::to_string(byte) + ": " + reason);
  }

  std::string_view take(std::size_t count, const std::string& field) {
    if (count > bytes_.size() - position_)
      refuse("the file ends within the " + field + ": expected " + std::to_string(count) + " more bytes, got " +
             std::to_string(bytes_.size() - position_));
    const std::string_view taken = bytes_.substr(position_, count);
    position_ += count;
    return taken;
  }

  template <class Unsigned>
  Unsigned number(const std::string& field) {
    Unsigned value = 0;
    const std::string_view taken = take(sizeof value, field);
    for (std::size_t i = 0; i < sizeof value; ++i)
      value |= static_cast<Unsigned>(Unsigned{static_cast<unsigned char>(taken[i])} << (8 * i));
    return value;
  }

  /// A number that can only be one.
  void expect(std::uint32_t expected, const std::string& field) {
    const std::size_t start = position_;
    const auto got = number<std::uint32_t>(field);
    if (got != expected)
      refuse_at(start, "expected " + field + " " + std::to_string(expected) + ", got " + std::to_string(got));
  }

  /// A text that can only be one.
  void expect_text(std::string_view expected, const std::string& field) {
    const std::size_t start = position_;
    const std::string_view got = take(number<std::uint32_t>("length of the " + field), field);
    if (got != expected) refuse_at(start, "expected " + field + " " + quoted(expected) + ", got " + quoted(got));
  }

  /// Leaves `count` bytes at the end for another purpose.
  void withhold(std::size_t count) { bytes_.remove_suffix(count); }

  [[nodiscard]] std::size_t position() const { return position_; }
  [[nodiscard]] std::size_t left() const { return bytes_.size() - position_; }

 private:
  std::string_view bytes_;
  const std::string& source_;
  std::size_t position_ = 0;
};

/// The parts that tell a whole model file from anything else; afterwards every byte is known to be as it was written.
void check_envelope(std::string_view bytes, Reader& reader) {
  if (bytes.substr(0, kMagic.size()) != kMagic.substr(0, bytes.size()))
    reader.refuse("this is not a Handbuilt model file (the first bytes differ)");
  reader.take(kMagic.size(), "magic number");
  const auto version = reader.number<std::uint32_t>("version");
  if (version != kVersion)
    reader.refuse_at(kMagic.size(), "expected version " + std::to_string(kVersion) + ", got " +
                                        std::to_string(version) + "; train the network again to write a new file");
  const auto length = reader.number<std::uint64_t>("length of the file");
  if (length != bytes.size())
    reader.refuse_at(kLengthOffset, (length > bytes.size() ? "the file is truncated" : "something follows the model") +
                                        std::string(": expected ") + std::to_string(length) + " bytes, got " +
                                        std::to_string(bytes.size()));
  if (length < kHeaderSize + kChecksumSize) reader.refuse("the file is too short to hold a checksum");

  const std::size_t content_size = bytes.size() - kChecksumSize;
  Reader end = reader;
  end.take(content_size - end.position(), "content");
  if (end.number<std::uint32_t>("checksum") != checksum(bytes.substr(0, content_size)))
    reader.refuse_at(content_size, "the checksum differs: the file is damaged");
  reader.withhold(kChecksumSize);
}

template <class Scalar>
BasicTensor<Scalar> read_parameter(Reader& reader, std::size_t index, const Parameter<Scalar>& parameter) {
  const std::string which = label(index, parameter);
  const Shape& shape = parameter.value.shape();
  reader.expect_text(parameter.name, "name of " + which);
  reader.expect(sizeof(Scalar), "bytes of a number in " + which);
  reader.expect(static_cast<std::uint32_t>(shape.rank()), "rank of " + which);
  for (int d = 0; d < shape.rank(); ++d)
    reader.expect(static_cast<std::uint32_t>(shape[d]), "extent " + std::to_string(d) + " of " + which);

  BasicTensor<Scalar> values(shape);
  for (Scalar& value : values) {
    const std::size_t start = reader.position();
    value = std::bit_cast<Scalar>(reader.number<BitsOf<Scalar>>("values of " + which));
    if (!std::isfinite(value)) reader.refuse_at(start, which + " holds a value that is not a finite number");
  }
  return values;
}

}  // namespace

template <class Scalar>
std::string architecture(const Sequential<Scalar>& network) {
  std::string text;
  for (int i = 0; i < network.size(); ++i) {
    const auto* nested = dynamic_cast<const Sequential<Scalar>*>(&network.layer(i));
    text += (i == 0 ? "" : "\n") + network.layer(i).name() + (nested ? " (\n" + architecture(*nested) + ")" : "");
  }
  return text;
}

template <class Scalar>
std::string encode_model(const Sequential<Scalar>& network) {
  Sequential<Scalar> copy = network;
  const std::vector<Parameter<Scalar>*> parameters = copy.parameters();

  std::string bytes(kMagic);
  append(bytes, kVersion);
  append(bytes, std::uint64_t{0});  // the length, known at the end
  append_text(bytes, architecture(network));
  append(bytes, static_cast<std::uint32_t>(parameters.size()));
  for (std::size_t p = 0; p < parameters.size(); ++p) {
    const BasicTensor<Scalar>& values = parameters[p]->value;
    append_text(bytes, parameters[p]->name);
    append(bytes, static_cast<std::uint32_t>(sizeof(Scalar)));
    append(bytes, static_cast<std::uint32_t>(values.rank()));
    for (int d = 0; d < values.rank(); ++d) append(bytes, static_cast<std::uint32_t>(values.shape()[d]));
    for (const Scalar value : values) {
      if (!std::isfinite(value))
        throw ValueError(label(p, *parameters[p]) + " holds a value that is not a finite number: not saved");
      append(bytes, std::bit_cast<BitsOf<Scalar>>(value));
    }
  }
  std::string length;
  append(length, std::uint64_t{bytes.size() + kChecksumSize});
  bytes.replace(kLengthOffset, length.size(), length);
  append(bytes, checksum(bytes));
  return bytes;
}

template <class Scalar>
void decode_model(std::string_view bytes, const std::string& source, Sequential<Scalar>& network) {
  Reader reader(bytes, source);
  check_envelope(bytes, reader);
  const std::vector<Parameter<Scalar>*> parameters = network.parameters();
  reader.expect_text(architecture(network), "architecture");
  reader.expect(static_cast<std::uint32_t>(parameters.size()), "number of parameters");
  std::vector<BasicTensor<Scalar>> values;
  for (std::size_t p = 0; p < parameters.size(); ++p) values.push_back(read_parameter(reader, p, *parameters[p]));
  if (reader.left() > 0) reader.refuse(std::to_string(reader.left()) + " bytes follow the last parameter");

  for (std::size_t p = 0; p < parameters.size(); ++p)  // nothing can fail any more
    std::copy(values[p].begin(), values[p].end(), parameters[p]->value.begin());
}

template <class Scalar>
void save_model(const std::filesystem::path& path, const Sequential<Scalar>& network) {
  write_file(path, encode_model(network));
}

template <class Scalar>
void load_model(const std::filesystem::path& path, Sequential<Scalar>& network) {
  decode_model(read_file(path), path.string(), network);
}

template void save_model(const std::filesystem::path&, const Sequential<float>&);
template void save_model(const std::filesystem::path&, const Sequential<double>&);
template void load_model(const std::filesystem::path&, Sequential<float>&);
template void load_model(const std::filesystem::path&, Sequential<double>&);
template std::string encode_model(const Sequential<float>&);
template std::string encode_model(const Sequential<double>&);
template void decode_model(std::string_view, const std::string&, Sequential<float>&);
template void decode_model(std::string_view, const std::string&, Sequential<double>&);
template std::string architecture(const Sequential<float>&);
template std::string architecture(const Sequential<double>&);

}  // namespace handbuilt::nn

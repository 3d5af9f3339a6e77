#include "nn/model_file.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <type_traits>
#include <vector>

#include "core/error.hpp"
#include "core/file.hpp"
#include "data/sealed_bytes.hpp"

namespace handbuilt::nn {

namespace {

constexpr data::SealedKind kModelFile{"\x89HBNN\r\n\x1a", 1, "model", "train the network again to write a new file"};

template <class Scalar>
using BitsOf = std::conditional_t<sizeof(Scalar) == 4, std::uint32_t, std::uint64_t>;

/// "parameter 3 (bias)": what messages call a parameter.
template <class Scalar>
std::string label(std::size_t index, const Parameter<Scalar>& parameter) {
  return "parameter " + std::to_string(index) + " (" + parameter.name + ")";
}

template <class Scalar>
BasicTensor<Scalar> read_parameter(data::SealedReader& reader, std::size_t index, const Parameter<Scalar>& parameter) {
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

  data::SealedWriter writer(kModelFile);
  writer.text(architecture(network));
  writer.number(static_cast<std::uint32_t>(parameters.size()));
  for (std::size_t p = 0; p < parameters.size(); ++p) {
    const BasicTensor<Scalar>& values = parameters[p]->value;
    writer.text(parameters[p]->name);
    writer.number(static_cast<std::uint32_t>(sizeof(Scalar)));
    writer.number(static_cast<std::uint32_t>(values.rank()));
    for (int d = 0; d < values.rank(); ++d) writer.number(static_cast<std::uint32_t>(values.shape()[d]));
    for (const Scalar value : values) {
      if (!std::isfinite(value))
        throw ValueError(label(p, *parameters[p]) + " holds a value that is not a finite number: not saved");
      writer.number(std::bit_cast<BitsOf<Scalar>>(value));
    }
  }
  return std::move(writer).sealed();
}

template <class Scalar>
void decode_model(std::string_view bytes, const std::string& source, Sequential<Scalar>& network) {
  data::SealedReader reader(bytes, source, kModelFile);
  const std::vector<Parameter<Scalar>*> parameters = network.parameters();
  reader.expect_text(architecture(network), "architecture");
  reader.expect(static_cast<std::uint32_t>(parameters.size()), "number of parameters");
  std::vector<BasicTensor<Scalar>> values;
  for (std::size_t p = 0; p < parameters.size(); ++p) values.push_back(read_parameter(reader, p, *parameters[p]));
  reader.expect_end("parameter");

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

#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "nn/sequential.hpp"

namespace handbuilt::nn {

/// A trained network on disk. All numbers are little-endian:
///
///     offset  size  what
///     0       8     magic: 0x89 "HBNN" carriage return, line feed, 0x1a (a text-mode transfer would damage it visibly)
///     8       4     version of the format, now 1
///     12      8     length of the whole file in bytes
///     20      4+n   architecture: length, then the layers' names as text, one a line
///             4     number of parameters, then for each
///             4+n     length and text of its name
///             4       bytes of a number: 4 for float, 8 for double
///             4+4r    rank and extents
///             ...     its values, IEEE 754, last index fastest
///     end-4   4     CRC-32 (as in zlib) of everything before
///
/// The format holds the parameters, not the code: a file is loaded into a network that was built with the same layers.

/// Writes beside the file and renames, so that a reader never sees half a model. Throws ValueError, with nothing
/// written, when a parameter holds a value that is not finite; DataError when the file cannot be written.
template <class Scalar>
void save_model(const std::filesystem::path& path, const Sequential<Scalar>& network);

/// Sets the parameters of `network` to those in the file. Throws DataError, with the network as it was, for a file that
/// is missing, no model, of another version, truncated or longer than it says, damaged (the checksum differs), made by
/// other layers, or holds values that are not finite. The message names the file and the byte or field. No more memory
/// is taken than the network and the file need, whatever the file claims.
template <class Scalar>
void load_model(const std::filesystem::path& path, Sequential<Scalar>& network);

/// The same in memory; `source` is what messages call the bytes.
template <class Scalar>
std::string encode_model(const Sequential<Scalar>& network);
template <class Scalar>
void decode_model(std::string_view bytes, const std::string& source, Sequential<Scalar>& network);

/// The layers' names, one a line: two networks with the same architecture can exchange model files.
template <class Scalar>
std::string architecture(const Sequential<Scalar>& network);

}  // namespace handbuilt::nn

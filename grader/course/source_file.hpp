#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>

namespace handbuilt::grader {

/// A student's file is no larger: an exercise needs a few kilobytes.
inline constexpr std::uintmax_t kLargestSource = std::uintmax_t{1} << 20;

/// Why a student's file is not compiled, before anybody opens it: it is missing, no regular file, larger than
/// `kLargestSource`, or (unless `may_be_link`) a symbolic link. Empty when it is. `shown` is how the message calls it.
std::string why_source_is_refused(const std::filesystem::path& file, const std::string& shown, bool may_be_link);

/// The headers that lie in a folder, which a source file there may include.
std::set<std::filesystem::path> headers_in(const std::filesystem::path& folder);

}  // namespace handbuilt::grader

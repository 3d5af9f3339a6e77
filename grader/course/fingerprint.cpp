#include "grader/course/fingerprint.hpp"

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/file.hpp"
#include "grader/course/source_file.hpp"

namespace handbuilt::grader {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestFile = std::size_t{64} << 20;

}  // namespace

void Fingerprint::add(std::string_view bytes) {
  for (const char byte : bytes) mix(static_cast<unsigned char>(byte));
  mix(0);
}

void Fingerprint::add(const std::vector<std::string>& words) {
  for (const std::string& word : words) add(word);
}

void Fingerprint::add_content(const fs::path& file) {
  try {
    add(read_file(file, kLargestFile));
    add("was there");
  } catch (const DataError&) {
    add("was not there");
  }
}

void Fingerprint::add_headers(const fs::path& folder) {
  for (const fs::path& header : headers_in(folder)) {
    add(header.filename().string());
    add_content(header);
  }
}

void Fingerprint::add_stamp(const fs::path& file) {
  add(fmt::format("{} {} {}", file.string(), fs::file_size(file),
                  fs::last_write_time(file).time_since_epoch().count()));
}

std::string Fingerprint::text() const { return fmt::format("{:016x}", state_); }

}  // namespace handbuilt::grader

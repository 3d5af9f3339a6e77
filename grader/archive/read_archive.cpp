#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <clocale>
#include <memory>
#include <string_view>

#include "grader/archive/entry_rules.hpp"
#include "grader/text/printable.hpp"

// The only file that knows libarchive.
namespace handbuilt::grader {

namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 12> kEndings = {".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst", ".tgz", ".tbz2",
                                                       ".txz",    ".tar",     ".zip",    ".rar",     ".7z",  ".gz"};
constexpr std::uintmax_t kRatioCountsFrom = std::uintmax_t{32} << 20;
constexpr std::size_t kBlockBytes = std::size_t{1} << 16;

/// How many letters at the end of a name make it an archive's.
std::size_t ending_of(const std::string& name) {
  std::string lower = name;
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  for (const std::string_view ending : kEndings)
    if (lower.ends_with(ending) && lower.size() > ending.size()) return ending.size();
  return 0;
}

/// Names are UTF-8 while it lives, on this thread: libarchive asks the locale.
class Utf8Names {
 public:
  Utf8Names() : locale_(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
    if (locale_ != nullptr) before_ = ::uselocale(locale_);
  }
  ~Utf8Names() {
    if (locale_ == nullptr) return;
    ::uselocale(before_);
    ::freelocale(locale_);
  }
  Utf8Names(const Utf8Names&) = delete;
  Utf8Names& operator=(const Utf8Names&) = delete;

 private:
  locale_t locale_, before_ = nullptr;
};

struct CloseArchive {
  void operator()(archive* handle) const { archive_read_free(handle); }
};

class ArchiveReader {
 public:
  ArchiveReader(const fs::path& path, const SourceLimits& limits)
      : rules_(printable(path.filename().string()), limits), limits_(limits), packed_bytes_(fs::file_size(path)) {
    // The formats that students use, and no other: each is code that reads what strangers wrote.
    archive* handle = handle_.get();
    archive_read_support_format_zip(handle);
    archive_read_support_format_tar(handle);
    archive_read_support_filter_gzip(handle);
    archive_read_support_filter_bzip2(handle);
    archive_read_support_filter_xz(handle);
    archive_read_support_filter_zstd(handle);
    if (archive_read_open_filename(handle, path.c_str(), kBlockBytes) != ARCHIVE_OK) refuse_damaged();
  }

  SourceFiles read() {
    archive_entry* entry = nullptr;
    for (int result = next(entry); result != ARCHIVE_EOF; result = next(entry)) {
      if (result < ARCHIVE_WARN) refuse_damaged();
      take(entry);
    }
    if (files_.empty() && !nested_.empty())
      rules_.refuse(nested_, "is an archive inside the archive: hand in the C++ files themselves");
    return std::move(files_);
  }

 private:
  int next(archive_entry*& entry) { return archive_read_next_header(handle_.get(), &entry); }

  [[noreturn]] void refuse_damaged() {
    const char* reason = archive_error_string(handle_.get());
    rules_.refuse(fmt::format("it cannot be read as a zip or a tarball: {}",
                              reason == nullptr ? "unknown format" : printable(reason, false, 200)));
  }

  void take(archive_entry* entry) {
    const char* name = archive_entry_pathname(entry);
    if (name == nullptr) rules_.refuse("it holds a file without a readable name");
    const std::string path = rules_.admit(name);
    const char* symbolic = archive_entry_symlink(entry);
    const char* hard = archive_entry_hardlink(entry);
    if (symbolic != nullptr || archive_entry_filetype(entry) == AE_IFLNK)
      return rules_.admit_link(path, symbolic == nullptr ? "/" : symbolic, true);
    if (hard != nullptr) return take_hard_link(path, hard);
    const auto type = archive_entry_filetype(entry);
    if (type == AE_IFBLK || type == AE_IFCHR || type == AE_IFIFO || type == AE_IFSOCK)
      rules_.refuse(path, "is a device or a pipe");
    if (archive_entry_size_is_set(entry) != 0)
      count(static_cast<std::uintmax_t>(std::max<la_int64_t>(0, archive_entry_size(entry))));
    if (type == AE_IFDIR) return;
    if (EntryRules::is_kept(path)) return take_file(entry, path);
    if (is_archive_name(fs::path(path).filename().string())) nested_ = path;
    skip(entry);
  }

  /// A second name of a file that stands before it.
  void take_hard_link(const std::string& path, const std::string& target) {
    rules_.admit_link(path, target, false);
    if (!EntryRules::is_kept(path)) return;
    const auto file = files_.find(target.starts_with("./") ? target.substr(2) : target);
    if (file == files_.end()) rules_.refuse(path, "is a link to a file that is not there");
    rules_.keep(files_, path, std::string(file->second));
  }

  void take_file(archive_entry* entry, const std::string& path) {
    if (archive_entry_is_encrypted(entry) != 0) rules_.refuse(path, "is encrypted");
    if (archive_entry_size_is_set(entry) != 0)
      rules_.expect_file_size(path, static_cast<std::uintmax_t>(std::max<la_int64_t>(0, archive_entry_size(entry))));
    std::string content;
    std::array<char, kBlockBytes> block{};
    for (;;) {
      const la_ssize_t got = archive_read_data(handle_.get(), block.data(), block.size());
      if (got < 0) refuse_damaged();
      if (got == 0) break;
      content.append(block.data(), static_cast<std::size_t>(got));
      rules_.expect_file_size(path, content.size());
    }
    rules_.keep(files_, path, std::move(content));
  }

  /// Nothing of it is kept. What does not say how large it is must be counted as it is unpacked.
  void skip(archive_entry* entry) {
    if (archive_entry_size_is_set(entry) != 0) return;
    const void* block = nullptr;
    std::size_t bytes = 0;
    la_int64_t offset = 0;
    for (;;) {
      const int result = archive_read_data_block(handle_.get(), &block, &bytes, &offset);
      if (result == ARCHIVE_EOF) return;
      if (result < ARCHIVE_WARN) refuse_damaged();
      count(bytes);
    }
  }

  void count(std::uintmax_t bytes) {
    unpacked_bytes_ += std::min(bytes, limits_.unpacked_bytes + 1);
    if (unpacked_bytes_ > limits_.unpacked_bytes)
      rules_.refuse(fmt::format("it unpacks to more than {} MiB", limits_.unpacked_bytes >> 20));
    if (unpacked_bytes_ > kRatioCountsFrom && unpacked_bytes_ / limits_.ratio > packed_bytes_)
      rules_.refuse(fmt::format("it unpacks to more than {} times its own size", limits_.ratio));
  }

  Utf8Names names_;
  std::unique_ptr<archive, CloseArchive> handle_{archive_read_new()};
  EntryRules rules_;
  SourceLimits limits_;
  std::uintmax_t packed_bytes_, unpacked_bytes_ = 0;
  SourceFiles files_;
  std::string nested_;
};

}  // namespace

bool is_archive_name(const std::string& file_name) { return ending_of(file_name) > 0; }

std::string without_archive_ending(const std::string& file_name) {
  return file_name.substr(0, file_name.size() - ending_of(file_name));
}

SourceFiles read_archive(const fs::path& archive, const SourceLimits& limits) {
  return ArchiveReader(archive, limits).read();
}

}  // namespace handbuilt::grader

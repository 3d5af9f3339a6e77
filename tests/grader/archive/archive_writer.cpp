#include "archive_writer.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <memory>
#include <stdexcept>

namespace handbuilt::test {

namespace {

void expect(int result, archive* handle) {
  if (result < ARCHIVE_WARN) throw std::runtime_error(archive_error_string(handle));
}

void set_kind(archive_entry* entry, const Entry& described) {
  switch (described.kind) {
    case Entry::Kind::folder:
      return archive_entry_set_filetype(entry, AE_IFDIR);
    case Entry::Kind::symbolic_link:
      archive_entry_set_filetype(entry, AE_IFLNK);
      return archive_entry_set_symlink(entry, described.content.c_str());
    case Entry::Kind::hard_link:
      archive_entry_set_filetype(entry, AE_IFREG);
      return archive_entry_set_hardlink(entry, described.content.c_str());
    case Entry::Kind::device:
      return archive_entry_set_filetype(entry, AE_IFCHR);
    case Entry::Kind::pipe:
      return archive_entry_set_filetype(entry, AE_IFIFO);
    case Entry::Kind::file:
      archive_entry_set_filetype(entry, AE_IFREG);
      return archive_entry_set_size(entry, static_cast<la_int64_t>(described.content.size()));
  }
}

void add(archive* handle, const Entry& described) {
  const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(), &archive_entry_free);
  archive_entry_set_pathname(entry.get(), described.name.c_str());
  archive_entry_set_perm(entry.get(), 0644);
  set_kind(entry.get(), described);
  expect(archive_write_header(handle, entry.get()), handle);
  if (described.kind != Entry::Kind::file) return;
  if (archive_write_data(handle, described.content.data(), described.content.size()) < 0)
    throw std::runtime_error(archive_error_string(handle));
}

}  // namespace

void write_archive(const std::filesystem::path& path, const std::vector<Entry>& entries) {
  const std::unique_ptr<archive, decltype(&archive_write_free)> handle(archive_write_new(), &archive_write_free);
  const std::string name = path.filename().string();
  if (name.ends_with(".zip"))
    expect(archive_write_set_format_zip(handle.get()), handle.get());
  else
    expect(archive_write_set_format_gnutar(handle.get()), handle.get());
  if (name.ends_with("gz")) expect(archive_write_add_filter_gzip(handle.get()), handle.get());
  if (name.ends_with(".bz2")) expect(archive_write_add_filter_bzip2(handle.get()), handle.get());
  if (name.ends_with(".xz")) expect(archive_write_add_filter_xz(handle.get()), handle.get());
  if (name.ends_with(".zst")) expect(archive_write_add_filter_zstd(handle.get()), handle.get());
  expect(archive_write_open_filename(handle.get(), path.c_str()), handle.get());
  for (const Entry& entry : entries) add(handle.get(), entry);
  expect(archive_write_close(handle.get()), handle.get());
}

}  // namespace handbuilt::test

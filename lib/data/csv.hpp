#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "data/table.hpp"

namespace handbuilt::data {

struct CsvOptions {
  /// What a column holds, by its name. The others hold what their first value looks like: a number, a date as
  /// 2012-01-31, or else text.
  std::map<std::string, ColumnType> types = {};
  /// What stands between two cells: a comma, a semicolon, a tab.
  char separator = ',';
};

/// Reads comma-separated values as RFC 4180 has them: a line of column names, then a line a row; a cell in quotes may
/// hold separators, line breaks and, doubled, quotes. Lines may end in LF or CRLF, the last one in neither, and a UTF-8
/// byte order mark is skipped. An empty cell is a missing value. Spaces around a number are skipped; text is kept as it
/// stands.
///
/// Throws DataError "path:line: expected ..., got ..." for the first thing that is wrong: a row with too few or too
/// many cells, a cell that is not what its column holds, a column without a name or with another's, a quote that is
/// never closed or stands amid a cell, a NUL byte, a file without a first line, or a type for a column that is not
/// there. Lines count from 1, the line breaks in quotes included.
Table read_csv(const std::filesystem::path& path, const CsvOptions& options = {});

/// The same for text that is in memory; `name` stands where the path would.
Table parse_csv(std::string_view content, const std::string& name, const CsvOptions& options = {});

/// The table as RFC 4180 text with LF line ends. Reading it gives the same table, except that a text column whose first
/// value looks like a number or a date needs its type said. Numbers take as few digits as give them back exactly.
std::string format_csv(const Table& table);

/// Writes `format_csv(table)`. Throws DataError as `write_file` does.
void write_csv(const std::filesystem::path& path, const Table& table);

}  // namespace handbuilt::data

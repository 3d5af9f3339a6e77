#include "data/csv.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "core/error.hpp"
#include "core/file.hpp"

namespace handbuilt::data {

namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
constexpr std::size_t kMostShown = 40;  // bytes of a cell that a message shows

/// A cell's text on one line of a message.
std::string shown(std::string_view cell) {
  std::string text = "\"";
  for (const char c : cell.substr(0, kMostShown)) {
    const auto byte = static_cast<unsigned char>(c);
    text += byte < 0x20 || byte == 0x7f ? ' ' : c;
  }
  return text + (cell.size() > kMostShown ? "...\"" : "\"");
}

struct Cell {
  std::string_view text;  // valid until the next cell is read
  int line = 0;           // where it starts
};

/// Cuts a file into cells, one row at a time.
class Reader {
 public:
  Reader(std::string_view content, const std::string& name, char separator)
      : content_(content), name_(name), separator_(separator) {
    if (content_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
  }

  [[nodiscard]] bool at_end() const { return at_ >= content_.size(); }
  [[nodiscard]] int line() const { return line_; }

  [[noreturn]] void fail(int line, const std::string& what) const {
    throw DataError(name_ + ":" + std::to_string(line) + ": " + what);
  }

  /// Calls `take(cell)` for every cell of the next row, in order, and moves to the row after.
  template <class Take>
  void read_row(Take&& take) {
    for (;;) {
      take(read_cell());
      if (at_end()) return;
      const char next = content_[at_++];
      if (next == separator_) {
        if (at_end()) {  // the file ends with an empty cell
          take(Cell{{}, line_});
          return;
        }
        continue;
      }
      if (next == '\r') ++at_;  // read_cell stops at CR only before LF
      ++line_;
      return;
    }
  }

 private:
  /// Whether a line or the file ends at `place`.
  [[nodiscard]] bool ends_line(std::size_t place) const {
    return place >= content_.size() || content_[place] == '\n' || content_.substr(place, 2) == "\r\n";
  }

  Cell read_cell() {
    if (!at_end() && content_[at_] == '"') return read_quoted();
    const std::size_t begin = at_;
    while (!ends_line(at_) && content_[at_] != separator_) {
      if (content_[at_] == '"')
        fail(line_,
             "expected quotes around the whole cell, got one amid " + shown(content_.substr(begin, at_ - begin)));
      if (content_[at_] == '\0') fail(line_, "expected text, got a NUL byte");
      ++at_;
    }
    return {content_.substr(begin, at_ - begin), line_};
  }

  Cell read_quoted() {
    const int first_line = line_;
    unquoted_.clear();
    for (++at_;; ++at_) {
      if (at_end()) fail(first_line, "expected a closing quote for the cell that starts here, got the end of the file");
      const char c = content_[at_];
      if (c == '\0') fail(line_, "expected text, got a NUL byte");
      if (c == '"') {
        if (content_.substr(at_, 2) != "\"\"") break;
        ++at_;
      }
      if (c == '\n') ++line_;
      unquoted_ += c;
    }
    ++at_;
    if (!ends_line(at_) && content_[at_] != separator_)
      fail(line_,
           "expected a separator or the end of the line after a closing quote, got " + shown(content_.substr(at_, 1)));
    return {unquoted_, first_line};
  }

  std::string_view content_;
  const std::string& name_;
  char separator_;
  std::size_t at_ = 0;
  int line_ = 1;
  std::string unquoted_;
};

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// The finite number that the whole of `text` is, if it is one.
std::optional<double> number_in(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

ColumnType type_of(std::string_view cell) {
  if (number_in(cell)) return ColumnType::kNumber;
  return is_iso_date(cell) ? ColumnType::kDate : ColumnType::kText;
}

/// A column being read; its type may not be known yet.
struct Growing {
  Column column;
  std::optional<ColumnType> type;
  int decided_on_line = 0;  // by the value there; 0 when the caller said so
  int missing_so_far = 0;   // rows before the type was known

  void decide(ColumnType decided) {
    type = column.type = decided;
    column.numbers.clear();
    column.texts.clear();
    if (decided == ColumnType::kNumber)
      column.numbers.assign(static_cast<std::size_t>(missing_so_far), std::numeric_limits<double>::quiet_NaN());
    else
      column.texts.assign(static_cast<std::size_t>(missing_so_far), {});
  }
};

[[noreturn]] void refuse(const Reader& reader, const Growing& growing, const Cell& cell) {
  const bool number = *growing.type == ColumnType::kNumber;
  std::string why = " (write an empty cell for a missing value";
  if (growing.decided_on_line > 0)
    why += "; the column's first value, on line " + std::to_string(growing.decided_on_line) + ", is a " +
           std::string(name_of(*growing.type));
  reader.fail(cell.line, "expected a " + std::string(number ? "number" : "date such as 2012-01-31") + " in column \"" +
                             growing.column.name + "\", got " + shown(cell.text) + why + ")");
}

void append(const Reader& reader, Growing& growing, const Cell& cell) {
  if (!growing.type) {
    if (cell.text.empty()) {
      ++growing.missing_so_far;
      return;
    }
    growing.decide(type_of(cell.text));
    growing.decided_on_line = cell.line;
  }
  if (*growing.type == ColumnType::kNumber) {
    const std::optional<double> value =
        trimmed(cell.text).empty() ? std::numeric_limits<double>::quiet_NaN() : number_in(cell.text);
    if (!value) refuse(reader, growing, cell);
    growing.column.numbers.push_back(*value);
    return;
  }
  if (*growing.type == ColumnType::kDate && !cell.text.empty() && !is_iso_date(cell.text))
    refuse(reader, growing, cell);
  growing.column.texts.emplace_back(cell.text);
}

std::vector<Growing> read_header(Reader& reader, const CsvOptions& options) {
  std::vector<Growing> columns;
  std::map<std::string, std::size_t> place_of;
  if (reader.at_end()) reader.fail(1, "expected a line of column names, got an empty file");
  reader.read_row([&](const Cell& cell) {
    if (cell.text.empty())
      reader.fail(cell.line, "expected a name for column " + std::to_string(columns.size() + 1) + ", got none");
    const auto [place, is_new] = place_of.emplace(cell.text, columns.size());
    if (!is_new)
      reader.fail(cell.line, "expected each column name once, got " + shown(cell.text) + " for columns " +
                                 std::to_string(place->second + 1) + " and " + std::to_string(columns.size() + 1));
    columns.emplace_back().column.name = cell.text;
  });
  for (const auto& [name, type] : options.types) {
    const auto found = place_of.find(name);
    if (found == place_of.end())
      reader.fail(1, "expected a column " + shown(name) + ", whose type was given, got none of that name");
    columns[found->second].decide(type);
  }
  return columns;
}

std::string quoted_where_needed(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

std::string shortest(double value) {
  std::array<char, 32> digits{};
  return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr};
}

}  // namespace

Table parse_csv(std::string_view content, const std::string& name, const CsvOptions& options) {
  Reader reader(content, name, options.separator);
  std::vector<Growing> columns = read_header(reader, options);
  while (!reader.at_end()) {
    const int line = reader.line();
    std::size_t count = 0;
    reader.read_row([&](const Cell& cell) {
      if (count < columns.size()) append(reader, columns[count], cell);
      ++count;
    });
    if (count != columns.size())
      reader.fail(line,
                  "expected " + std::to_string(columns.size()) + " cells, one a column, got " + std::to_string(count));
  }
  Table table;
  for (Growing& growing : columns) {
    if (!growing.type) growing.decide(ColumnType::kText);  // nothing but missing values
    table.add(std::move(growing.column));
  }
  return table;
}

Table read_csv(const std::filesystem::path& path, const CsvOptions& options) {
  return parse_csv(read_file(path), path.string(), options);
}

std::string format_csv(const Table& table) {
  std::string text;
  const std::vector<Column>& columns = table.columns();
  for (std::size_t i = 0; i < columns.size(); ++i) text += (i == 0 ? "" : ",") + quoted_where_needed(columns[i].name);
  text += '\n';
  for (int row = 0; row < table.rows(); ++row) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (i > 0) text += ',';
      if (columns[i].missing(row)) continue;
      const auto place = static_cast<std::size_t>(row);
      text += columns[i].type == ColumnType::kNumber ? shortest(columns[i].numbers[place])
                                                     : quoted_where_needed(columns[i].texts[place]);
    }
    text += '\n';
  }
  return text;
}

void write_csv(const std::filesystem::path& path, const Table& table) { write_file(path, format_csv(table)); }

}  // namespace handbuilt::data

#include "data/table.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <sstream>
#include <utility>

#include "core/error.hpp"
#include "data/split.hpp"

namespace handbuilt::data {

namespace {

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

/// The number of digits `text` holds in [from, from + count), or -1 when something else stands there.
int digits(std::string_view text, std::size_t from, std::size_t count) {
  int value = 0;
  for (const char c : text.substr(from, count)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::string range_of(const Column& column) {
  std::vector<double> values;
  for (const double value : column.numbers)
    if (!std::isnan(value)) values.push_back(value);
  if (values.empty()) return "all missing";
  std::sort(values.begin(), values.end());
  double sum = 0;
  for (const double value : values) sum += value;
  std::ostringstream text;
  text << values.front() << " ... " << values.back() << ", mean " << sum / static_cast<double>(values.size());
  return text.str();
}

std::string commonest_of(const Column& column) {
  constexpr std::size_t kShown = 3;
  std::map<std::string, int> counts;
  for (const std::string& value : column.texts)
    if (!value.empty()) ++counts[value];
  if (counts.empty()) return "all missing";
  std::vector<std::pair<int, std::string>> order;
  for (const auto& [value, count] : counts) order.emplace_back(-count, value);
  std::sort(order.begin(), order.end());
  std::string text = std::to_string(counts.size()) + " different:";
  for (std::size_t i = 0; i < std::min(kShown, order.size()); ++i)
    text += (i == 0 ? " " : ", ") + order[i].second + " (" + std::to_string(-order[i].first) + ")";
  return order.size() > kShown ? text + ", ..." : text;
}

}  // namespace

std::string_view name_of(ColumnType type) {
  switch (type) {
    case ColumnType::kNumber:
      return "number";
    case ColumnType::kText:
      return "text";
    case ColumnType::kDate:
      return "date";
  }
  return "?";
}

bool Column::missing(int row) const {
  const auto place = static_cast<std::size_t>(row);
  return type == ColumnType::kNumber ? std::isnan(numbers[place]) : texts[place].empty();
}

std::vector<std::string> Table::names() const {
  std::vector<std::string> all;
  for (const Column& column : columns_) all.push_back(column.name);
  return all;
}

bool Table::has(std::string_view name) const { return place_of_.find(name) != place_of_.end(); }

const Column& Table::column(std::string_view name) const {
  if (const auto found = place_of_.find(name); found != place_of_.end()) return columns_[found->second];
  throw IndexError("table: expected one of the columns " + joined(names()) + ", got " + quoted(name));
}

const std::vector<double>& Table::numbers(std::string_view name) const {
  const Column& found = column(name);
  if (found.type != ColumnType::kNumber)
    throw ValueError("table: expected numbers in column " + quoted(name) + ", got " + std::string(name_of(found.type)));
  return found.numbers;
}

const std::vector<std::string>& Table::texts(std::string_view name) const {
  const Column& found = column(name);
  if (found.type == ColumnType::kNumber)
    throw ValueError("table: expected text or dates in column " + quoted(name) + ", got numbers");
  return found.texts;
}

void Table::add(Column column) {
  if (column.name.empty()) throw ValueError("table: expected a column with a name, got an empty one");
  if (has(column.name)) throw ValueError("table: expected a new column, got " + quoted(column.name) + " again");
  const int size = static_cast<int>(column.size());
  if (!columns_.empty() && size != rows_)
    throw ShapeError("table: expected " + std::to_string(rows_) + " values in column " + quoted(column.name) +
                     ", got " + std::to_string(size));
  if (column.type == ColumnType::kDate)
    for (int row = 0; row < size; ++row)
      if (const std::string& date = column.texts[static_cast<std::size_t>(row)]; !date.empty() && !is_iso_date(date))
        throw ValueError("table: row " + std::to_string(row) + ": expected a date such as 2012-01-31 in column " +
                         quoted(column.name) + ", got " + quoted(date));
  rows_ = size;
  place_of_.emplace(column.name, columns_.size());
  columns_.push_back(std::move(column));
}

void Table::add_numbers(std::string name, std::vector<double> values) {
  add({std::move(name), ColumnType::kNumber, std::move(values), {}});
}

void Table::add_texts(std::string name, std::vector<std::string> values) {
  add({std::move(name), ColumnType::kText, {}, std::move(values)});
}

Table Table::take(const std::vector<int>& rows) const {
  require_indices(rows, rows_);
  Table taken;
  taken.place_of_ = place_of_;
  for (const Column& column : columns_) {
    Column chosen{column.name, column.type, {}, {}};
    if (column.type == ColumnType::kNumber)
      chosen.numbers = data::take(column.numbers, rows);
    else
      chosen.texts = data::take(column.texts, rows);
    taken.columns_.push_back(std::move(chosen));
  }
  taken.rows_ = static_cast<int>(rows.size());
  return taken;
}

Table Table::select(const std::vector<std::string>& names) const {
  Table selected;
  for (const std::string& name : names) selected.add(column(name));
  selected.rows_ = rows_;
  return selected;
}

Table Table::complete_rows(const std::vector<std::string>& names) const {
  std::vector<const Column*> asked;
  for (const std::string& name : names) asked.push_back(&column(name));
  if (names.empty())
    for (const Column& each : columns_) asked.push_back(&each);
  std::vector<int> complete;
  for (int row = 0; row < rows_; ++row)
    if (std::none_of(asked.begin(), asked.end(), [&](const Column* each) { return each->missing(row); }))
      complete.push_back(row);
  return take(complete);
}

std::string Table::summary() const {
  std::size_t widest = 0;
  for (const Column& column : columns_) widest = std::max(widest, column.name.size());
  std::ostringstream text;
  text << rows_ << " rows, " << columns_.size() << " columns\n";
  for (const Column& column : columns_) {
    int missing = 0;
    for (int row = 0; row < rows_; ++row) missing += column.missing(row);
    text << "  " << column.name << std::string(widest - column.name.size() + 2, ' ') << name_of(column.type)
         << std::string(8 - name_of(column.type).size(), ' ')
         << (column.type == ColumnType::kNumber ? range_of(column) : commonest_of(column));
    if (missing > 0) text << "; " << missing << " missing";
    text << '\n';
  }
  return text.str();
}

bool is_iso_date(std::string_view text) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const int year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
  if (year < 0 || month < 1 || month > 12 || day < 1) return false;
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return day <= kDays[month - 1] + (month == 2 && leap);
}

}  // namespace handbuilt::data

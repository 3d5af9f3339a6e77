#include "data/groups.hpp"

#include <map>
#include <sstream>

#include "core/error.hpp"

namespace handbuilt::data {

namespace {

std::string text_of(const Column& column, int row) {
  const auto place = static_cast<std::size_t>(row);
  if (column.missing(row))
    throw ValueError("groups: row " + std::to_string(row) + ": expected a value in column \"" + column.name +
                     "\", which is missing (Table::complete_rows drops such rows)");
  if (column.type != ColumnType::kNumber) return column.texts[place];
  std::ostringstream text;
  text.precision(17);
  text << column.numbers[place];
  return text.str();
}

}  // namespace

std::vector<std::string> group_keys(const Table& table, const std::vector<std::string>& columns) {
  std::vector<std::string> keys(static_cast<std::size_t>(table.rows()));
  for (const std::string& name : columns) {
    const Column& column = table.column(name);
    for (int row = 0; row < table.rows(); ++row) {
      std::string& key = keys[static_cast<std::size_t>(row)];
      if (&name != &columns.front()) key += " / ";
      key += text_of(column, row);
    }
  }
  return keys;
}

Groups group_by(const Table& table, const std::vector<std::string>& columns) {
  Groups groups;
  std::map<std::string, int> index;
  for (const std::string& key : group_keys(table, columns)) {
    const auto [place, is_new] = index.emplace(key, groups.count());
    if (is_new) groups.labels.push_back(key);
    groups.of_row.push_back(place->second);
  }
  return groups;
}

}  // namespace handbuilt::data

#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace handbuilt::data {

/// What the cells of a column are.
enum class ColumnType { kNumber, kText, kDate };

/// "number", "text", "date"
std::string_view name_of(ColumnType type);

/// One named column. A missing number is NaN, a missing text or date is empty.
struct Column {
  std::string name;
  ColumnType type = ColumnType::kNumber;
  std::vector<double> numbers;     ///< [rows] of a number column, otherwise empty
  std::vector<std::string> texts;  ///< [rows] of a text or date column; a date is "2012-01-31"

  [[nodiscard]] std::size_t size() const { return type == ColumnType::kNumber ? numbers.size() : texts.size(); }
  [[nodiscard]] bool missing(int row) const;
};

/// A table with named, typed columns of equal length, which may lack values. Rows are counted from 0.
///
///     const Table cars = read_csv("datasets/cars/cars.csv").complete_rows({"miles_per_gallon", "horsepower"});
///     const std::vector<double>& weight = cars.numbers("weight_lbs");
class Table {
 public:
  [[nodiscard]] int rows() const { return rows_; }
  [[nodiscard]] const std::vector<Column>& columns() const { return columns_; }
  [[nodiscard]] std::vector<std::string> names() const;
  [[nodiscard]] bool has(std::string_view name) const;

  /// Throws IndexError, naming the columns there are, when there is none of that name.
  [[nodiscard]] const Column& column(std::string_view name) const;
  /// The values of a number column, NaN where missing. Throws ValueError when the column holds something else.
  [[nodiscard]] const std::vector<double>& numbers(std::string_view name) const;
  /// The values of a text or date column, empty where missing. Throws ValueError for a number column.
  [[nodiscard]] const std::vector<std::string>& texts(std::string_view name) const;

  /// Appends a column; the first one decides how many rows there are. Throws ShapeError for another length, ValueError
  /// for a name that is taken or empty, or a date that is none.
  void add(Column column);
  void add_numbers(std::string name, std::vector<double> values);
  void add_texts(std::string name, std::vector<std::string> values);

  /// The chosen rows in that order; they may repeat. Throws IndexError for a row outside.
  [[nodiscard]] Table take(const std::vector<int>& rows) const;
  /// The chosen columns in that order. Throws IndexError as `column` does.
  [[nodiscard]] Table select(const std::vector<std::string>& names) const;
  /// The rows in which none of these columns lacks a value; of all columns when `names` is empty.
  [[nodiscard]] Table complete_rows(const std::vector<std::string>& names = {}) const;

  /// A line a column: type, missing values, range or commonest values. For people.
  [[nodiscard]] std::string summary() const;

 private:
  int rows_ = 0;
  std::vector<Column> columns_;
  std::map<std::string, std::size_t, std::less<>> place_of_;  // of each name in columns_
};

/// Whether `text` is a day of the Gregorian calendar, written as 2012-01-31.
bool is_iso_date(std::string_view text);

}  // namespace handbuilt::data

#include "data/design.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "core/error.hpp"
#include "data/split.hpp"

namespace handbuilt::data {

namespace {

void require_complete(const Column& column, int rows) {
  for (int row = 0; row < rows; ++row)
    if (column.missing(row))
      throw ValueError("design: row " + std::to_string(row) + ": expected a value in column \"" + column.name +
                       "\", which is missing (Table::complete_rows drops such rows)");
}

void require_type(const Column& column, bool text) {
  if (column.type == ColumnType::kDate || (column.type == ColumnType::kText) != text)
    throw ValueError("design: expected " + std::string(text ? "text" : "numbers") + " in column \"" + column.name +
                     "\", got " + std::string(name_of(column.type)));
}

}  // namespace

Design::Design(const Table& train, std::vector<std::string> columns, Options options) {
  for (std::string& name : columns) {
    const Column& column = train.column(name);
    require_complete(column, train.rows());
    Source source{std::move(name), {}, {}};
    if (column.type == ColumnType::kNumber) {
      names_.push_back(source.column);
    } else {
      require_type(column, true);
      const std::set<std::string> levels(column.texts.begin(), column.texts.end());
      source.levels.assign(levels.begin(), levels.end());
      if (options.drop_first && !source.levels.empty()) {
        source.reference = source.levels.front();
        source.levels.erase(source.levels.begin());
      }
      for (const std::string& level : source.levels) names_.push_back(source.column + " = " + level);
    }
    sources_.push_back(std::move(source));
  }
}

DesignMatrix Design::operator()(const Table& table) const {
  DesignMatrix design{MatrixD::Zero(table.rows(), static_cast<Eigen::Index>(names_.size())), names_};
  Eigen::Index next = 0;
  for (const Source& source : sources_) {
    const Column& column = table.column(source.column);
    require_complete(column, table.rows());
    const bool text = !source.levels.empty() || !source.reference.empty();
    require_type(column, text);
    if (!text) {
      design.values.col(next++) = Eigen::Map<const VectorD>(column.numbers.data(), table.rows());
      continue;
    }
    for (int row = 0; row < table.rows(); ++row) {
      const std::string& value = column.texts[static_cast<std::size_t>(row)];
      const auto level = std::lower_bound(source.levels.begin(), source.levels.end(), value);
      if (level != source.levels.end() && *level == value)
        design.values(row, next + (level - source.levels.begin())) = 1;
      else if (value != source.reference)
        throw ValueError("design: row " + std::to_string(row) + ": expected a value of column \"" + source.column +
                         "\" that the training table had, got \"" + value + "\"");
    }
    next += std::ssize(source.levels);
  }
  return design;
}

VectorD target(const Table& table, const std::string& column) {
  require_complete(table.column(column), table.rows());
  const std::vector<double>& values = table.numbers(column);
  return Eigen::Map<const VectorD>(values.data(), std::ssize(values));
}

MatrixD take(const MatrixD& matrix, const std::vector<int>& rows) {
  require_indices(rows, static_cast<int>(matrix.rows()));
  MatrixD taken(std::ssize(rows), matrix.cols());
  for (Eigen::Index i = 0; i < taken.rows(); ++i) taken.row(i) = matrix.row(rows[static_cast<std::size_t>(i)]);
  return taken;
}

VectorD take(const VectorD& vector, const std::vector<int>& rows) {
  require_indices(rows, static_cast<int>(vector.size()));
  VectorD taken(std::ssize(rows));
  for (Eigen::Index i = 0; i < taken.size(); ++i) taken[i] = vector[rows[static_cast<std::size_t>(i)]];
  return taken;
}

MatrixD take_columns(const MatrixD& matrix, const std::vector<int>& columns) {
  require_indices(columns, static_cast<int>(matrix.cols()));
  MatrixD taken(matrix.rows(), std::ssize(columns));
  for (Eigen::Index j = 0; j < taken.cols(); ++j) taken.col(j) = matrix.col(columns[static_cast<std::size_t>(j)]);
  return taken;
}

}  // namespace handbuilt::data

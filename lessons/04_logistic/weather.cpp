#include "weather.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>

#include "core/error.hpp"
#include "data/csv.hpp"
#include "data/design.hpp"
#include "data/split.hpp"
#include "data/standardizer.hpp"
#include "regression/bootstrap.hpp"
#include "regression/logistic.hpp"

namespace handbuilt::lessons::logistic {
namespace {

int number_at(const std::string& date, std::size_t begin, std::size_t length) {
  int number = 0;
  std::from_chars(date.data() + begin, date.data() + begin + length, number);
  return number;
}
int year_of(const std::string& date) { return number_at(date, 0, 4); }
int month_of(const std::string& date) { return number_at(date, 5, 2); }
int day_of(const std::string& date) { return number_at(date, 8, 2); }

bool follows(const std::string& day, const std::string& date) {
  constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const int year = year_of(date), month = month_of(date);
  const bool leap = month == 2 && (year % 400 == 0 || (year % 4 == 0 && year % 100 != 0));
  const int last = kDays[static_cast<std::size_t>(month - 1)] + (leap ? 1 : 0);
  if (day_of(date) < last) return day_of(day) == day_of(date) + 1 && month_of(day) == month && year_of(day) == year;
  return day_of(day) == 1 && month_of(day) == month % 12 + 1 && year_of(day) == year + (month == 12 ? 1 : 0);
}

/// What a question's forecaster learns from and forecasts.
struct Parts {
  std::vector<int> train, test;  // rows
  std::vector<int> labels;       // of all rows
};

Parts parts_of(const Days& days, const Question& question) {
  return {rows_of_years(days, question.first_year, question.last_year),
          rows_of_years(days, question.test_year, question.test_year), wet(days, question.more_than_mm)};
}

/// A forecast that gives every row of the same group the share of wet days seen in that group.
Forecast group_rates(const Days& days, const Question& question, const std::function<int(int)>& group_of_row) {
  const Parts parts = parts_of(days, question);
  constexpr std::size_t kGroups = 13;
  std::array<double, kGroups> wet_days{}, all_days{};
  for (const int row : parts.train) {
    const auto group = static_cast<std::size_t>(group_of_row(row));
    wet_days.at(group) += parts.labels[static_cast<std::size_t>(row)];
    all_days.at(group) += 1;
  }
  Forecast forecast{VectorD(std::ssize(parts.test)), data::take(parts.labels, parts.test),
                    data::take(days.dates, parts.test)};
  // One imagined wet day and one dry day in each group: nobody should ever say "never".
  for (std::size_t i = 0; i < parts.test.size(); ++i) {
    const auto group = static_cast<std::size_t>(group_of_row(parts.test[i]));
    forecast.probability[static_cast<Eigen::Index>(i)] = (wet_days.at(group) + 1) / (all_days.at(group) + 2);
  }
  return forecast;
}

int column_named(const Days& days, const std::string& name) {
  const auto found = std::find(days.names.begin(), days.names.end(), name);
  if (found == days.names.end()) throw IndexError("weather: there is no column \"" + name + "\"");
  return static_cast<int>(found - days.names.begin());
}

/// The rows, those of the rarer label over and over until both labels are equally frequent.
std::vector<int> with_the_rare_repeated(const std::vector<int>& rows, const std::vector<int>& labels) {
  std::array<std::vector<int>, 2> of_label;
  for (const int row : rows)
    of_label.at(static_cast<std::size_t>(labels[static_cast<std::size_t>(row)])).push_back(row);
  std::vector<int> balanced = rows;
  const std::vector<int>& rare = of_label[0].size() < of_label[1].size() ? of_label[0] : of_label[1];
  const std::size_t wanted = 2 * (rows.size() - rare.size());
  for (std::size_t i = 0; !rare.empty() && balanced.size() < wanted; ++i) balanced.push_back(rare[i % rare.size()]);
  return balanced;
}

}  // namespace

// #region features
Days load_days(const std::filesystem::path& folder) {
  const data::Table table = data::read_csv(folder / "seattle-weather.csv");
  const std::vector<std::string>& dates = table.texts("date");
  const std::vector<double>&rain = table.numbers("precipitation_mm"), &warmest = table.numbers("temp_max_celsius"),
        &coldest = table.numbers("temp_min_celsius"), &wind = table.numbers("wind_mps");

  Days days;
  days.names = {"rained today", "log of today's rain", "warmest", "coldest", "wind", "rained yesterday", "warming"};
  days.x.resize(std::max(0, table.rows() - 2), std::ssize(days.names));
  for (std::size_t today = 1; today + 1 < dates.size(); ++today) {
    if (!follows(dates[today + 1], dates[today]))
      throw DataError("seattle-weather.csv: expected the day after " + dates[today] + ", got " + dates[today + 1]);
    days.x.row(static_cast<Eigen::Index>(today) - 1) << (rain[today] > 0), std::log1p(rain[today]), warmest[today],
        coldest[today], wind[today], (rain[today - 1] > 0), warmest[today] - warmest[today - 1];
    days.rain_mm.push_back(rain[today + 1]);  // tomorrow's: the only number of tomorrow that is touched
    days.dates.push_back(dates[today + 1]);
  }
  return days;
}
// #endregion features

std::vector<int> rows_of_years(const Days& days, int first, int last) {
  std::vector<int> rows;
  for (int row = 0; row < days.count(); ++row) {
    const int year = year_of(days.dates[static_cast<std::size_t>(row)]);
    if (year >= first && year <= last) rows.push_back(row);
  }
  return rows;
}

std::vector<int> wet(const Days& days, double more_than_mm) {
  std::vector<int> labels;
  for (const double mm : days.rain_mm) labels.push_back(mm > more_than_mm ? 1 : 0);
  return labels;
}

Forecast base_rate(const Days& days, const Question& question) {
  return group_rates(days, question, [](int) { return 0; });
}

Forecast month_rates(const Days& days, const Question& question) {
  return group_rates(days, question, [&](int row) { return month_of(days.dates[static_cast<std::size_t>(row)]); });
}

Forecast like_today(const Days& days, const Question& question) {
  const int rained = column_named(days, "rained today");
  return group_rates(days, question, [&](int row) { return days.x(row, rained) > 0 ? 1 : 0; });
}

// #region forecast
Forecast logistic_forecast(const Days& days, const Question& question, const Training& training) {
  const Parts parts = parts_of(days, question);
  std::vector<int> columns;
  for (const std::string& name : training.columns.empty() ? days.names : training.columns)
    columns.push_back(column_named(days, name));
  const MatrixD x = data::take_columns(days.x, columns);

  const std::vector<int> rows = training.balanced ? with_the_rare_repeated(parts.train, parts.labels) : parts.train;
  const MatrixD x_train = data::take(x, rows);
  const data::Standardizer standardizer(x_train);  // means and scales of the years it learns from, and of no others
  const regression::LogisticFit fit =
      regression::fit_logistic(standardizer(x_train), data::take(parts.labels, rows), {.l2 = training.l2});

  return {fit.probabilities(standardizer(data::take(x, parts.test))), data::take(parts.labels, parts.test),
          data::take(days.dates, parts.test)};
}
// #endregion forecast

VectorD surprises(const Forecast& forecast) {
  VectorD losses(forecast.count());
  for (int day = 0; day < forecast.count(); ++day) {
    const double p = forecast.probability[day];
    losses[day] = forecast.labels[static_cast<std::size_t>(day)] == 1 ? -std::log(p) : -std::log1p(-p);
  }
  return losses;
}

Interval week_interval(int days, const std::function<double(const std::vector<int>&)>& statistic, Random& random,
                       int repetitions) {
  constexpr int kWeek = 7;
  const int weeks = std::max(1, days / kWeek);
  const auto of_weeks = [&](const std::vector<int>& drawn) {
    std::vector<int> rows;
    for (const int week : drawn)
      for (int day = week * kWeek; day < (week + 1 == weeks ? days : (week + 1) * kWeek); ++day) rows.push_back(day);
    return statistic(rows);
  };
  return regression::bootstrap_interval(weeks, of_weeks, random, repetitions);
}

Forecast take(const Forecast& forecast, const std::vector<int>& rows) {
  return {data::take(forecast.probability, rows), data::take(forecast.labels, rows), data::take(forecast.dates, rows)};
}

}  // namespace handbuilt::lessons::logistic

#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/interval.hpp"
#include "core/matrix.hpp"
#include "core/random.hpp"

namespace handbuilt::lessons::logistic {

/// What is known in the evening of each day, and what came the day after. The rows stand in order of time.
struct Days {
  std::vector<std::string> names;  ///< [columns] of `x`
  MatrixD x;                       ///< [days, columns]
  std::vector<double> rain_mm;     ///< [days] on the day after: what is to be forecast
  std::vector<std::string> dates;  ///< [days] of the day after, "2012-01-03"

  [[nodiscard]] int count() const { return static_cast<int>(rain_mm.size()); }
};

/// From a folder that holds seattle-weather.csv. Throws DataError for a file that is missing, cannot be read or leaves
/// out a day.
Days load_days(const std::filesystem::path& folder);

/// The rows whose day after lies in the years first ... last.
std::vector<int> rows_of_years(const Days& days, int first, int last);

/// 1 where the day after brought more than `more_than_mm`.
std::vector<int> wet(const Days& days, double more_than_mm);

/// Probabilities for days that nothing was learned from, and what came.
struct Forecast {
  VectorD probability;             ///< [days]
  std::vector<int> labels;         ///< [days]
  std::vector<std::string> dates;  ///< [days]

  [[nodiscard]] int count() const { return static_cast<int>(labels.size()); }
};

/// What a forecaster may learn from, and what it then has to forecast.
struct Question {
  double more_than_mm = 0;                  ///< is asked for: 0 is any rain
  int first_year = 2012, last_year = 2014;  ///< learned from
  int test_year = 2015;                     ///< forecast
};

/// Says the share of wet days it has seen, every day.
Forecast base_rate(const Days& days, const Question& question);
/// The same for each month of the year.
Forecast month_rates(const Days& days, const Question& question);
/// How often rain followed a wet day, and how often a dry one.
Forecast like_today(const Days& days, const Question& question);

struct Training {
  std::vector<std::string> columns = {};  ///< of Days::x; all when empty
  double l2 = 1;                          ///< on standardised columns
  /// Repeats the rarer label until both are equally frequent: the usual advice for rare labels, and what it costs.
  bool balanced = false;
};
/// Logistic regression, columns standardised on the rows it learns from.
Forecast logistic_forecast(const Days& days, const Question& question, const Training& training = {});

/// -log(probability given to what came), for each day.
VectorD surprises(const Forecast& forecast);

/// The interval of `statistic(rows)` over the forecast's days. Neighbouring days resemble each other, so whole weeks
/// are drawn with replacement and not days; the days left over after the last whole week go with it.
Interval week_interval(int days, const std::function<double(const std::vector<int>&)>& statistic, Random& random,
                       int repetitions = 2000);

/// The chosen days of a forecast, in that order.
Forecast take(const Forecast& forecast, const std::vector<int>& rows);

}  // namespace handbuilt::lessons::logistic

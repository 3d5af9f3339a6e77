#include "grader/grading/late_days.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "core/error.hpp"

namespace handbuilt::grader {

namespace {

constexpr std::int64_t kDay = 24 * 60 * 60;

[[noreturn]] void refuse_instant(const std::string& text) {
  throw ValueError(fmt::format("expected an instant like 2026-11-01T23:59:00Z, got \"{}\"", text));
}

/// "Z", "" or "+02:00" as seconds east of Greenwich.
std::int64_t read_zone(const std::string& zone, const std::string& text) {
  if (zone.empty() || zone == "Z") return 0;
  int hours = 0, minutes = 0, used = 0;
  if (std::sscanf(zone.c_str() + 1, "%2d:%2d%n", &hours, &minutes, &used) != 2 ||
      static_cast<std::size_t>(used) + 1 != zone.size() || hours > 14 || minutes > 59 || hours < 0 || minutes < 0 ||
      (zone[0] != '+' && zone[0] != '-'))
    refuse_instant(text);
  return (zone[0] == '-' ? -1 : 1) * (hours * 60 + minutes) * 60;
}

}  // namespace

LateRule read_late_rule(const std::string& text) {
  LateRule rule;
  double percent = 0;
  int used = 0;
  if (std::sscanf(text.c_str(), "%d,%lf,%d%n", &rule.free_days, &percent, &rule.most_days, &used) != 3 ||
      static_cast<std::size_t>(used) != text.size())
    throw ValueError(fmt::format(
        "expected FREE,PERCENT,MOST for late days, as in 2,10,7 (2 free, then 10 % a day, 0 after 7), got \"{}\"",
        text));
  rule.share_a_day = percent / 100;
  if (!(rule.share_a_day >= 0 && rule.share_a_day <= 1) || rule.free_days < 0 || rule.most_days < rule.free_days)
    throw ValueError(fmt::format("late days \"{}\": expected 0 <= FREE <= MOST and a percentage of at most 100", text));
  return rule;
}

std::int64_t read_instant(const std::string& text) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, used = 0;
  char between = 0;
  if (std::sscanf(text.c_str(), "%4d-%2d-%2d%c%2d:%2d%n", &year, &month, &day, &between, &hour, &minute, &used) != 6 ||
      (between != 'T' && between != ' '))
    refuse_instant(text);
  std::string rest = text.substr(static_cast<std::size_t>(used));
  if (rest.starts_with(':')) {
    if (std::sscanf(rest.c_str(), ":%2d%n", &second, &used) != 1) refuse_instant(text);
    rest = rest.substr(static_cast<std::size_t>(used));
  }
  using namespace std::chrono;
  const year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                            std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok() || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
    refuse_instant(text);
  const std::int64_t days = sys_days(date).time_since_epoch().count();
  return days * kDay + (hour * 60 + minute) * 60 + second - read_zone(rest, text);
}

int days_late(std::int64_t submitted, std::int64_t deadline) {
  if (submitted <= deadline) return 0;
  return static_cast<int>(std::min<std::int64_t>((submitted - deadline + kDay - 1) / kDay, 1'000'000));
}

double late_penalty(double earned, int days, const LateRule& rule) {
  if (days > rule.most_days) return earned;
  const double share = std::min(1.0, rule.share_a_day * std::max(0, days - rule.free_days));
  return earned * share;
}

}  // namespace handbuilt::grader

#pragma once

#include <cstdint>
#include <string>

namespace handbuilt::grader {

/// What handing in late costs: nothing for the first `free_days`, then `share_a_day` of the points earned for every
/// further day that has begun, and everything after `most_days`.
struct LateRule {
  int free_days = 0;
  double share_a_day = 0.1;
  int most_days = 7;  ///< free days included
};

/// Reads "FREE,PERCENT,MOST", as in "2,10,7". Throws ValueError for other words, a share outside 0 ... 100 % and fewer
/// days in all than free ones.
LateRule read_late_rule(const std::string& text);

/// An instant such as "2026-11-01T23:59:00Z", "2026-11-01T23:59" (UTC) or "2026-11-01 23:59:00+02:00" in seconds since
/// 1970. Throws ValueError saying what was expected.
std::int64_t read_instant(const std::string& text);

/// How many days a submission is late: 0 up to the deadline itself, 1 from the second after it on, 2 from a day and a
/// second after it on.
int days_late(std::int64_t submitted, std::int64_t deadline);

/// The points that a submission loses, of those it earned; never more than those.
double late_penalty(double earned, int days, const LateRule& rule);

}  // namespace handbuilt::grader

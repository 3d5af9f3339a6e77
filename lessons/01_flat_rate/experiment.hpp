#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "lessons/01_flat_rate/models.hpp"
#include "lessons/demo.hpp"

namespace handbuilt::lessons::flat_rate {

/// What one dealing of the folds gives: by name, as results.json has them, without the prefix of the mean.
///
/// rmse_KEY, mae_KEY for each model; ratio_full: the full model's RMSE over the flat rate's; ratio_best: that of a rate
/// a site and year; leaking_other_year: the RMSE of each plot's variety-and-site mean when it was computed before the
/// rows were dealt out.
std::map<std::string, double> run_experiment(const Barley& barley, std::uint64_t seed);

/// What does not depend on chance: mean, median and spread of all yields, the residuals of each site, the estimates
/// from one year to the next.
std::map<std::string, Number> whole_table_numbers(const Barley& barley);

/// A site's residuals when every site and every year has its rate.
struct SiteResidual {
  std::string site;
  double first_year = 0, second_year = 0;  ///< bushels per acre; they add up to 0
};
std::vector<SiteResidual> site_residuals(const Barley& barley);

/// How many varieties gave more in the second year than in the first, at each site [sites].
std::vector<int> better_in_the_second_year(const Barley& barley);

}  // namespace handbuilt::lessons::flat_rate

#pragma once

#include <string>
#include <vector>

#include "exercise.hpp"

/// A lesson that exists only to be attacked.
namespace hostile {

/// Every value times two.
std::vector<double> doubled(const std::vector<double>& values);

double sum(const std::vector<double>& values);

}  // namespace hostile

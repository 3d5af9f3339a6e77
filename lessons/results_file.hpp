#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "lessons/demo.hpp"

namespace handbuilt::lessons {

/// What one run of an experiment found, by name.
using Found = std::map<std::string, double>;

/// The results of full runs that a lesson's text quotes, lessons/NN_name/results.json, with how they came about.
struct Measurement {
  std::string lesson;  ///< "01_flat_rate"
  std::string seeds;   ///< "1 to 200"
  double seconds = 0;  ///< that it took
  std::map<std::string, Number> numbers = {};
};

/// A mean over repetitions with its interval.
Number mean_number(const std::vector<double>& values, const std::string& unit);

/// The means over the repetitions of each named number; units by name, or by the part of it before the first "_".
std::map<std::string, Number> mean_numbers(const std::vector<Found>& runs,
                                           const std::map<std::string, std::string>& units);

/// Writes the file (handbuilt/results/v1, with the machine it was made on and the command that makes it again)
/// atomically.
void save_measurement(const std::filesystem::path& file, const Measurement& measurement);

/// The numbers of lessons/LESSON/results.json with the ends of their intervals, for a figure of what was measured.
/// Throws DataError when it cannot be read.
std::map<std::string, Number> recorded_numbers(const std::string& lesson);

}  // namespace handbuilt::lessons

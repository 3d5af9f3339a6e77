#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "lessons/results_file.hpp"

/// What the programs that measure a lesson's numbers share.
namespace handbuilt::lessons {

/// An experiment for the seeds 1 ... `seeds`, on all cores; the results are those of one.
std::vector<Found> run_seeds(int seeds, const std::function<Found(std::uint64_t seed)>& experiment);

/// Adds what seed 1 found as seed_1_NAME: a test runs that seed again.
void put_first_seed(const std::vector<Found>& runs, std::map<std::string, Number>& numbers);

/// Adds the means of what the runs found, units as in mean_numbers, and what seed 1 found.
void put_means(const std::vector<Found>& runs, const std::map<std::string, std::string>& units,
               std::map<std::string, Number>& numbers);

/// The main function of such a program, to be called with the file to write: measures, prints a table and saves.
/// Returns what main returns: 0, or 2 with one line for what could not be done.
int measuring_program(int argc, char** argv, const std::function<Measurement()>& measure);

/// The same where a second argument may ask for other than `seeds` seeds, two at least.
int measuring_program(int argc, char** argv, int seeds, const std::function<Measurement(int seeds)>& measure);

}  // namespace handbuilt::lessons

// Measures how well new situations are told from known ones and what recall gains in homes that are new, each seed with
// homes of its own:
//   build/default/bin/lesson_07_measure lessons/07_similarity/results.json

#include "lessons/07_similarity/experiment.hpp"
#include "lessons/measuring.hpp"

namespace {

using namespace handbuilt;
using namespace handbuilt::lessons;

Measurement measure(int seeds) {
  std::map<std::string, Number> numbers;
  put_means(run_seeds(seeds, likeness::run_experiment),
            {{"public", "m"},
             {"new", "m"},
             {"gain", "m"},
             {"promised", "m"},
             {"kept", "m"},
             {"alarms", "share"},
             {"at95", "share"},
             {"detected", "share"},
             {"remembered", "bumps"}},
            numbers);
  return {.lesson = "07_similarity", .seeds = "1 to " + std::to_string(seeds), .numbers = numbers};
}

}  // namespace

int main(int argc, char** argv) { return measuring_program(argc, argv, 20, measure); }

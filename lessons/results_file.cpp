#include "lessons/results_file.hpp"

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/file.hpp"
#include "core/interval.hpp"
#include "core/parallel.hpp"
#include "lessons/number_json.hpp"

namespace handbuilt::lessons {
namespace {

std::string processor() {
  std::ifstream cpus("/proc/cpuinfo");
  for (std::string line; std::getline(cpus, line);)
    if (line.rfind("model name", 0) == 0) return line.substr(line.find(':') + 2);
  return "an unknown processor";
}

}  // namespace

Number mean_number(const std::vector<double>& values, const std::string& unit) {
  const MeanInterval mean = mean_interval(values);
  return {mean.mean, mean.low, mean.high, static_cast<int>(values.size()), unit};
}

std::map<std::string, Number> mean_numbers(const std::vector<Found>& runs,
                                           const std::map<std::string, std::string>& units) {
  std::map<std::string, std::vector<double>> values;
  for (const auto& run : runs)
    for (const auto& [name, value] : run) values[name].push_back(value);
  std::map<std::string, Number> numbers;
  for (const auto& [name, of_name] : values) {
    auto unit = units.find(name);
    if (unit == units.end()) unit = units.find(name.substr(0, name.find('_')));
    numbers[name] = mean_number(of_name, unit == units.end() ? "" : unit->second);
  }
  return numbers;
}

void save_measurement(const std::filesystem::path& file, const Measurement& measurement) {
  nlohmann::ordered_json numbers = nlohmann::ordered_json::object();
  for (const auto& [name, number] : measurement.numbers) numbers[name] = json_of(name, number);
  nlohmann::ordered_json names = nlohmann::ordered_json::array();
  for (const auto& [name, number] : measurement.numbers) names.push_back(name);
  const std::string command = fmt::format("build/default/bin/lesson_{}_measure lessons/{}/results.json",
                                          measurement.lesson.substr(0, 2), measurement.lesson);
  const nlohmann::ordered_json how{{"numbers", names},
                                   {"commands", {command}},
                                   {"seeds", measurement.seeds},
                                   {"machine", fmt::format("{}, {} cores", processor(), core_count())}};
  const nlohmann::ordered_json json{{"schema", "handbuilt/results/v1"},
                                    {"lesson", measurement.lesson},
                                    {"seed", 1},
                                    {"seconds", measurement.seconds},
                                    {"provenance", nlohmann::ordered_json::array({how})},
                                    {"numbers", numbers}};
  write_file(file, json.dump(2) + "\n");
}

std::map<std::string, Number> recorded_numbers(const std::string& lesson) {
  const std::filesystem::path file = datasets_folder().parent_path() / "lessons" / lesson / "results.json";
  const nlohmann::json json = nlohmann::json::parse(read_file(file), nullptr, false);
  if (!json.contains("numbers")) throw DataError(file.string() + ": expected the results of a lesson");
  std::map<std::string, Number> numbers;
  for (const auto& [name, number] : json["numbers"].items()) {
    Number& read = numbers[name] = {.value = number.value("value", 0.0)};
    if (number.contains("low")) read.low = number.at("low").get<double>();
    if (number.contains("high")) read.high = number.at("high").get<double>();
  }
  return numbers;
}

}  // namespace handbuilt::lessons

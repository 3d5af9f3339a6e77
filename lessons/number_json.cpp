#include "lessons/number_json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/error.hpp"

namespace handbuilt::lessons {

nlohmann::ordered_json json_of(const std::string& name, const Number& number) {
  nlohmann::ordered_json json;
  const auto put = [&](const char* field, double value) {
    if (!std::isfinite(value))
      throw ValueError("results: the " + std::string(field) + " of " + name + " is not finite");
    json[field] = value;
  };
  put("value", number.value);
  if (number.low) put("low", *number.low);
  if (number.high) put("high", *number.high);
  if (number.n) json["n"] = *number.n;
  if (!number.unit.empty()) json["unit"] = number.unit;
  return json;
}

}  // namespace handbuilt::lessons

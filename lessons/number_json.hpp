#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "lessons/demo.hpp"

namespace handbuilt::lessons {

/// A number as results.json holds it. Throws ValueError when it is not finite.
nlohmann::ordered_json json_of(const std::string& name, const Number& number);

}  // namespace handbuilt::lessons

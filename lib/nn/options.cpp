#include "nn/options.hpp"

#include <cmath>
#include <sstream>

#include "core/error.hpp"

namespace handbuilt::nn {

void require_option(bool holds, const char* option, const char* expected, double got) {
  if (holds) return;
  std::ostringstream message;
  message << option << ": expected " << expected << ", got " << got;
  throw ValueError(message.str());
}

void require_positive(const char* option, double got) {
  require_option(got > 0 && std::isfinite(got), option, "a finite number above 0", got);
}

void require_not_negative(const char* option, double got) {
  require_option(got >= 0 && std::isfinite(got), option, "a finite number of at least 0", got);
}

void require_share(const char* option, double got) {
  require_option(got >= 0 && got < 1, option, "a number in [0, 1)", got);
}

}  // namespace handbuilt::nn

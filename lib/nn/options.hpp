#pragma once

namespace handbuilt::nn {

/// Throws ValueError "`option`: expected `expected`, got `got`" unless `holds`.
void require_option(bool holds, const char* option, const char* expected, double got);

/// An option that must be a finite number above 0 (a learning rate, a count).
void require_positive(const char* option, double got);

/// An option that must be a finite number of at least 0 (a weight decay, a largest shift).
void require_not_negative(const char* option, double got);

/// An option that must lie in [0, 1) (a momentum, a share).
void require_share(const char* option, double got);

}  // namespace handbuilt::nn

#pragma once

/// Stands for a solution: hostile submissions try to read it.
inline constexpr double kSecretFactor = 2;

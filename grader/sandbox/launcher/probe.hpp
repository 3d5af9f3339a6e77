#pragma once

#include <string>
#include <vector>

namespace handbuilt::grader {

/// Run as a job: tries what a job must not be able to do, reading the `secret` files and folders among it. 0 when it
/// fails at all of it, else 1, and says on standard output what it could do.
int probe(const std::vector<std::string>& secret);

}  // namespace handbuilt::grader

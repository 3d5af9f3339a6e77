#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace handbuilt::grader {

/// Whether this machine can hold reports against schemas: python3-jsonschema and xmllint (libxml2-utils).
bool can_check_shapes();

/// What a JSON text has that its schema (draft 2020-12) forbids, or lacks; empty when nothing. All pairs at once.
std::string shape_errors(const std::vector<std::pair<std::filesystem::path, std::string>>& schemas_and_texts);

/// The same of an XML text and an XML Schema; also what is not well-formed.
std::string xml_shape_errors(const std::filesystem::path& schema, const std::string& xml);

/// The XML text with its attributes sorted and without blanks between elements. Throws DataError when it is not
/// well-formed.
std::string canonical_xml(const std::string& xml);

}  // namespace handbuilt::grader

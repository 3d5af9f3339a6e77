#include "shape.hpp"

#include "core/error.hpp"
#include "core/file.hpp"
#include "grader/course/process.hpp"
#include "support/temporary_folder.hpp"

namespace handbuilt::grader {

namespace {

// Debian's Python, which is the one that has Debian's python3-jsonschema.
constexpr const char* kPython = "/usr/bin/python3";
constexpr const char* kValidate = R"(
import json, sys
from jsonschema import Draft202012Validator
for schema_file, text_file in zip(sys.argv[1::2], sys.argv[2::2]):
    schema = json.load(open(schema_file, encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    text = json.load(open(text_file, encoding="utf-8", errors="strict"))
    for error in Draft202012Validator(schema).iter_errors(text):
        print(f"{schema_file}: {'/'.join(map(str, error.absolute_path))}: {error.message}")
)";

}  // namespace

bool can_check_shapes() {
  return is_program("xmllint") && std::filesystem::exists(kPython) &&
         capture({{kPython, "-c", "import jsonschema"}, {}, {}}).exit_code == 0;
}

std::string shape_errors(const std::vector<std::pair<std::filesystem::path, std::string>>& schemas_and_texts) {
  const test::TemporaryFolder folder;
  Command python{{kPython, "-c", kValidate}, {}, {}};
  for (const auto& [schema, text] : schemas_and_texts) {
    const std::filesystem::path file = folder / std::to_string(python.words.size());
    write_file(file, text);
    python.words.insert(python.words.end(), {schema.string(), file.string()});
  }
  const Captured validated = capture(python);
  return validated.exit_code == 0 ? validated.output : "the validator failed: " + validated.output;
}

std::string xml_shape_errors(const std::filesystem::path& schema, const std::string& xml) {
  const test::TemporaryFolder folder;
  write_file(folder / "report.xml", xml);
  const Captured linted = capture(
      {{"xmllint", "--noout", "--nonet", "--schema", schema.string(), (folder / "report.xml").string()}, {}, {}});
  return linted.exit_code == 0 ? "" : linted.output;
}

std::string canonical_xml(const std::string& xml) {
  const test::TemporaryFolder folder;
  write_file(folder / "report.xml", xml);
  write_file(folder / "tight.xml",
             capture({{"xmllint", "--noblanks", (folder / "report.xml").string()}, {}, {}}).output);
  const Captured canonical = capture({{"xmllint", "--c14n", (folder / "tight.xml").string()}, {}, {}});
  if (canonical.exit_code != 0) throw DataError("not well-formed: " + canonical.output);
  return canonical.output;
}

}  // namespace handbuilt::grader

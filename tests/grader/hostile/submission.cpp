#include "tests/grader/hostile/submission.hpp"

#include <toml++/toml.h>

#include "core/error.hpp"
#include "core/file.hpp"

namespace handbuilt::grader {

HostileSubmission read_hostile_submission(const std::filesystem::path& path) {
  HostileSubmission submission;
  submission.name = path.stem().string();
  toml::table table;
  try {
    table = toml::parse(read_file(path));
  } catch (const toml::parse_error& error) {
    throw DataError(path.string() + ": " + std::string(error.description()));
  }
  const std::map<std::string_view, std::string*> keys{{"does", &submission.does},
                                                      {"says", &submission.says},
                                                      {"top", &submission.top},
                                                      {"code", &submission.code},
                                                      {"body", &submission.body}};
  for (const auto& [key, value] : table) {
    const std::string text = value.value_or(std::string());
    if (const auto known = keys.find(key.str()); known != keys.end())
      *known->second = text;
    else
      submission.status[sandbox_mode_named(std::string(key.str()))] = text;
  }
  if (submission.does.empty() || submission.status.empty() || submission.code.empty() == submission.body.empty())
    throw DataError(path.string() + ": expected `does`, a status of a mode, and either `code` or `body`");
  return submission;
}

std::string HostileSubmission::source(const std::map<std::string, std::string>& places) const {
  std::string text = "#include \"tasks.hpp\"\n" + top + "\n";
  text += !code.empty()
              ? code
              : "std::vector<double> hostile::doubled(const std::vector<double>& values) {\n  (void)values;\n" + body +
                    "\n  return {1, 2, 3};\n}\n";
  for (const auto& [name, path] : places)
    for (std::size_t at = 0; (at = text.find(name, at)) != std::string::npos; at += path.size())
      text.replace(at, name.size(), path);
  return text;
}

}  // namespace handbuilt::grader

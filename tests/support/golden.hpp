#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <map>
#include <string>

#include "core/matrix.hpp"
#include "data/csv.hpp"

namespace handbuilt::test {

/// The figures that another library computed for one case, each to be asked for once: the columns of the file are case,
/// name with a number after it, and value. A figure that nobody asked for fails the test.
class Golden {
 public:
  Golden(const std::filesystem::path& file, const std::string& name) {
    const data::Table table = data::read_csv(file);
    for (std::size_t row = 0; row < static_cast<std::size_t>(table.rows()); ++row)
      if (table.texts("case")[row] == name) left_[table.texts("name")[row]] = table.numbers("value")[row];
  }
  ~Golden() {
    for (const auto& [name, value] : left_) ADD_FAILURE() << name << " was not compared";
  }
  Golden(const Golden&) = delete;
  Golden& operator=(const Golden&) = delete;

  /// Each of `got` within `relative` of its figure, or of `least` if that is larger.
  void expect(const std::string& name, const VectorD& got, double relative = 1e-9, double least = 1) {
    for (Eigen::Index i = 0; i < got.size(); ++i) {
      const auto found = left_.find(name + std::to_string(i));
      ASSERT_NE(found, left_.end()) << name << i;
      EXPECT_NEAR(got[i], found->second, relative * std::max(std::abs(found->second), least)) << name << i;
      left_.erase(found);
    }
  }
  void expect(const std::string& name, double got, double relative = 1e-9, double least = 1) {
    expect(name, VectorD{{got}}, relative, least);
  }

 private:
  std::map<std::string, double> left_;
};

}  // namespace handbuilt::test

// --engine slurm, on a Slurm that runs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "core/file.hpp"
#include "grader/course/process.hpp"
#include "support/temporary_folder.hpp"
#include "system/class_of_lesson_00.hpp"
#include "system/slurm/one_node_slurm.hpp"

namespace handbuilt::grader {
namespace {

namespace fs = std::filesystem;
using test::class_of;
using test::final_files;
using test::grade_class;
using testing::AllOf;
using testing::HasSubstr;

class Slurm : public testing::Test {
 protected:
  void SetUp() override {
    if (const std::string why_not = test::OneNodeSlurm::why_not(); !why_not.empty()) GTEST_SKIP() << why_not;
    slurm_ = std::make_unique<test::OneNodeSlurm>();
  }
  [[nodiscard]] Captured on_slurm(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words = {"--engine", "slurm"};
    words.insert(words.end(), more.begin(), more.end());
    return capture(grade_class(folder_ / "class", folder_ / "slurm", words));
  }
  test::TemporaryFolder folder_;
  std::unique_ptr<test::OneNodeSlurm> slurm_;
};

TEST_F(Slurm, GivesTheBytesOfALocalRunAndReportsAnElementThatWasKilled) {
  class_of(folder_ / "class", 4);
  ASSERT_EQ(capture(grade_class(folder_ / "class", folder_ / "local", {})).exit_code, 0);

  // The element of student3, which waits behind the others, is cancelled by somebody.
  Captured first;
  std::thread grading([&] { first = on_slurm({"--jobs", "1"}); });
  const fs::path job_file = folder_ / "slurm/.state/slurm/job";
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!fs::exists(job_file) && std::chrono::steady_clock::now() < give_up)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  std::string job = fs::exists(job_file) ? read_file(job_file) : "";
  job.erase(std::remove(job.begin(), job.end(), '\n'), job.end());
  const Captured cancelled = capture({{"scancel", job + "_3"}, {}, {}});
  grading.join();
  EXPECT_EQ(first.exit_code, 2) << first.output << cancelled.output << slurm_->logs();
  EXPECT_THAT(first.output,
              AllOf(HasSubstr("not graded: student3: element 3 of Slurm job " + job), HasSubstr("3 of 4 graded")));
  EXPECT_THAT(read_file(folder_ / "slurm/grades.csv"), HasSubstr("student3,student3,not graded: element 3"));

  const Captured second = on_slurm();
  EXPECT_EQ(second.exit_code, 0) << second.output << slurm_->logs();
  EXPECT_THAT(second.output, HasSubstr("3 graded before, which stand"));
  EXPECT_EQ(final_files(folder_ / "slurm"), final_files(folder_ / "local"));
}

TEST_F(Slurm, TellsWhatSbatchSays) {
  class_of(folder_ / "class", 1);
  const Captured refused = on_slurm({"--sbatch=--partition=nowhere"});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.output, AllOf(HasSubstr("course: Slurm did not take the job: "), HasSubstr("partition")));
}

}  // namespace
}  // namespace handbuilt::grader

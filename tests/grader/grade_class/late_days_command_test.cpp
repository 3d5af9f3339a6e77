#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/error.hpp"
#include "core/file.hpp"
#include "data/csv.hpp"
#include "grader/course/commands.hpp"
#include "support/message_of.hpp"
#include "support/temporary_folder.hpp"

namespace handbuilt::grader {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class LateDays : public testing::Test {
 protected:
  LateDays() {
    write_file(folder_ / "grades.csv",
               "submission,student,state,late,total,of,00_tour\r\nada,Ada,graded,,20,20,20\r\n"
               "007,\"Bond, J\",graded,late,10,20,10\r\neve,Eve,not graded: no,,,20,\r\nbob,Bob,graded,,7,20,7\r\n");
  }
  [[nodiscard]] data::Table after(const std::string& times) const {
    write_file(folder_ / "times.csv", "submission,handed_in\n" + times);
    testing::internal::CaptureStdout();
    try {
      run_late_days(
          {folder_ / "grades.csv", folder_ / "times.csv", "2027-05-01T23:59:00Z", "2,10,7", folder_ / "out.csv"});
    } catch (const Error&) {
      testing::internal::GetCapturedStdout();
      throw;
    }
    testing::internal::GetCapturedStdout();
    return data::read_csv(folder_ / "out.csv", {{{"submission", data::ColumnType::kText}}});
  }
  test::TemporaryFolder folder_;
};

TEST_F(LateDays, TakeTheirShareOfTheTotal) {
  const data::Table table = after("007,2027-05-04T23:59:00Z\nada,2027-05-01T23:59:00Z\nbob,2027-05-06 00:00\n");
  EXPECT_THAT(table.texts("submission"), ElementsAre("ada", "007", "eve", "bob"));
  EXPECT_THAT(table.numbers("days_late"), ElementsAre(0, 3, 0, 5));
  EXPECT_EQ(table.numbers("late_penalty")[1], 1);
  EXPECT_EQ(table.numbers("total_after_late_days")[0], 20);
  EXPECT_EQ(table.numbers("total_after_late_days")[1], 9);
  EXPECT_EQ(table.numbers("total_after_late_days")[3], 4.9);
  EXPECT_TRUE(table.column("total_after_late_days").missing(2));
  EXPECT_EQ(table.texts("student")[1], "Bond, J");
}

TEST_F(LateDays, LeaveNoFileForATimeOfNobody) {
  EXPECT_THAT(test::message_of<DataError>([&] { (void)after("aad,2027-05-04T23:59:00Z\n"); }),
              HasSubstr("no submission is named \"aad\""));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "out.csv"));
}

TEST_F(LateDays, NameTheSubmissionWithABadTime) {
  EXPECT_THAT(test::message_of<DataError>([&] { (void)after("ada,yesterday\n"); }),
              HasSubstr("times.csv: ada: expected an instant"));
  EXPECT_THAT(test::message_of<DataError>([&] { (void)after("ada,2027-05-01T01:00Z\nada,2027-05-02T01:00Z\n"); }),
              HasSubstr("ada: there are two times"));
}

}  // namespace
}  // namespace handbuilt::grader

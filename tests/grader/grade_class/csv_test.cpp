#include "grader/grade_class/csv.hpp"

#include <gtest/gtest.h>

namespace handbuilt::grader {
namespace {

TEST(Csv, QuotesAsRfc4180Has) { EXPECT_EQ(csv_line({"a", "b,c", "d\"e", ""}), "a,\"b,c\",\"d\"\"e\",\r\n"); }

TEST(Csv, LetsNoSpreadsheetComputeAName) {
  EXPECT_EQ(csv_line({"=1+1"}), "'=1+1\r\n");
  EXPECT_EQ(csv_line({"+49 30", "@SUM(A1)", "-x"}), "'+49 30,'@SUM(A1),'-x\r\n");
  EXPECT_EQ(csv_line({"  =1+1"}), "'  =1+1\r\n") << "blanks before it do not help";
  EXPECT_EQ(csv_line({"=HYPERLINK(\"http://x\",\"y\")"}), "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"\r\n");
}

TEST(Csv, LeavesNumbersAlone) { EXPECT_EQ(csv_line({"-3", "12", "0.5"}), "-3,12,0.5\r\n"); }

TEST(Csv, ShowsLineEndsEscapesAndBadBytes) { EXPECT_EQ(csv_line({"a\nb\x1b\xFF"}), "a\\x0ab\\x1b\\xff\r\n"); }

}  // namespace
}  // namespace handbuilt::grader

#include "data/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "core/error.hpp"
#include "core/file.hpp"
#include "support/message_of.hpp"
#include "support/temporary_folder.hpp"

namespace handbuilt::data {
namespace {

using test::message_of;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

Table parse(const std::string& content, const CsvOptions& options = {}) {
  return parse_csv(content, "field.csv", options);
}

std::string refusal(const std::string& content, const CsvOptions& options = {}) {
  return message_of<DataError>([&] { (void)parse(content, options); });
}

TEST(Csv, GivesEachColumnTheTypeOfItsFirstValue) {
  const Table table = parse("day,rain,sky\n2012-01-01,0.5,sun\n2012-01-02,-1e-3,rain\n");
  EXPECT_EQ(table.rows(), 2);
  EXPECT_EQ(table.column("day").type, ColumnType::kDate);
  EXPECT_THAT(table.texts("day"), ElementsAre("2012-01-01", "2012-01-02"));
  EXPECT_THAT(table.numbers("rain"), ElementsAre(0.5, -1e-3));
  EXPECT_THAT(table.texts("sky"), ElementsAre("sun", "rain"));
}

TEST(Csv, TakesEmptyCellsForMissingValuesOfAnyType) {
  const Table table = parse("a,b,c\n,,\n1,x,2012-02-29\n,,\n");
  EXPECT_TRUE(std::isnan(table.numbers("a")[0]));
  EXPECT_EQ(table.numbers("a")[1], 1);
  EXPECT_THAT(table.texts("b"), ElementsAre("", "x", ""));
  EXPECT_THAT(table.texts("c"), ElementsAre("", "2012-02-29", ""));
  EXPECT_TRUE(table.column("c").missing(2));
}

TEST(Csv, KeepsSeparatorsQuotesAndLineBreaksInsideQuotes) {
  const Table table = parse("name,\"the \"\"size\"\"\"\n\"a, b\",1\n\"two\r\nlines\",2\n\"\",3\n");
  EXPECT_THAT(table.names(), ElementsAre("name", "the \"size\""));
  EXPECT_THAT(table.texts("name"), ElementsAre("a, b", "two\r\nlines", ""));
}

TEST(Csv, ReadsEitherLineEndWithOrWithoutTheLastAndSkipsAByteOrderMark) {
  for (const char* content : {"a,b\n1,2\n3,4\n", "a,b\r\n1,2\r\n3,4\r\n", "a,b\r\n1,2\n3,4",
                              "\xef\xbb\xbf"
                              "a,b\n1,2\n3,4"}) {
    const Table table = parse(content);
    EXPECT_THAT(table.names(), ElementsAre("a", "b")) << content;
    EXPECT_THAT(table.numbers("b"), ElementsAre(2, 4)) << content;
  }
}

TEST(Csv, SkipsSpacesAroundNumbersAndKeepsThemInText) {
  const Table table = parse("a,b\n 1.5 , x \n+2,y\n");
  EXPECT_THAT(table.numbers("a"), ElementsAre(1.5, 2));
  EXPECT_THAT(table.texts("b"), ElementsAre(" x ", "y"));
}

TEST(Csv, ReadsAnotherSeparatorAndTheTypesItIsTold) {
  const Table table = parse("code;value\n007;1\n", {.types = {{"code", ColumnType::kText}}, .separator = ';'});
  EXPECT_THAT(table.texts("code"), ElementsAre("007"));
}

TEST(Csv, ReadsAHeaderWithoutRowsAndAnEmptyLineAsARowOfOneColumn) {
  EXPECT_EQ(parse("a,b\n").rows(), 0);
  EXPECT_EQ(parse("a\n1\n\n2\n").rows(), 3);
}

TEST(Csv, NamesFileLineColumnAndCellOfABadNumber) {
  EXPECT_EQ(refusal("site,yield\nMorris,1\nDuluth,n/a\n"),
            "field.csv:3: expected a number in column \"yield\", got \"n/a\" (write an empty cell for a missing value; "
            "the column's first value, on line 2, is a number)");
  EXPECT_EQ(
      refusal("yield\nmuch\n", {.types = {{"yield", ColumnType::kNumber}}}),
      "field.csv:2: expected a number in column \"yield\", got \"much\" (write an empty cell for a missing value)");
}

TEST(Csv, CountsTheLinesInsideQuotes) {
  EXPECT_THAT(refusal("a,b\n\"x\ny\nz\",1\nw,2,3\n"), StartsWith("field.csv:5: "));
}

TEST(Csv, RefusesNumbersThatAreNotFinite) {
  for (const char* cell : {"nan", "inf", "-inf", "1e999", "0x10", "1,5", "1.5.2", "--1", "1 2", "+-1"})
    EXPECT_THAT(refusal(std::string("a\n1\n\"") + cell + "\"\n"), HasSubstr("expected a number")) << cell;
}

TEST(Csv, RefusesDaysThatNoCalendarHas) {
  for (const char* date : {"2013-02-29", "2012-13-01", "2012-00-10", "2012-04-31", "2012-1-01", "12-01-2012"})
    EXPECT_THAT(refusal(std::string("d\n2012-02-29\n") + date + "\n"),
                HasSubstr("expected a date such as 2012-01-31 in column \"d\", got \"" + std::string(date)));
}

TEST(Csv, RefusesARaggedRow) {
  EXPECT_EQ(refusal("a,b\n1,2\n3\n"), "field.csv:3: expected 2 cells, one a column, got 1");
  EXPECT_EQ(refusal("a,b\n1,2,3\n"), "field.csv:2: expected 2 cells, one a column, got 3");
  EXPECT_EQ(refusal("a,b\n1,2\n\n"), "field.csv:3: expected 2 cells, one a column, got 1");
}

TEST(Csv, RefusesColumnNamesThatAreDoubledOrEmpty) {
  EXPECT_EQ(refusal("a,b,a\n"), "field.csv:1: expected each column name once, got \"a\" for columns 1 and 3");
  EXPECT_EQ(refusal("a,,b\n"), "field.csv:1: expected a name for column 2, got none");
  EXPECT_EQ(refusal(""), "field.csv:1: expected a line of column names, got an empty file");
}

TEST(Csv, RefusesQuotesThatAreNotClosedOrStandAmidACell) {
  EXPECT_EQ(refusal("a\n\"x\ny\n"),
            "field.csv:2: expected a closing quote for the cell that starts here, got the end of the file");
  EXPECT_EQ(refusal("a\nx\"y\n"), "field.csv:2: expected quotes around the whole cell, got one amid \"x\"");
  EXPECT_EQ(refusal("a\n\"x\"y\n"),
            "field.csv:2: expected a separator or the end of the line after a closing quote, got \"y\"");
}

TEST(Csv, RefusesATypeForAColumnThatIsNotThere) {
  EXPECT_THAT(refusal("a\n1\n", {.types = {{"b", ColumnType::kText}}}), HasSubstr("expected a column \"b\""));
}

TEST(Csv, ShowsALongOrBrokenCellOnOneShortLine) {
  const std::string message = refusal("a\n1\n\"" + std::string(500, 'x') + "\n\"\n");
  EXPECT_LT(message.size(), 250u);
  EXPECT_EQ(message.find('\n'), std::string::npos);
}

TEST(Csv, RefusesAMissingFileByName) {
  EXPECT_THAT(message_of<DataError>([] { (void)read_csv("nowhere/field.csv"); }), StartsWith("nowhere/field.csv: "));
}

TEST(Csv, WritesWhatItReads) {
  const test::TemporaryFolder folder;
  Table table;
  table.add_texts("name", {"plain", "with, comma", "with \"quotes\"", "two\nlines", ""});
  table.add_numbers("value", {0.1, 1.0 / 3, -1e300, std::nan(""), 5e-324});
  table.add({"day", ColumnType::kDate, {}, {"2012-01-01", "", "2000-02-29", "", ""}});
  write_csv(folder / "table.csv", table);
  const Table again = read_csv(folder / "table.csv");
  EXPECT_EQ(again.texts("name"), table.texts("name"));
  EXPECT_EQ(again.texts("day"), table.texts("day"));
  for (const std::size_t row : {0u, 1u, 2u, 4u}) EXPECT_EQ(again.numbers("value")[row], table.numbers("value")[row]);
  EXPECT_TRUE(std::isnan(again.numbers("value")[3]));
}

}  // namespace
}  // namespace handbuilt::data

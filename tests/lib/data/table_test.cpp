#include "data/table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/error.hpp"
#include "data/groups.hpp"
#include "support/message_of.hpp"

namespace handbuilt::data {
namespace {

using test::message_of;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Table birds() {
  Table table;
  table.add_texts("species", {"Gentoo", "Adelie", "Gentoo", ""});
  table.add_numbers("mass", {5000, 3700, std::nan(""), 3500});
  table.add_numbers("year", {2007, 2007, 2008, 2008});
  return table;
}

TEST(Table, GivesColumnsByNameAndNamesThoseThereAreOtherwise) {
  EXPECT_THAT(birds().numbers("year"), ElementsAre(2007, 2007, 2008, 2008));
  EXPECT_EQ(message_of<IndexError>([] { (void)birds().column("wing"); }),
            "table: expected one of the columns species, mass, year, got \"wing\"");
}

TEST(Table, RefusesAColumnOfAnotherKind) {
  EXPECT_THAT(message_of<ValueError>([] { (void)birds().numbers("species"); }), HasSubstr("expected numbers"));
  EXPECT_THAT(message_of<ValueError>([] { (void)birds().texts("mass"); }), HasSubstr("expected text or dates"));
}

TEST(Table, RefusesAColumnOfAnotherLengthATakenNameAndADateThatIsNone) {
  Table table = birds();
  EXPECT_THAT(message_of<ShapeError>([&] { table.add_numbers("x", {1}); }), HasSubstr("expected 4 values"));
  EXPECT_THAT(message_of<ValueError>([&] { table.add_texts("mass", {"", "", "", ""}); }), HasSubstr("\"mass\" again"));
  EXPECT_THAT(message_of<ValueError>([&] {
                table.add({"d", ColumnType::kDate, {}, {"", "", "yesterday", ""}});
              }),
              HasSubstr("row 2: expected a date"));
  EXPECT_EQ(table.names(), birds().names());
}

TEST(Table, TakesRowsInTheAskedOrderAndSelectsColumns) {
  const Table taken = birds().take({2, 0, 0}).select({"year", "species"});
  EXPECT_THAT(taken.names(), ElementsAre("year", "species"));
  EXPECT_THAT(taken.texts("species"), ElementsAre("Gentoo", "Gentoo", "Gentoo"));
  EXPECT_THAT(taken.numbers("year"), ElementsAre(2008, 2007, 2007));
  EXPECT_THROW((void)birds().take({4}), IndexError);
}

TEST(Table, KeepsRowsThatLackNoneOfTheAskedValues) {
  EXPECT_THAT(birds().complete_rows().numbers("mass"), ElementsAre(5000, 3700));
  EXPECT_THAT(birds().complete_rows({"mass"}).numbers("mass"), ElementsAre(5000, 3700, 3500));
  EXPECT_EQ(birds().complete_rows({"year"}).rows(), 4);
}

TEST(Table, SummarisesEachColumnOnALine) {
  EXPECT_EQ(birds().summary(),
            "4 rows, 3 columns\n"
            "  species  text    2 different: Gentoo (2), Adelie (1); 1 missing\n"
            "  mass     number  3500 ... 5000, mean 4066.67; 1 missing\n"
            "  year     number  2007 ... 2008, mean 2007.5\n");
}

TEST(Groups, JoinTheValuesOfTheColumnsInOrderOfFirstAppearance) {
  const Groups groups = group_by(birds().take({0, 1, 2, 0}), {"species", "year"});
  EXPECT_THAT(groups.labels, ElementsAre("Gentoo / 2007", "Adelie / 2007", "Gentoo / 2008"));
  EXPECT_THAT(groups.of_row, ElementsAre(0, 1, 2, 0));
}

TEST(Groups, RefuseAMissingValueByRowAndColumn) {
  EXPECT_THAT(message_of<ValueError>([] {
                (void)group_by(birds(), {"year", "species"});
              }),
              HasSubstr("row 3: expected a value in column \"species\""));
}

}  // namespace
}  // namespace handbuilt::data

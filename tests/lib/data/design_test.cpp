#include "data/design.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/error.hpp"
#include "support/message_of.hpp"

namespace handbuilt::data {
namespace {

using test::message_of;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Table birds() {
  Table table;
  table.add_texts("species", {"Gentoo", "Adelie", "Chinstrap", "Adelie"});
  table.add_numbers("mass", {5000, 3700, 3600, 3500});
  return table;
}

MatrixD matrix(std::initializer_list<std::initializer_list<double>> rows) { return MatrixD(rows); }

TEST(Design, MakesAColumnOfEachValueButTheFirstAndCarriesNames) {
  const DesignMatrix x = Design(birds(), {"mass", "species"})(birds());
  EXPECT_THAT(x.names, ElementsAre("mass", "species = Chinstrap", "species = Gentoo"));
  EXPECT_EQ(x.values, matrix({{5000, 0, 1}, {3700, 0, 0}, {3600, 1, 0}, {3500, 0, 0}}));
}

TEST(Design, KeepsTheFirstValueWhenAskedTo) {
  const DesignMatrix x = Design(birds(), {"species"}, {.drop_first = false})(birds());
  EXPECT_THAT(x.names, ElementsAre("species = Adelie", "species = Chinstrap", "species = Gentoo"));
  EXPECT_EQ(x.values.rowwise().sum(), VectorD::Ones(4));
}

TEST(Design, GivesOtherTablesTheColumnsOfTheTrainingTable) {
  const Design design(birds(), {"species"});
  EXPECT_EQ(design(birds().take({1})).values, matrix({{0, 0}}));
  EXPECT_EQ(design(birds().take({0})).values, matrix({{0, 1}}));
}

TEST(Design, RefusesAValueThatTheTrainingTableDidNotHave) {
  const Design design(birds().take({0, 1}), {"species"});
  EXPECT_EQ(message_of<ValueError>([&] { (void)design(birds()); }),
            "design: row 2: expected a value of column \"species\" that the training table had, got \"Chinstrap\"");
}

TEST(Design, RefusesMissingValuesAndDates) {
  Table table = birds();
  table.add_numbers("wing", {1, 2, std::nan(""), 4});
  table.add({"day", ColumnType::kDate, {}, {"2012-01-01", "2012-01-02", "2012-01-03", "2012-01-04"}});
  EXPECT_THAT(message_of<ValueError>([&] { (void)Design(table, {"wing"}); }), HasSubstr("row 2: expected a value"));
  EXPECT_THAT(message_of<ValueError>([&] { (void)Design(table, {"day"}); }), HasSubstr("got date"));
  EXPECT_THAT(message_of<ValueError>([&] { (void)target(table, "wing"); }), HasSubstr("row 2"));
}

TEST(Design, RefusesAnotherKindOfColumnThanTheTrainingTableHad) {
  Table numbers;
  numbers.add_numbers("species", {1, 2});
  EXPECT_THAT(message_of<ValueError>([&] { (void)Design(birds(), {"species"})(numbers); }), HasSubstr("expected text"));
}

TEST(Take, ChoosesRowsAndColumns) {
  const MatrixD x = matrix({{1, 2, 3}, {4, 5, 6}});
  EXPECT_EQ(take(x, {1, 0, 1}), matrix({{4, 5, 6}, {1, 2, 3}, {4, 5, 6}}));
  EXPECT_EQ(take_columns(x, {2, 0}), matrix({{3, 1}, {6, 4}}));
  EXPECT_EQ(take(VectorD(x.col(1)), {1}), VectorD::Constant(1, 5));
  EXPECT_THROW((void)take(x, {2}), IndexError);
  EXPECT_THROW((void)take_columns(x, {3}), IndexError);
}

}  // namespace
}  // namespace handbuilt::data

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <string>
#include <tuple>
#include <vector>

#include "clustering/mixture_fit.hpp"
#include "reference.hpp"

using namespace handbuilt::grader;
namespace clustering = handbuilt::clustering;

STUDENT(mixtures, maximisation, rows, responsibilities, before, floor);
STUDENT(mixtures, choose_components, components, log_likelihoods, rows, columns);

namespace {

using mixtures::Choice;
using mixtures::Mixture;

struct Step {
  TensorD rows, shares;
  Mixture before;
  double floor = 0;
  std::string because;
};

/// How the M step may be made; by default as it should be.
struct Making {
  enum class Weight { mean, total, over_components, of_all } weight = Weight::mean;
  enum class Mean { by_total, by_rows, sum, of_all, before } mean = Mean::by_total;
  enum class Variance {
    by_total,
    by_rows,
    one_less,
    sum,
    deviation,
    around_old,
    around_all,
    absolute,
    before
  } variance = Variance::by_total;
  enum class Floor { at_least, added, none, of_deviation, cut } floor = Floor::at_least;
  enum class Empty { kept, not_a_number, zero, at_floor } empty = Empty::kept;
  bool is_hard = false, is_squared_share = false, shares_variance = false, next_column = false;
};

Mixture made(const Step& of, const Making& how) {
  const int rows = of.rows.shape()[0], columns = of.rows.shape()[1], components = of.shares.shape()[1];
  Mixture after = of.before;
  for (int c = 0; c < components; ++c) {
    Column shares;
    double total = 0;
    for (int n = 0; n < rows; ++n) {
      double share = of.shares(n, c);
      if (how.is_hard) {
        int best = 0;
        for (int k = 1; k < components; ++k)
          if (of.shares(n, k) > of.shares(n, best)) best = k;
        share = best == c ? 1 : 0;
      }
      shares.push_back(how.is_squared_share ? share * share : share);
      total += shares.back();
    }
    using Weight = Making::Weight;
    after.weights[place(c)] = how.weight == Weight::mean              ? total / rows
                              : how.weight == Weight::total           ? total
                              : how.weight == Weight::over_components ? total / components
                                                                      : 1.0 / components;
    if (total == 0) {
      if (how.empty == Making::Empty::kept) continue;
      for (int i = 0; i < columns; ++i) {
        after.means(c, i) = how.empty == Making::Empty::not_a_number ? kNan : 0;
        after.variances(c, i) = how.empty == Making::Empty::not_a_number ? kNan
                                : how.empty == Making::Empty::at_floor   ? of.floor
                                                                         : 0;
      }
      continue;
    }
    double of_all_columns = 0;
    for (int i = 0; i < columns; ++i) {
      double weighted = 0, all = 0;
      for (int n = 0; n < rows; ++n) {
        weighted += shares[place(n)] * of.rows(n, i);
        all += of.rows(n, i) / rows;
      }
      using Mean = Making::Mean;
      const double right_mean = weighted / total;
      after.means(c, i) = how.mean == Mean::by_total  ? right_mean
                          : how.mean == Mean::by_rows ? weighted / rows
                          : how.mean == Mean::sum     ? weighted
                          : how.mean == Mean::of_all  ? all
                                                      : of.before.means(c, i);
      using Variance = Making::Variance;
      const double around = how.variance == Variance::around_old   ? of.before.means(c, i)
                            : how.variance == Variance::around_all ? all
                            : how.mean == Mean::before             ? right_mean
                                                                   : after.means(c, i);
      double sum = 0;
      for (int n = 0; n < rows; ++n) {
        const double away = of.rows(n, i) - around;
        sum += shares[place(n)] * (how.variance == Variance::absolute ? std::abs(away) : away * away);
      }
      double variance = how.variance == Variance::by_rows    ? sum / rows
                        : how.variance == Variance::one_less ? sum / (total - 1)
                        : how.variance == Variance::sum      ? sum
                                                             : sum / total;
      if (how.variance == Variance::deviation) variance = std::sqrt(variance);
      if (how.variance == Variance::before) variance = of.before.variances(c, i);
      using Floor = Making::Floor;
      if (how.floor == Floor::at_least) variance = std::max(variance, of.floor);
      if (how.floor == Floor::added) variance += of.floor;
      if (how.floor == Floor::of_deviation) variance = std::max(variance, of.floor * of.floor);
      if (how.floor == Floor::cut) variance = std::min(variance, of.floor);
      after.variances(c, i) = variance;
      of_all_columns += variance / columns;
    }
    if (how.shares_variance)
      for (int i = 0; i < columns; ++i) after.variances(c, i) = of_all_columns;
  }
  return after;
}
Mixture right_step(const Step& of) { return made(of, {}); }

std::vector<KnownMistake<Step, Mixture>> step_mistakes() {
  using Weight = Making::Weight;
  using Mean = Making::Mean;
  using Variance = Making::Variance;
  using Floor = Making::Floor;
  const auto making = [](Making how) -> std::function<Mixture(const Step&)> {
    return [how](const Step& of) { return made(of, how); };
  };
  const std::string share = "how many of all rows are this component's?",
                    divided = "what do the weights of a weighted mean sum to?",
                    around = "from which mean are the squares taken: the new one of this component?",
                    floor = "the floor is for what is narrower, and leaves the rest as it is";
  return {
      {making({.weight = Weight::total}), "the weights are sums of shares, not their means", share},
      {making({.weight = Weight::over_components}), "the weights are divided by the number of components, not of rows",
       share},
      {making({.weight = Weight::of_all}), "all components have the same weight", share},
      {making({.mean = Mean::by_rows}), "the mean is divided by all rows, not by the component's shares", divided},
      {making({.mean = Mean::by_rows, .variance = Variance::by_rows}),
       "means and variances are divided by all rows, not by the component's shares", divided},
      {making({.mean = Mean::sum}), "the mean is not divided by anything", divided},
      {making({.mean = Mean::of_all}), "every component has the mean of all rows", "which row counts by how much?"},
      {making({.mean = Mean::before}), "the means have not moved", "which mixture do you return?"},
      {making({.variance = Variance::by_rows}), "the variance is divided by all rows, not by the component's shares",
       divided},
      {making({.variance = Variance::one_less}), "the variance is divided by one less than the sum of the shares",
       divided},
      {making({.variance = Variance::sum}), "the variance is not divided by anything", divided},
      {making({.variance = Variance::deviation}), "these are standard deviations, not variances",
       "is there a root to take?"},
      {making({.variance = Variance::absolute}), "the distances are not squared", "what is a variance the mean of?"},
      {making({.variance = Variance::around_old}), "the squares are taken around the old means", around},
      {making({.variance = Variance::around_all}), "the squares are taken around the mean of all rows", around},
      {making({.variance = Variance::before}), "the variances are still the old ones", "which mixture do you return?"},
      {making({.shares_variance = true}), "all columns share one variance", "each column has a variance of its own"},
      {making({.floor = Floor::added}), "the floor is added to every variance", floor},
      {making({.floor = Floor::none}), "a variance is below the floor", floor},
      {making({.floor = Floor::of_deviation}), "the floor is squared", "is the floor a variance, or a deviation?"},
      {making({.floor = Floor::cut}), "the floor is used as a ceiling", floor},
      {making({.is_hard = true}), "each row counts for its likeliest component alone",
       "that is k-means: by how much does a row count for the others?"},
      {making({.is_squared_share = true}), "the shares are squared", "by what does a row count?"}};
}

TEST(Maximisation, FitsEveryComponentToItsShares) {
  std::vector<Step> cases{
      {TensorD({2, 1}, {1, 5}),
       TensorD({2, 2}, {0.75, 0.25, 0.25, 0.75}),
       {{0.5, 0.5}, TensorD({2, 1}, {0, 0}), TensorD({2, 1}, {9, 9})},
       0.5,
       "component 0 has three quarters of the 1 and a quarter of the 5: its mean is 2, its variance "
       "(3 * 1 + 1 * 9) / 4 = 3"}};
  for (const auto& [rows, columns, components] : {std::tuple{9, 2, 3}, {7, 3, 2}, {12, 1, 4}}) {
    Step one{overlapping_rows(rows, columns, 2, 1, 3), some_responsibilities(rows, components),
             some_mixture(components, columns), 0.1, ""};
    // One column that hardly varies: its variances are lifted to the floor.
    for (int n = 0; n < rows; ++n) one.rows(n, columns - 1) = 2 + 0.01 * one.rows(n, columns - 1);
    cases.push_back(one);
    for (int n = 0; n < rows; ++n) one.rows(n, columns - 1) = 100 * (one.rows(n, columns - 1) - 2);
    cases.push_back(one);
  }
  expect_answers(
      cases, [](const Step& of) { return student::maximisation(of.rows, of.shares, of.before, of.floor); }, right_step,
      step_mistakes());
}

TEST(Maximisation, KeepsAComponentOnOneRowAtTheFloor) {
  const Step of{TensorD({3, 2}, {1, 2, 4, 5, 7, 9}), TensorD({3, 2}, {1, 0, 0, 1, 0, 1}), some_mixture(2, 2), 1e-3, ""};
  EXPECT_ANSWER(student::maximisation(of.rows, of.shares, of.before, of.floor), right_step(of))
      .mistake(made(of, {.floor = Making::Floor::none}), "a component on a single row has a variance of 0",
               "how high is a density of variance 0?")
      .because("without a floor the component would get ever narrower around its one row, and the likelihood infinite");
}

TEST(Maximisation, LeavesAComponentWithoutRowsWhereItWas) {
  for (int round = 0; round < 2; ++round) {
    Step of{overlapping_rows(6, 2, 2), some_responsibilities(6, 3), some_mixture(3, 2), 1e-6, ""};
    for (int n = 0; n < 6; ++n) {
      of.shares(n, 0) += of.shares(n, 1);
      of.shares(n, 1) = 0;
    }
    Mixture nan_with_floor = made(of, {.empty = Making::Empty::not_a_number});
    for (int i = 0; i < 2; ++i) nan_with_floor.variances(1, i) = of.floor;
    EXPECT_ANSWER(student::maximisation(of.rows, of.shares, of.before, of.floor), right_step(of))
        .mistake(made(of, {.empty = Making::Empty::not_a_number}), "0 has been divided by 0",
                 "what is the mean of no rows?")
        .mistake(nan_with_floor, "0 has been divided by 0", "what is the mean of no rows?")
        .mistake(made(of, {.empty = Making::Empty::zero}), "a component without rows has moved to 0",
                 "which mean and variances does it keep?")
        .mistake(made(of, {.empty = Making::Empty::at_floor}), "a component without rows has moved to 0",
                 "which mean and variances does it keep?")
        .because("nothing is known of it any more: it keeps its place, with weight 0");
  }
}

TEST(Maximisation, TakesAnyUnit) {
  for (const double unit : {1e-10, 0.1 * 3, 1e12}) {
    const Step of{overlapping_rows(8, 2, 2, unit), some_responsibilities(8, 2), some_mixture(2, 2, unit),
                  0.01 * unit * unit, ""};
    EXPECT_ANSWER(student::maximisation(of.rows, of.shares, of.before, of.floor), right_step(of))
        .because("in a unit a thousand times as small the variance is a million times as large; nothing else changes");
  }
}

TEST(Maximisation, KeepsItsDigitsFarFromZero) {
  const double away = 1e6;
  const Step of{overlapping_rows(10, 2, 2, 1, away), some_responsibilities(10, 2), some_mixture(2, 2), 1e-6, ""};
  const Mixture answer = student::maximisation(of.rows, of.shares, of.before, of.floor), right = right_step(of);
  double most = 0;
  for (std::ptrdiff_t k = 0; k < right.variances.size() && answer.variances.size() == right.variances.size(); ++k)
    most = std::max(most, std::abs(answer.variances.data()[k] / right.variances.data()[k] - 1));
  EXPECT_PROPERTY(most < 1e-6, "six digits of a variance are right also where rows lie near a million and vary by one")
      .shows("variances", answer.variances)
      .shows("expected", right.variances)
      .because("mean(x^2) - mean^2 is a small difference of two large numbers: their digits are alike, and cancel")
      .help("can you subtract the mean before you square?");
}

/// Whether the library takes it for one: shapes, weights that are shares, variances that a density can have.
bool is_a_mixture(const Mixture& mixture, int components, int columns, double floor) {
  const Shape table({components, columns});
  if (!(mixture.means.shape() == table) || !(mixture.variances.shape() == table)) return false;
  if (mixture.weights.size() != place(components)) return false;
  double total = 0;
  for (const double weight : mixture.weights) {
    if (!(weight >= 0)) return false;
    total += weight;
  }
  const auto in_order = [](const TensorD& numbers, double least) {
    return std::all_of(numbers.begin(), numbers.end(),
                       [&](double value) { return std::isfinite(value) && value >= least; });
  };
  return std::abs(total - 1) < 1e-9 && in_order(mixture.means, -1e9) && in_order(mixture.variances, 0.5 * floor);
}

TEST(Maximisation, LeadsUphillToWhatTheLibraryFinds) {
  const int rows = 40, columns = 2, components = 2;
  const double floor = 0.05;
  const TensorD x = overlapping_rows(rows, columns, components);
  Mixture mine = some_mixture(components, columns);
  clustering::GaussianMixture library = of_library(mine, floor);
  const auto view = handbuilt::as_matrix(x);
  double before = -kInfinity;
  for (int step = 0; step < 25; ++step) {
    const clustering::GaussianMixture now = of_library(mine, floor);
    const double log_likelihood = clustering::log_likelihood(now, view);
    EXPECT_PROPERTY(log_likelihood >= before - 1e-9 * std::abs(before), "a step of EM never lowers the log likelihood")
        .shows("log likelihood before the step", before)
        .shows("log likelihood after it", log_likelihood);
    if (Session::current().test_has_failed()) return;
    before = log_likelihood;
    const handbuilt::MatrixD shares = clustering::responsibilities(now, view);
    TensorD table({rows, components});
    for (int n = 0; n < rows; ++n)
      for (int c = 0; c < components; ++c) table(n, c) = shares(n, c);
    mine = student::maximisation(x, table, mine, floor);
    if (!is_a_mixture(mine, components, columns, floor)) return;  // the tests above say more
    library = clustering::em_step(view, library).mixture;
  }
  TensorD means({components, columns});
  for (int c = 0; c < components; ++c)
    for (int i = 0; i < columns; ++i) means(c, i) = library.means(c, i);
  EXPECT_ANSWER(mine.means, means).within(1e-6).because("25 steps with your M step arrive where the library's do");
}

// choose-components

struct Fits {
  std::vector<int> components;
  Column log_likelihoods;
  int rows = 0, columns = 0;
  std::string because;
};

template <class Bic>
Choice choice_by(const Fits& of, Bic&& bic, bool is_largest = false, bool is_place = false) {
  Choice choice;
  std::size_t best = 0;
  for (std::size_t fit = 0; fit < of.components.size(); ++fit) {
    choice.bic.push_back(bic(of.components[fit], of.log_likelihoods[fit], of.rows, of.columns));
    if (is_largest ? choice.bic[fit] > choice.bic[best] : choice.bic[fit] < choice.bic[best]) best = fit;
  }
  choice.components = is_place ? static_cast<int>(best) : of.components[best];
  return choice;
}

double parameters_of(int k, int columns) { return 2.0 * k * columns + k - 1; }
double right_bic(int k, double log_likelihood, int rows, int columns) {
  return -2 * log_likelihood + parameters_of(k, columns) * std::log(rows);
}
Choice right_choice(const Fits& of) { return choice_by(of, right_bic); }

std::vector<KnownMistake<Fits, Choice>> choice_mistakes() {
  using Function = std::function<Choice(const Fits&)>;
  const auto counting = [](auto parameters) -> Function {
    return [parameters](const Fits& of) {
      return choice_by(of, [parameters](int k, double l, int rows, int columns) {
        return -2 * l + parameters(k, columns) * std::log(rows);
      });
    };
  };
  const auto by = [](auto bic) -> Function { return [bic](const Fits& of) { return choice_by(of, bic); }; };
  const std::string count = "which numbers describe one component, and how many weights are free?",
                    formula = "compare with the formula in tasks.hpp, term by term",
                    number = "the number of components is asked for, of the smallest BIC";
  return {{counting([](int k, int d) { return 2.0 * k * d + k; }), "all weights are counted as free", count},
          {counting([](int k, int d) { return 2.0 * k * d; }), "the weights are not counted", count},
          {counting([](int k, int d) { return 1.0 * k * d + k - 1; }),
           "the variances are not counted, or the means are not", count},
          {counting([](int k, int d) { return k * d + k * d * (d + 1) / 2.0 + k - 1; }),
           "the parameters of full covariances are counted", "a variance a column: how many numbers is that?"},
          {counting([](int k, int d) { return k * d + 2.0 * k - 1; }), "one variance a component is counted",
           "a variance a column: how many numbers is that?"},
          {counting([](int k, int) { return 1.0 * k; }), "the components are counted, not the parameters", count},
          {counting([](int k, int) { return 3.0 * k - 1; }), "the parameters of a single column are counted", count},
          {by([](int k, double l, int, int d) { return -2 * l + 2 * parameters_of(k, d); }), "this is AIC",
           "what stands beside the parameters in BIC?"},
          {by([](int k, double l, int rows, int d) { return -l + parameters_of(k, d) * std::log(rows); }),
           "the 2 before the log likelihood is missing", formula},
          {by([](int k, double l, int rows, int d) { return -2 * l - parameters_of(k, d) * std::log(rows); }),
           "the penalty is a reward", formula},
          {by([](int k, double l, int rows, int d) { return 2 * l + parameters_of(k, d) * std::log(rows); }),
           "the log likelihood has the wrong sign", formula},
          {by([](int k, double l, int rows, int d) { return -2 * l + parameters_of(k, d) * std::log10(rows); }),
           "the log is a decimal one", formula},
          {by([](int k, double l, int rows, int d) { return -2 * l + parameters_of(k, d) * std::log2(rows); }),
           "the log is one of base two", formula},
          {by([](int k, double l, int rows, int d) { return -2 * l + parameters_of(k, d) * rows; }),
           "the log of the rows is missing", formula},
          {by([](int k, double l, int rows, int d) { return -2 * l + parameters_of(k, d) * std::log(rows * d); }),
           "all numbers of the table are counted as rows", formula},
          {by([](int k, double l, int, int d) { return -2 * l + parameters_of(k, d) * std::log(parameters_of(k, d)); }),
           "the log is that of the parameters, not of the rows", formula},
          {by([](int, double l, int, int) { return -2 * l; }), "there is no penalty at all", formula},
          {[](const Fits& of) { return choice_by(of, right_bic, true); }, "the largest BIC is chosen", number},
          {[](const Fits& of) { return choice_by(of, right_bic, false, true); },
           "this is the place in the list, not the number of components", number},
          {[](const Fits& of) {
             Choice choice = right_choice(of);
             ++(choice.components = choice_by(of, right_bic, false, true).components);
             return choice;
           },
           "this is the place in the list and one more, not the number of components",
           "do the numbers of components come in order, and from 1?"},
          {[](const Fits& of) {
             Choice choice = right_choice(of);
             const auto likeliest = std::max_element(of.log_likelihoods.begin(), of.log_likelihoods.end());
             choice.components = of.components[place(static_cast<int>(likeliest - of.log_likelihoods.begin()))];
             return choice;
           },
           "the likeliest fit is chosen", number}};
}

TEST(ChooseComponents, TakesTheSmallestBic) {
  std::vector<Fits> cases{
      {{1}, {-10}, 100, 1, "one component in one column: a mean and a variance, 2 parameters: 20 + 2 log 100"},
      {{2, 1}, {-30, -40}, 100, 2, "two components in two columns: 4 means, 4 variances, 1 weight: 9 parameters"}};
  for (int round = 0; round < 6; ++round) {
    Fits one{{5, 2, 3, 6, 4}, {}, 200 + draws().below(200), 1 + draws().below(3), ""};
    const int planted = 3 + round % 3;
    const double start = draws().uniform(-900, -700), noise = draws().uniform(1, 3);
    for (const int k : one.components)
      one.log_likelihoods.push_back(start + 90 * std::min(k, planted) + noise * k + draws().uniform(0, 0.5));
    cases.push_back(one);
  }
  expect_answers(
      cases,
      [](const Fits& of) { return student::choose_components(of.components, of.log_likelihoods, of.rows, of.columns); },
      right_choice, choice_mistakes());
}

TEST(ChooseComponents, AgreesWithTheLibrary) {
  const int rows = 60, columns = 2;
  const TensorD x = overlapping_rows(rows, columns, 2);
  std::vector<int> components{3, 1, 2};
  Column log_likelihoods, bic;
  handbuilt::Random random(draws().bits());
  for (const int k : components) {
    const clustering::MixtureFit fit = clustering::fit_mixture(
        handbuilt::as_matrix(x), {.components = k, .form = clustering::CovarianceForm::kDiagonal}, random);
    log_likelihoods.push_back(fit.log_likelihood());
    bic.push_back(fit.bic);
  }
  EXPECT_ANSWER(student::choose_components(components, log_likelihoods, rows, columns).bic, bic)
      .because("the library counts the same parameters");
}

TEST(ChooseComponents, TakesAnyLogLikelihood) {
  // In a small unit densities are large, and every BIC is far below 0.
  const Fits small{{1, 2, 3}, {5e5, 6e5, 6e5 + 1}, 1000, 2, ""}, large{{4, 1}, {-3e6, -3.5e6}, 1000, 2, ""};
  for (const Fits& of : {small, large}) {
    const Choice right = right_choice(of);
    EXPECT_ANSWER(student::choose_components(of.components, of.log_likelihoods, of.rows, of.columns), right)
        .mistake(Choice{0, right.bic}, "no fit was below the number that the search began with",
                 "with which number can a search for the smallest begin, whatever comes?");
  }
}

}  // namespace

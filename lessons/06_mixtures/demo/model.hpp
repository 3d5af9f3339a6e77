#pragma once

#include <cstdint>
#include <vector>

#include "clustering/mixture.hpp"
#include "lessons/06_mixtures/shapes.hpp"

namespace handbuilt::lessons::mixtures {

/// Rows in a plane, and a mixture that EM fits to them one step at a time. It needs no window, and the same seed gives
/// the same rows and starts.
class DemoModel {
 public:
  static constexpr int kMostComponents = 6, kMostRows = 600;

  explicit DemoModel(std::uint64_t seed, Cloud cloud = Cloud::kFloors);

  // What can be done to it.
  void choose(Cloud cloud);                        ///< new rows, as many components as groups, and a new start
  void clear();                                    ///< no rows at all, to drop one's own
  void add_row(double x, double y);                ///< nothing happens beyond kMostRows
  void set_components(int count);                  ///< kept within 1 ... kMostComponents; a new start
  void set_form(clustering::CovarianceForm form);  ///< a new start
  void restart();                                  ///< from other rows
  void step();                                     ///< of EM; nothing happens without rows
  void run(int most_steps = 500);                  ///< until a step gains next to nothing

  [[nodiscard]] Cloud cloud() const { return cloud_; }
  [[nodiscard]] const MatrixD& x() const { return x_; }
  [[nodiscard]] int components() const { return components_; }
  [[nodiscard]] clustering::CovarianceForm form() const { return form_; }
  /// Without rows there is no mixture, and it has no components.
  [[nodiscard]] const clustering::GaussianMixture& mixture() const { return mixture_; }
  [[nodiscard]] const MatrixD& shares() const { return shares_; }  ///< [rows, components]
  /// Of the start, and after each step, for the rows as they are.
  [[nodiscard]] const std::vector<double>& log_likelihoods() const { return log_likelihoods_; }
  [[nodiscard]] bool has_converged() const;
  [[nodiscard]] double bic() const;
  [[nodiscard]] bool is_on_floor() const { return on_floor_; }  ///< whether a component was lifted by the last step

  /// Whether it is known what every row was drawn from: not of rows that were dropped by hand.
  [[nodiscard]] bool knows_groups() const { return x_.rows() > 0 && groups_.size() == std::size_t(x_.rows()); }
  /// Adjusted Rand of these labels against what the rows were drawn from; 0 where that is not known.
  [[nodiscard]] double agreement(const std::vector<int>& labels) const;
  /// The likeliest component of each row.
  [[nodiscard]] std::vector<int> assigned() const;
  /// What each method finds, told the demo's number of components; empty with fewer rows than that.
  [[nodiscard]] const std::vector<std::vector<int>>& by_method() const { return by_method_; }

 private:
  void start();
  void look_at_rows();
  void compare();

  Random random_;
  Cloud cloud_;
  MatrixD x_;
  std::vector<int> groups_;
  int components_ = 2;
  clustering::CovarianceForm form_ = clustering::CovarianceForm::kFull;
  clustering::GaussianMixture mixture_;
  MatrixD shares_;
  std::vector<double> log_likelihoods_;
  bool on_floor_ = false;
  std::vector<std::vector<int>> by_method_;
};

}  // namespace handbuilt::lessons::mixtures

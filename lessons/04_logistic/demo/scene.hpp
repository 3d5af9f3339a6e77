#pragma once

#include <vector>

#include "lessons/04_logistic/numbers.hpp"
#include "lessons/04_logistic/weather.hpp"
#include "lessons/page.hpp"
#include "regression/classification_metrics.hpp"
#include "window/window.hpp"

namespace handbuilt::lessons::logistic {

/// Where things stand in the window, in units of its page.
struct Layout {
  Area header, controls, costs, help;  ///< the controls stand under the header, the costs' beside them
  Area year;                           ///< a bar a day; the threshold lies across it
  Area strips;                         ///< the probabilities of wet days and of dry ones; the threshold stands in it
  Area confusion, calibration, cost_curve;
};
Layout layout_for(double width, double height);

/// What the demo shows and its user can change: a forecaster of 2015, the threshold from which it says yes, and what a
/// miss costs. Needs no window.
class Scene {
 public:
  enum class Forecaster { base_rate, like_today, logistic, balanced };
  static constexpr double kLargestMissCost = 20;

  explicit Scene(const Days& days);

  // What the user can do.
  void set_threshold(double threshold);     ///< kept within 0 ... 1
  void set_miss_cost(double false_alarms);  ///< kept within 0.1 ... kLargestMissCost
  void set_forecaster(Forecaster forecaster);
  void set_heavy(bool heavy);  ///< more than kHeavyMm instead of any rain
  void use_theory();           ///< the threshold that is cheapest where probabilities mean what they say
  void use_cheapest();         ///< the threshold that would have been cheapest on these days
  /// False when the event asks to close the window.
  bool handle(const window::Event& event, const Layout& layout);

  // What there is to see.
  [[nodiscard]] double threshold() const { return threshold_; }
  [[nodiscard]] double miss_cost() const { return miss_cost_; }
  [[nodiscard]] Forecaster forecaster() const { return forecaster_; }
  [[nodiscard]] bool heavy() const { return heavy_; }
  [[nodiscard]] const Forecast& forecast() const { return forecast_; }
  [[nodiscard]] const regression::Decisions& decisions() const { return decisions_; }
  [[nodiscard]] const std::vector<regression::CalibrationBin>& calibration() const { return calibration_; }
  [[nodiscard]] double loss() const { return loss_; }
  [[nodiscard]] double cost() const { return cost_curve_at(threshold_); }  ///< of a day, in false alarms
  [[nodiscard]] double cost_curve_at(double threshold) const;
  [[nodiscard]] regression::CostedThreshold cheapest() const;

  /// Whether something has changed since the last call.
  bool take_change();

 private:
  void refresh();
  bool handle_key(const window::Event& event);

  const Days& days_;
  double threshold_ = 0.5, miss_cost_ = kMissCost;
  Forecaster forecaster_ = Forecaster::logistic;
  bool heavy_ = false, changed_ = true;
  enum class Held { nothing, year, strips, cost_curve } held_ = Held::nothing;  // by the mouse
  Forecast forecast_;
  regression::Decisions decisions_;
  std::vector<regression::CalibrationBin> calibration_;
  double loss_ = 0;
};

}  // namespace handbuilt::lessons::logistic

#include "lessons/01_flat_rate/demo/model.hpp"

#include <utility>

#include "regression/metrics.hpp"

namespace handbuilt::lessons::flat_rate {

DemoModel::DemoModel(Barley barley, std::uint64_t seed) : barley_(std::move(barley)), seed_(seed) { begin(); }

void DemoModel::begin() {
  dealings_ = 0;
  unseen_.clear();
  std::vector<int> all;
  for (int row = 0; row < barley_.rows(); ++row) all.push_back(row);
  for (const Model model : kModels)
    seen_[model] = regression::root_mean_squared_error(predict(model, barley_, all, all), barley_.yields);
  deal();
}

void DemoModel::deal() {
  for (const Model model : kModels) {
    Random random(seed_ + static_cast<std::uint64_t>(dealings_), "folds");  // the same folds for every model
    held_out_[model] = predict_held_out(model, barley_, random);
    unseen_[model].push_back(regression::root_mean_squared_error(held_out_[model], barley_.yields));
  }
  ++dealings_;
}

void DemoModel::exchange_morris() {
  barley_ = with_years_exchanged(std::move(barley_), barley_.site_named("Morris"));
  exchanged_ = !exchanged_;
  begin();
}

}  // namespace handbuilt::lessons::flat_rate

#include "lessons/10_convnet/demo/model.hpp"

#include "core/random.hpp"
#include "nn/lenet.hpp"

namespace handbuilt::lessons::convnet {
namespace {

constexpr int kStepsAPoint = 10;  // of the loss curve

nn::Sequential<float> fresh_network(const nn::Recipe& recipe, std::uint64_t seed) {
  Random random(seed, "weights");
  return nn::lenet<float>(random, recipe.initialisation);
}

nn::TrainOptions with_seed(nn::TrainOptions options, std::uint64_t seed) {
  options.seed = seed;
  return options;
}

}  // namespace

DemoModel::DemoModel(const data::Digits& digits, const nn::Recipe& recipe, std::uint64_t seed)
    : digits_(digits),
      network_(fresh_network(recipe, seed)),
      trainer_(network_, digits.train, digits.validation, with_seed(recipe.options, seed)),
      insight_(std::make_shared<const Insight>(look_inside(network_, digits.validation))) {}

const nn::TrainProgress& DemoModel::step() {
  const nn::TrainProgress& progress = trainer_.step();
  note_loss(progress);
  if (trainer_.done())
    finish();
  else if (progress.finished_epoch != nullptr)
    insight_ = std::make_shared<const Insight>(look_inside(network_, digits_.validation));
  return progress;
}

void DemoModel::finish() {
  if (done_) return;
  done_ = true;
  trainer_.finish();
  insight_ = std::make_shared<const Insight>(look_inside(network_, digits_.validation));
}

void DemoModel::note_loss(const nn::TrainProgress& progress) {
  loss_sum_ += progress.step_loss;
  if (++loss_count_ < kStepsAPoint) return;
  loss_epochs_.push_back(static_cast<double>(progress.step) * progress.epochs / progress.steps);
  losses_.push_back(loss_sum_ / loss_count_);
  loss_sum_ = 0;
  loss_count_ = 0;
}

Snapshot DemoModel::snapshot() const {
  Snapshot snapshot{network_, trainer_.progress(), done_, loss_epochs_, losses_, trainer_.epochs(), insight_};
  snapshot.progress.finished_epoch = nullptr;
  return snapshot;
}

}  // namespace handbuilt::lessons::convnet

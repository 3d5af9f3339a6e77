#include "nn/train.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <span>
#include <sstream>
#include <string>
#include <utility>

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "nn/loss.hpp"
#include "nn/options.hpp"

namespace handbuilt::nn {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kMostThreads = 1024;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// Checks the options and returns them.
TrainOptions checked(TrainOptions options, bool has_validation) {
  require_option(options.batch_size >= 1, "TrainOptions::batch_size", "at least 1", options.batch_size);
  require_option(options.epochs >= 1, "TrainOptions::epochs", "at least 1", options.epochs);
  require_option(options.threads >= 0 && options.threads <= kMostThreads, "TrainOptions::threads",
                 "a number from 0 to 1024", options.threads);
  require_option(options.patience >= 0, "TrainOptions::patience", "at least 0", options.patience);
  require_option(options.patience == 0 || has_validation, "TrainOptions::patience",
                 "0 where there are no validation images", options.patience);
  validate(options.optimizer);
  validate(options.schedule, options.epochs);
  validate(options.augmentation);
  return options;
}

std::vector<Tensor> values_of(const std::vector<Parameter<float>*>& parameters) {
  std::vector<Tensor> values;
  for (const Parameter<float>* parameter : parameters) values.push_back(parameter->value);
  return values;
}

/// One thread's part of the work: its own copy of the network and its slice of the batch. The first replica is the
/// network that is being trained.
struct Replica {
  Sequential<float>* network = nullptr;
  std::vector<Parameter<float>*> parameters;
  Tensor images, d_outputs;
  std::vector<int> labels;
  double loss = 0;  // summed over the slice
  int right = 0;

  explicit Replica(Sequential<float>& its_network) : network(&its_network), parameters(its_network.parameters()) {}
};

}  // namespace

struct Trainer::State {
  State(Sequential<float>& its_network, const data::LabelledImages& its_train,
        const data::LabelledImages& its_validation, TrainOptions its_options)
      : options(checked(std::move(its_options), its_validation.count() > 0)),
        train(its_train),
        validation(its_validation),
        optimizer(make_optimizer<float>(options.optimizer)),
        workers(options.threads) {
    require_trainable(its_network, train, "training images");
    if (has_validation()) require_trainable(its_network, validation, "validation images");
    copies.reserve(static_cast<std::size_t>(workers.count() - 1));
    replicas.emplace_back(its_network);
    for (int w = 1; w < workers.count(); ++w) replicas.emplace_back(copies.emplace_back(its_network));
    steps_an_epoch = (train.count() + options.batch_size - 1) / options.batch_size;
    require_option(options.epochs <= std::numeric_limits<int>::max() / steps_an_epoch, "TrainOptions::epochs",
                   "few enough for the steps to be counted", options.epochs);
    progress.steps = steps_an_epoch * options.epochs;
    progress.epochs = options.epochs;
    progress.has_validation = has_validation();
  }

  [[nodiscard]] bool has_validation() const { return validation.count() > 0; }
  [[nodiscard]] Sequential<float>& network() { return *replicas.front().network; }

  void take_step();
  void work(Replica& replica, int begin, int end, int batch);
  void add_gradients();
  void end_epoch();
  [[nodiscard]] bool is_best(const EpochRecord& record) const;

  TrainOptions options;
  const data::LabelledImages& train;
  const data::LabelledImages& validation;
  std::unique_ptr<Optimizer<float>> optimizer;
  Workers workers;
  std::vector<Sequential<float>> copies;
  std::vector<Replica> replicas;
  int steps_an_epoch = 0;

  std::vector<int> order;  // of this epoch's images
  double epoch_loss = 0;   // summed over this epoch's images so far
  int epoch_right = 0, epoch_images = 0;
  std::int64_t all_images = 0;

  TrainProgress progress;
  TrainResult result;
  std::vector<Tensor> best_values;
  bool done = false;
  double seconds = 0;  // spent in earlier steps
  Clock::time_point step_start;
};

void Trainer::State::take_step() {
  step_start = Clock::now();
  const int step_of_epoch = progress.step % steps_an_epoch;
  const int epoch = progress.step / steps_an_epoch;
  if (step_of_epoch == 0) {
    order = epoch_order(options.seed, epoch, train.count());
    epoch_loss = 0;
    epoch_right = epoch_images = 0;
  }
  // The rate of a step is the schedule's at the step's middle, so that a warm-up from zero does not waste its first.
  const double middle = (progress.step + 0.5) / steps_an_epoch;
  const double learning_rate = learning_rate_at(options.schedule, middle, options.epochs);

  // Each thread takes its slice of the batch through its own copy of the network; they meet once a step.
  const int first = step_of_epoch * options.batch_size;
  const int batch = std::min(options.batch_size, train.count() - first);
  for (Replica& replica : replicas) replica.labels.clear();
  workers.parallel_for(batch, [&](int begin, int end, int worker) {
    work(replicas[static_cast<std::size_t>(worker)], first + begin, first + end, batch);
  });
  double loss = 0;
  for (const Replica& replica : replicas) {
    if (replica.labels.empty()) continue;
    loss += replica.loss;
    epoch_right += replica.right;
  }
  if (!std::isfinite(loss)) {
    std::ostringstream message;
    message << "the training has diverged: the loss is " << loss / batch << " at step " << progress.step + 1
            << " (epoch " << epoch + 1 << ") with learning rate " << learning_rate << "; try a smaller one";
    throw ValueError(message.str());
  }
  add_gradients();
  optimizer->step(replicas.front().parameters, learning_rate);

  epoch_loss += loss;
  epoch_images += batch;
  all_images += batch;
  ++progress.step;
  progress.epoch = epoch + 1;
  progress.learning_rate = learning_rate;
  progress.step_loss = loss / batch;
  progress.loss = epoch_loss / epoch_images;
  progress.accuracy = static_cast<double>(epoch_right) / epoch_images;
  progress.finished_epoch = nullptr;
  if (step_of_epoch + 1 == steps_an_epoch) end_epoch();
  seconds += seconds_since(step_start);
  progress.seconds = seconds;
  progress.images_per_second = static_cast<double>(all_images) / progress.seconds;
  progress.seconds_left = progress.seconds * (progress.steps - progress.step) / progress.step;
  if (progress.step == progress.steps) done = true;
}

/// Loss and gradients of images order[begin] ... order[end - 1], as their share of a batch of `batch` images.
void Trainer::State::work(Replica& replica, int begin, int end, int batch) {
  if (&replica != &replicas.front())
    for (std::size_t p = 0; p < replica.parameters.size(); ++p)
      replica.parameters[p]->value = replicas.front().parameters[p]->value;

  // Gather the images, each moved about in its own way.
  const int count = end - begin, epoch = progress.step / steps_an_epoch;
  const auto [all, channels, height, width] = train.images.shape();
  const std::ptrdiff_t size = train.images.size() / all;
  replica.images.resize({count, channels, height, width});
  for (int i = 0; i < count; ++i) {
    const int image = order[static_cast<std::size_t>(begin + i)];
    replica.labels.push_back(train.labels[static_cast<std::size_t>(image)]);
    if (options.augmentation.changes_nothing())
      std::copy_n(train.images.begin() + image * size, size, replica.images.begin() + i * size);
    else
      place_image(train.images, image, random_placement(options.augmentation, options.seed, epoch, image),
                  replica.images, i);
  }

  // Forward and backward. The slice's gradients are means over the slice: scale them to the slice's share of the batch.
  replica.network->zero_gradients();
  const Tensor& outputs = replica.network->forward(replica.images, Pass::training);
  replica.loss = count * softmax_cross_entropy(outputs, std::span<const int>(replica.labels), replica.d_outputs);
  const std::vector<int> chosen = most_likely(outputs);
  replica.right = 0;
  for (std::size_t i = 0; i < chosen.size(); ++i) replica.right += chosen[i] == replica.labels[i];
  if (count < batch)
    for (float& d_output : replica.d_outputs) d_output *= static_cast<float>(count) / static_cast<float>(batch);
  replica.network->wants_d_input(false);
  replica.network->backward(replica.d_outputs);
  replica.network->wants_d_input(true);
}

/// Adds the replicas' gradients to the first one's, always in the same order.
void Trainer::State::add_gradients() {
  Replica& first = replicas.front();
  if (first.labels.empty()) first.network->zero_gradients();
  for (std::size_t r = 1; r < replicas.size(); ++r) {
    if (replicas[r].labels.empty()) continue;
    for (std::size_t p = 0; p < first.parameters.size(); ++p) {
      Tensor& sum = first.parameters[p]->gradient;
      const Tensor& part = replicas[r].parameters[p]->gradient;
      for (std::ptrdiff_t i = 0; i < sum.size(); ++i) sum.data()[i] += part.data()[i];
    }
  }
}

void Trainer::State::end_epoch() {
  EpochRecord record;
  record.epoch = progress.epoch;
  record.learning_rate = progress.learning_rate;
  record.loss = progress.loss;
  record.accuracy = progress.accuracy;
  if (has_validation()) {
    const Evaluation evaluation = evaluate(network(), validation, workers);
    record.validation_loss = evaluation.loss;
    record.validation_accuracy = evaluation.accuracy;
    if (is_best(record)) {
      result.best_epoch = record.epoch;
      if (options.keep_best) best_values = values_of(replicas.front().parameters);
    }
    if (options.patience > 0 && record.epoch - result.best_epoch >= options.patience) {
      done = true;
      result.reason = StopReason::no_improvement;
    }
  }
  record.seconds = seconds + seconds_since(step_start);
  result.epochs.push_back(record);
  progress.finished_epoch = &result.epochs.back();
}

bool Trainer::State::is_best(const EpochRecord& record) const {
  if (result.best_epoch == 0) return true;
  const EpochRecord& best = result.epochs[static_cast<std::size_t>(result.best_epoch - 1)];
  if (record.validation_accuracy != best.validation_accuracy)
    return record.validation_accuracy > best.validation_accuracy;
  return record.validation_loss < best.validation_loss;
}

Trainer::Trainer(Sequential<float>& network, const data::LabelledImages& train, const data::LabelledImages& validation,
                 TrainOptions options)
    : state_(std::make_unique<State>(network, train, validation, std::move(options))) {}
Trainer::~Trainer() = default;
Trainer::Trainer(Trainer&&) noexcept = default;
Trainer& Trainer::operator=(Trainer&&) noexcept = default;

bool Trainer::done() const { return state_->done; }
const TrainProgress& Trainer::progress() const { return state_->progress; }
const std::vector<EpochRecord>& Trainer::epochs() const { return state_->result.epochs; }

const TrainProgress& Trainer::step() {
  State& state = *state_;
  if (state.done) throw ValueError("Trainer::step: the training is over");
  state.take_step();
  if (state.options.on_progress) state.options.on_progress(state.progress);
  if (!state.done && state.options.should_stop && state.options.should_stop()) {
    state.done = true;
    state.result.reason = StopReason::asked;
  }
  return state.progress;
}

TrainResult Trainer::finish() {
  State& state = *state_;
  if (!state.done) state.result.reason = StopReason::asked;
  state.done = true;
  const std::vector<Parameter<float>*>& parameters = state.replicas.front().parameters;
  for (std::size_t p = 0; p < state.best_values.size(); ++p) parameters[p]->value = state.best_values[p];
  state.result.steps = state.progress.step;
  state.result.seconds = state.seconds;
  return state.result;
}

TrainResult train(Sequential<float>& network, const data::LabelledImages& train, const data::LabelledImages& validation,
                  const TrainOptions& options) {
  Trainer trainer(network, train, validation, options);
  while (!trainer.done()) trainer.step();
  return trainer.finish();
}

std::vector<int> epoch_order(std::uint64_t seed, int epoch, int count) {
  return Random(seed, "order of epoch " + std::to_string(epoch)).permutation(count);
}

}  // namespace handbuilt::nn

#include "nn/optimizer.hpp"

#include <cmath>
#include <sstream>

#include "core/error.hpp"
#include "nn/options.hpp"

namespace handbuilt::nn {

namespace {

void check(const SgdOptions& options) {
  require_share("SgdOptions::momentum", options.momentum);
  require_option(!options.nesterov || options.momentum > 0, "SgdOptions::momentum", "more than 0 for Nesterov's step",
                 options.momentum);
  require_not_negative("SgdOptions::weight_decay", options.weight_decay);
}

void check(const AdamOptions& options) {
  require_share("AdamOptions::beta1", options.beta1);
  require_share("AdamOptions::beta2", options.beta2);
  require_positive("AdamOptions::epsilon", options.epsilon);
  require_not_negative("AdamOptions::weight_decay", options.weight_decay);
}

template <class Scalar>
class Sgd final : public Optimizer<Scalar> {
 public:
  explicit Sgd(const SgdOptions& options) : Optimizer<Scalar>(options.weight_decay), options_(options) {}

  [[nodiscard]] std::string name() const override {
    std::ostringstream text;
    text << "SGD";
    if (options_.momentum > 0)
      text << (options_.nesterov ? ", Nesterov momentum " : ", momentum ") << options_.momentum;
    if (options_.weight_decay > 0) text << ", weight decay " << options_.weight_decay;
    return text.str();
  }

 private:
  void remember(const Shape& shape) override { velocities_.emplace_back(shape); }

  void update(std::size_t index, Parameter<Scalar>& parameter, Scalar learning_rate) override {
    const auto momentum = static_cast<Scalar>(options_.momentum);
    Scalar* const weights = parameter.value.data();
    Scalar* const velocity = velocities_[index].data();
    const Scalar* const gradient = parameter.gradient.data();
    for (std::ptrdiff_t i = 0; i < parameter.value.size(); ++i) {
      velocity[i] = momentum * velocity[i] + gradient[i];
      const Scalar direction = options_.nesterov ? gradient[i] + momentum * velocity[i] : velocity[i];
      weights[i] -= learning_rate * direction;
    }
  }

  SgdOptions options_;
  std::vector<BasicTensor<Scalar>> velocities_;
};

template <class Scalar>
class Adam final : public Optimizer<Scalar> {
 public:
  explicit Adam(const AdamOptions& options) : Optimizer<Scalar>(options.weight_decay), options_(options) {}

  [[nodiscard]] std::string name() const override {
    std::ostringstream text;
    text << "Adam, betas " << options_.beta1 << " and " << options_.beta2;
    if (options_.weight_decay > 0) text << ", weight decay " << options_.weight_decay;
    return text.str();
  }

 private:
  void remember(const Shape& shape) override {
    means_.emplace_back(shape);
    squares_.emplace_back(shape);
  }

  void update(std::size_t index, Parameter<Scalar>& parameter, Scalar learning_rate) override {
    const auto beta1 = static_cast<Scalar>(options_.beta1);
    const auto beta2 = static_cast<Scalar>(options_.beta2);
    const auto epsilon = static_cast<Scalar>(options_.epsilon);
    const auto mean_share = static_cast<Scalar>(1 - std::pow(options_.beta1, this->steps()));
    const auto square_share = static_cast<Scalar>(1 - std::pow(options_.beta2, this->steps()));
    Scalar* const weights = parameter.value.data();
    Scalar* const mean = means_[index].data();
    Scalar* const square = squares_[index].data();
    const Scalar* const gradient = parameter.gradient.data();
    for (std::ptrdiff_t i = 0; i < parameter.value.size(); ++i) {
      mean[i] = beta1 * mean[i] + (1 - beta1) * gradient[i];
      square[i] = beta2 * square[i] + (1 - beta2) * gradient[i] * gradient[i];
      weights[i] -= learning_rate * (mean[i] / mean_share) / (std::sqrt(square[i] / square_share) + epsilon);
    }
  }

  AdamOptions options_;
  std::vector<BasicTensor<Scalar>> means_;
  std::vector<BasicTensor<Scalar>> squares_;
};

}  // namespace

template <class Scalar>
void Optimizer<Scalar>::step(const std::vector<Parameter<Scalar>*>& parameters, double learning_rate) {
  if (steps_ == 0 && shapes_.empty()) {
    for (const Parameter<Scalar>* parameter : parameters) {
      shapes_.push_back(parameter->value.shape());
      remember(parameter->value.shape());
    }
  }
  if (parameters.size() != shapes_.size())
    throw ShapeError("Optimizer::step: expected " + std::to_string(shapes_.size()) +
                     " parameters as in the first step, got " + std::to_string(parameters.size()));
  for (std::size_t p = 0; p < parameters.size(); ++p) {
    const Parameter<Scalar>& parameter = *parameters[p];
    require_shape("Optimizer::step", parameter.name.c_str(), shapes_[p], parameter.value.shape());
    require_shape("Optimizer::step", ("gradient of " + parameter.name).c_str(), shapes_[p], parameter.gradient.shape());
  }

  ++steps_;
  for (std::size_t p = 0; p < parameters.size(); ++p) {
    Parameter<Scalar>& parameter = *parameters[p];
    if (weight_decay_ > 0 && parameter.decays) {
      const auto kept = static_cast<Scalar>(1 - learning_rate * weight_decay_);
      for (Scalar& weight : parameter.value) weight *= kept;
    }
    update(p, parameter, static_cast<Scalar>(learning_rate));
  }
}

void validate(const OptimizerOptions& options) {
  std::visit([](const auto& chosen) { check(chosen); }, options);
}

template <class Scalar>
std::unique_ptr<Optimizer<Scalar>> make_optimizer(const OptimizerOptions& options) {
  validate(options);
  if (const auto* sgd = std::get_if<SgdOptions>(&options)) return std::make_unique<Sgd<Scalar>>(*sgd);
  return std::make_unique<Adam<Scalar>>(std::get<AdamOptions>(options));
}

template class Optimizer<float>;
template class Optimizer<double>;
template std::unique_ptr<Optimizer<float>> make_optimizer<float>(const OptimizerOptions&);
template std::unique_ptr<Optimizer<double>> make_optimizer<double>(const OptimizerOptions&);

}  // namespace handbuilt::nn

#include "nn/lenet_recipes.hpp"

namespace handbuilt::nn {

Recipe plain_lenet_recipe() {
  return {.initialisation = Initialisation::torch_default,
          .options = {.batch_size = 64,
                      .epochs = 10,
                      .optimizer = SgdOptions{.momentum = 0.9},
                      .schedule = ConstantSchedule{.learning_rate = 0.01}}};
}

Recipe best_lenet_recipe() {
  return {.initialisation = Initialisation::he_normal,
          .options = {.batch_size = 64,
                      .epochs = 40,
                      .optimizer = SgdOptions{.momentum = 0.9, .weight_decay = 0.01},
                      .schedule = CosineSchedule{.peak = 0.05, .last = 0, .warm_up_epochs = 1},
                      .augmentation = {.shift_pixels = 2, .rotate_degrees = 15, .scale = 0.15}}};
}

}  // namespace handbuilt::nn

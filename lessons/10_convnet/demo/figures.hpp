#pragma once

#include <filesystem>

#include "lessons/10_convnet/demo/scene.hpp"
#include "nn/evaluation.hpp"
#include "nn/sequential.hpp"

namespace handbuilt::lessons::convnet {

/// Writes what the window shows as figures, SVG and PNG, into `folder`: training_curves, filters (beside those of the
/// `untrained` network), activations, hidden_nodes, mistakes, drawing, confusion (of `test`).
void save_figures(const std::filesystem::path& folder, const Scene& scene, const nn::Sequential<float>& untrained,
                  const nn::Evaluation& test);

}  // namespace handbuilt::lessons::convnet

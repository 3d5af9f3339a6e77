#pragma once

#include <filesystem>

#include "lessons/10_convnet/demo/scene.hpp"
#include "nn/evaluation.hpp"

namespace handbuilt::lessons::convnet {

/// Writes what the window shows as figures, SVG and PNG, into `folder`: training_curves, filters, activations,
/// hidden_nodes, mistakes, drawing, confusion (of `test`).
void save_figures(const std::filesystem::path& folder, const Scene& scene, const nn::Evaluation& test);

}  // namespace handbuilt::lessons::convnet

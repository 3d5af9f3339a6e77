#pragma once

#include <string>
#include <vector>

#include "lessons/07_similarity/situation_map.hpp"
#include "lessons/text_figure.hpp"
#include "plot/figure.hpp"

namespace handbuilt::lessons::likeness {

/// What a kind of situation is called where people read it.
std::string words_for(robot_sim::Kind kind);

/// The remembered windows and those of some kinds of home, on the map.
plot::Figure map_figure(const SituationMap& map, const std::vector<robot_sim::Kind>& kinds);

/// The score of one drive's windows in order, with the threshold.
plot::Figure score_figure(const VectorD& scores, double threshold, const std::string& title);

/// The pictures of the lesson's text, computed from seed 1 and from results.json.
std::vector<TextFigure> text_figures();

}  // namespace handbuilt::lessons::likeness

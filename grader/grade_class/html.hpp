#pragma once

#include <string>
#include <string_view>

#include "plot/figure.hpp"

namespace handbuilt::grader {

/// Any bytes as text of an HTML page: as `printable`, with & < > " ' written as entities.
std::string escaped(std::string_view text, bool keep_lines = false);

/// A page that needs nothing beside itself and follows the reader's light or dark theme. `body` is HTML. Tables of the
/// class "sortable" sort by a click on a heading, where scripts are allowed.
std::string html_page(const std::string& title, const std::string& body);

/// A figure to stand in a page.
std::string html_figure(const plot::Figure& figure);

/// The status of a task as a word in a coloured box.
std::string status_badge(const std::string& status);

/// "12 of 30" and "40 %".
std::string share_words(int part, int all);

}  // namespace handbuilt::grader

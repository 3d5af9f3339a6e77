#include "grader/grade_class/html.hpp"

#include <fmt/format.h>

#include "grader/course/report.hpp"
#include "grader/text/printable.hpp"
#include "plot/svg.hpp"

namespace handbuilt::grader {

namespace {

constexpr std::string_view kStyle = R"css(
:root { color-scheme: light dark; --back: #ffffff; --card: #f6f7f9; --text: #1f2328; --quiet: #59636e; --line: #dfe3e8;
  --link: #0b57be; --good: #0a6b3d; --good-back: #e2f4e9; --bad: #a52a10; --bad-back: #fdeae5; --wait: #5b5f66;
  --wait-back: #eceef1; --mark: #fff3c4; }
@media (prefers-color-scheme: dark) { :root { --back: #16181d; --card: #1e2127; --text: #e6e8eb; --quiet: #9aa4b0;
  --line: #343941; --link: #7cc4ff; --good: #7fdca4; --good-back: #17352a; --bad: #ffa48c; --bad-back: #41211b;
  --wait: #b2bac4; --wait-back: #2a2e35; --mark: #4a4115; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1.5rem 1.25rem 4rem; background: var(--back); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .4rem; }
h2 { font-size: 1.2rem; margin: 2.4rem 0 .6rem; padding-top: 1.1rem; border-top: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.4rem 0 .4rem; }
p { margin: .4rem 0 .8rem; max-width: 46rem; }
a { color: var(--link); }
.quiet { color: var(--quiet); }
.numbers { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.1rem 0; padding: 0; list-style: none; }
.numbers li { flex: 1 1 8rem; background: var(--card); border: 1px solid var(--line); border-radius: .5rem;
  padding: .6rem .9rem; }
.numbers b { display: block; font-size: 1.5rem; font-weight: 600; line-height: 1.25; }
.numbers span { color: var(--quiet); font-size: .85rem; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); gap: 1rem; }
.figures svg { width: 100%; height: auto; border: 1px solid var(--line); border-radius: .5rem; }
.wide { overflow-x: auto; border: 1px solid var(--line); border-radius: .5rem; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; font-variant-numeric: tabular-nums; }
th, td { padding: .38rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
tr:last-child > * { border-bottom: 0; }
thead th { background: var(--card); font-weight: 600; white-space: nowrap; }
.sortable thead th { cursor: pointer; }
.sortable thead th[aria-sort=ascending]::after { content: " \2191"; }
.sortable thead th[aria-sort=descending]::after { content: " \2193"; }
.number { text-align: right; white-space: nowrap; }
.students th:first-child { position: sticky; left: 0; background: var(--card); }
tbody th { font-weight: 500; background: var(--card); min-width: 8rem; }
.cell { text-align: center; white-space: nowrap; }
.good { color: var(--good); background: var(--good-back); }
.bad { color: var(--bad); background: var(--bad-back); }
.wait { color: var(--wait); background: var(--wait-back); }
.badge { display: inline-block; border-radius: .3rem; padding: 0 .45rem; font-size: .85rem; font-weight: 600;
  white-space: nowrap; }
.notice { border-left: .25rem solid var(--bad); background: var(--bad-back); padding: .5rem .9rem; margin: .8rem 0;
  border-radius: 0 .4rem .4rem 0; }
.advice { border-left-color: var(--link); background: var(--card); }
.bar { display: inline-block; vertical-align: middle; width: 6rem; height: .6rem; border-radius: .3rem;
  background: var(--wait-back); overflow: hidden; margin-right: .5rem; }
.bar i { display: block; height: 100%; background: var(--good); }
pre { margin: .4rem 0; padding: .7rem .9rem; background: var(--card); border: 1px solid var(--line);
  border-radius: .4rem; overflow-x: auto; font: .83rem/1.45 ui-monospace, "DejaVu Sans Mono", monospace; }
.said { white-space: pre-wrap; }
.words { white-space: pre-wrap; font: inherit; background: none; border: 0; padding: 0; }
details { border: 1px solid var(--line); border-radius: .5rem; margin: .6rem 0; padding: .5rem .9rem; }
summary { cursor: pointer; font-weight: 500; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); gap: .8rem; }
.pair > div { min-width: 0; }
mark { background: var(--mark); color: inherit; display: block; width: max-content; min-width: 100%; }
)css";

// Sorting is all that a script does here; without it every table stands in its own order.
constexpr std::string_view kScript = R"js(
document.querySelectorAll("table.sortable").forEach(table => {
  const heads = [...table.tHead.rows[0].cells], body = table.tBodies[0];
  const value = (row, i) => row.cells[i] ? row.cells[i].dataset.value ?? row.cells[i].textContent.trim() : "";
  heads.forEach((head, i) => {
    head.tabIndex = 0;
    const sort = () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach(other => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...body.rows].sort((a, b) =>
        value(a, i).localeCompare(value(b, i), undefined, {numeric: true}) * (down ? -1 : 1));
      body.append(...rows);
    };
    head.addEventListener("click", sort);
    head.addEventListener("keydown", event => { if (event.key === "Enter") sort(); });
  });
});
)js";

const char* tone_of(const std::string& status) {
  if (status == "PASSED") return "good";
  return status == "NOT_STARTED" || status == "NOT_CHECKED" ? "wait" : "bad";
}

}  // namespace

std::string escaped(std::string_view text, bool keep_lines) {
  std::string html;
  for (const char c : printable(text, keep_lines)) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      case '\'':
        html += "&#39;";
        break;
      default:
        html += c;
    }
  }
  return html;
}

std::string html_page(const std::string& title, const std::string& body) {
  const bool sorts = body.find("class=\"sortable") != std::string::npos;
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
      "script-src {}; img-src data:\">\n<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n{}{}</body>\n</html>\n",
      sorts ? "'unsafe-inline'" : "'none'", escaped(title), kStyle, body,
      sorts ? fmt::format("<script>{}</script>\n", kScript) : "");
}

std::string html_figure(const plot::Figure& figure) { return plot::to_svg(figure.draw()); }

std::string status_badge(const std::string& status) {
  return fmt::format("<span class=\"badge {}\">{}</span>", tone_of(status), escaped(status_words(status)));
}

std::string share_words(int part, int all) {
  return fmt::format("{} of {}{}", part, all, all > 0 ? fmt::format(" ({} %)", (200 * part + all) / (2 * all)) : "");
}

}  // namespace handbuilt::grader

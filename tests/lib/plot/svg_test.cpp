#include "plot/svg.hpp"

#include <expat.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <clocale>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "plot/figure.hpp"

namespace {

using namespace handbuilt::plot;
using testing::HasSubstr;
using testing::Not;

/// What a real XML parser finds in a document.
struct Document {
  struct Element {
    std::string name;
    std::map<std::string, std::string> attributes;
    std::string text;
  };
  std::vector<Element> elements;  // in the order of their start tags
  std::string error;              // empty for a well-formed document

  [[nodiscard]] std::vector<Element> named(const std::string& name) const {
    std::vector<Element> found;
    for (const Element& element : elements)
      if (element.name == name) found.push_back(element);
    return found;
  }
};

Document parse(const std::string& svg) {
  struct State {
    Document document;
    std::vector<std::size_t> open;
  } state;
  const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(XML_ParserCreate("UTF-8"), &XML_ParserFree);
  XML_SetUserData(parser.get(), &state);
  XML_SetElementHandler(
      parser.get(),
      [](void* data, const XML_Char* name, const XML_Char** attributes) {
        auto& [document, open] = *static_cast<State*>(data);
        open.push_back(document.elements.size());
        document.elements.push_back({name, {}, ""});
        for (; *attributes != nullptr; attributes += 2)
          document.elements.back().attributes[attributes[0]] = attributes[1];
      },
      [](void* data, const XML_Char*) { static_cast<State*>(data)->open.pop_back(); });
  XML_SetCharacterDataHandler(parser.get(), [](void* data, const XML_Char* text, int length) {
    auto& [document, open] = *static_cast<State*>(data);
    document.elements[open.back()].text.append(text, static_cast<std::size_t>(length));
  });
  if (XML_Parse(parser.get(), svg.data(), static_cast<int>(svg.size()), 1) == XML_STATUS_ERROR)
    state.document.error = XML_ErrorString(XML_GetErrorCode(parser.get()));
  return state.document;
}

Figure busy_figure() {
  Figure figure("A title");
  figure.axes("x", "y").categories({"a", "b"}).bars({1, 2}, "bars", {0.1, 0.2}).line({1, 3}, "line");
  figure.points({0, 1}, {2, 1}, "points").points({0, 1}, {1, 2}, "more").points({0, 1}, {3, 2}, "still more");
  figure.points({0, 1}, {0.5, 0.2}, "crosses").band({0, 1}, {0, 1}, {1, 2}).note(1, 1, "note").horizontal(1, "one");
  return figure;
}

DisplayList with_text(const std::string& text) {
  DisplayList list;
  list.width = list.height = 100;
  list.title = list.description = text;
  list.items.emplace_back(Text{{10, 20}, text, 13, Text::Anchor::start, false, false, {}});
  return list;
}

TEST(Svg, IsWellFormed) {
  for (const DisplayList& list :
       {busy_figure().draw(), Figure().draw(), Figure("m").matrix(Grid(2, 2, {1, 2, 3, 4})).draw(),
        page("All", {busy_figure(), Figure("i").images({{Grid(1, 2, {0, 1}), "caption"}})})}) {
    EXPECT_EQ(parse(to_svg(list)).error, "");
  }
}

TEST(Svg, TellsAScreenReaderWhatItShows) {
  const Document document = parse(to_svg(busy_figure().description("Bars and a line.").draw()));
  EXPECT_EQ(document.elements.front().attributes.at("role"), "img");
  EXPECT_EQ(document.named("title").at(0).text, "A title");
  EXPECT_EQ(document.named("desc").at(0).text, "Bars and a line.");
}

TEST(Svg, CarriesAnyTextUnharmed) {
  const std::string text = "a<b>c&d\"e'f ]]> <script>alert(1)</script> &amp; 3 \xC3\x97 4 \xF0\x9F\xA4\x96";
  const Document document = parse(to_svg(with_text(text)));
  EXPECT_EQ(document.error, "");
  EXPECT_EQ(document.named("title").at(0).text, text);
  EXPECT_EQ(document.named("text").at(0).text, text);
  EXPECT_TRUE(document.named("script").empty());
}

TEST(Svg, ReplacesWhatXmlCannotCarry) {
  using namespace std::string_literals;
  const std::string replaced = "\xEF\xBF\xBD";
  for (const std::string& bad : {"\x01"s, "\0"s, "\x1B"s, "\xFF"s, "\xC0\xAF"s, "\xED\xA0\x80"s, "\xEF\xBF\xBE"s,
                                 "\xE2\x82"s, "\xF5\x80\x80\x80"s}) {
    const Document document = parse(to_svg(with_text("ok" + bad + "ok")));
    EXPECT_EQ(document.error, "");
    const std::string text = document.named("text").at(0).text;
    EXPECT_THAT(text, testing::StartsWith("ok" + replaced));
    EXPECT_THAT(text, testing::EndsWith(replaced + "ok"));
  }
}

TEST(Svg, NeedsNothingFromOutside) {
  Figure figure("i");
  figure.images({{Grid(1, 2, {0, 1}), "caption"}});
  for (const std::string& svg : {to_svg(busy_figure().draw()), to_svg(figure.draw())}) {
    const Document document = parse(svg);
    for (const Document::Element& element : document.elements) {
      EXPECT_NE(element.name, "script");
      EXPECT_NE(element.name, "foreignObject");
      const auto link = element.attributes.find("href");
      if (link != element.attributes.end()) {
        EXPECT_THAT(link->second, testing::StartsWith("data:image/png;base64,"));
      }
      for (const auto& [name, value] : element.attributes) EXPECT_THAT(name, Not(testing::StartsWith("on")));
    }
    EXPECT_THAT(svg, Not(HasSubstr("url(")));
    EXPECT_THAT(svg, Not(HasSubstr("@import")));
  }
}

TEST(Svg, HasAColourForEveryRoleInBothThemes) {
  const std::string style = parse(to_svg(busy_figure().draw())).named("style").at(0).text;
  const std::size_t dark = style.find("@media(prefers-color-scheme:dark)");
  ASSERT_NE(dark, std::string::npos);
  for (const char* name : {".b{", ".t{", ".f{", ".g{", ".s0{", ".s5{"}) {
    EXPECT_LT(style.find(name), dark) << name;
    EXPECT_NE(style.find(name, dark), std::string::npos) << name;
  }
}

TEST(Svg, IsTheSameEveryTime) { EXPECT_EQ(to_svg(busy_figure().draw()), to_svg(busy_figure().draw())); }

TEST(Svg, WritesNumbersAlikeInEveryLocale) {
  const std::string expected = to_svg(busy_figure().draw());
  const std::string before = std::setlocale(LC_ALL, nullptr);
  // A locale with a decimal comma, where the machine has one.
  for (const char* name : {"de_DE.UTF-8", "fr_FR.UTF-8"}) std::setlocale(LC_ALL, name);
  const std::string got = to_svg(busy_figure().draw());
  std::setlocale(LC_ALL, before.c_str());
  EXPECT_EQ(got, expected);
}

TEST(Svg, WritesShortNumbers) {
  DisplayList list;
  list.width = list.height = 100;
  list.items.emplace_back(Polyline{{{1.0 / 3, -0.0001}, {2.5, 40}}, {}, 1, false});
  EXPECT_EQ(parse(to_svg(list)).named("polyline").at(0).attributes.at("points"), "0.33,0 2.5,40");
}

TEST(Svg, KeepsPixelsSharp) {
  EXPECT_THAT(to_svg(Figure().matrix(Grid(1, 2, {0, 1})).draw()), HasSubstr("image-rendering:pixelated"));
}

TEST(Svg, ClipsOnlyBetweenClips) {
  DisplayList list;
  list.width = list.height = 100;
  list.items.emplace_back(Clip{10, 10, 50, 50});
  list.items.emplace_back(Rectangle{0, 0, 20, 20, {}});
  list.items.emplace_back(Clip{});
  list.items.emplace_back(Rectangle{0, 0, 30, 30, {}});
  const std::string svg = to_svg(list);
  EXPECT_EQ(parse(svg).error, "");
  const std::size_t end = svg.find("</svg>");
  EXPECT_LT(svg.find("width=\"20\""), end);
  EXPECT_GT(svg.find("width=\"30\""), end);
}

}  // namespace

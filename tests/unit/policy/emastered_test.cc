// A real policy against its annotation: which units it has, and which of them a browser can check.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "policy/declaration.h"
#include "policy/document.h"
#include "policy/outline.h"
#include "shared_data.h"

namespace affiant::policy {
namespace {

constexpr const char* kPolicy = "emastered-policy-2018-12-27.md";
constexpr const char* kAnnotation = "emastered-annotation.tsv";

struct Row {
  int n = 0;
  std::string start, type, observable;
};

std::vector<Row> annotation() {
  std::istringstream in(test::read_file(test::shared_data(kAnnotation)));
  std::vector<Row> rows;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::vector<std::string> cells;
    std::istringstream cut(line);
    for (std::string cell; std::getline(cut, cell, '\t');) cells.push_back(cell);
    rows.push_back({std::stoi(cells.at(0)), cells.at(2), cells.at(3), cells.at(7)});
  }
  return rows;
}

struct Read {
  Document document;
  Declaration declaration;
  Outline outline;
};

Read read_it() {
  Read r;
  r.document =
      *read_document(test::read_file(test::shared_data(kPolicy)), Format::kMarkdown, kPolicy);
  r.declaration = read_policy(r.document, {});
  r.outline = outline_of(r.document, {}, *english());
  return r;
}

// The words of an annotation up to where it leaves some out, plain enough to be found.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) out += c;
  }
  return out;
}
std::vector<std::string> pieces(std::string text) {
  std::vector<std::string> out;
  for (std::size_t at = text.find('['); at != std::string::npos; at = text.find('['))
    text.resize(at);
  while (!text.empty()) {
    const std::size_t dots = std::min(text.find("..."), text.size());
    if (const std::string piece = plain(text.substr(0, dots)); piece.size() > 3)
      out.push_back(piece.substr(0, 40));
    text.erase(0, std::min(dots + 3, text.size()));
  }
  return out;
}

std::string_view words(const Read& r, const Unit& u) {
  return std::string_view(r.document.text).substr(u.start, u.end - u.start);
}

// Statements that lie in a unit.
std::vector<const Statement*> in_unit(const Read& r, std::size_t unit) {
  std::vector<const Statement*> out;
  for (const Sentence& sentence : r.outline.sentences) {
    if (sentence.unit != unit) continue;
    for (const Statement& s : r.declaration.statements)
      if (s.start == sentence.start) out.push_back(&s);
  }
  return out;
}

const Statement* find(const Read& r, std::size_t row, std::string_view type) {
  for (const Statement* s : in_unit(r, row - 1))
    if (s->type == type) return s;
  return nullptr;
}

TEST(Emastered, UnitsAreThoseOfTheAnnotationInTheSameOrder) {
  AFFIANT_NEEDS_SHARED(kPolicy);
  const Read r = read_it();
  const std::vector<Row> rows = annotation();
  ASSERT_EQ(rows.size(), 43U);
  ASSERT_EQ(r.outline.units.size(), rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string unit = plain(words(r, r.outline.units[i]));
    ASSERT_FALSE(pieces(rows[i].start).empty());
    // Behind the first gap the annotation may paraphrase.
    const std::string piece = pieces(rows[i].start).front();
    EXPECT_NE(unit.find(piece), std::string::npos)
        << "row " << rows[i].n << ": " << piece << " in " << unit;
  }
}

TEST(Emastered, EveryUnitIsObservableExactlyWhenItsAnnotationSaysSo) {
  AFFIANT_NEEDS_SHARED(kPolicy);
  const Read r = read_it();
  const std::vector<Row> rows = annotation();
  ASSERT_EQ(r.outline.units.size(), rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto statements = in_unit(r, i);
    const bool seen = std::any_of(statements.begin(), statements.end(),
                                  [](const Statement* s) { return s->observable != "no"; });
    EXPECT_EQ(seen, rows[i].observable != "no") << "row " << rows[i].n << ": " << rows[i].start;
  }
  EXPECT_EQ(r.declaration.not_observable, 22);
}

TEST(Emastered, NothingInItIsADenial) {
  AFFIANT_NEEDS_SHARED(kPolicy);
  for (const Statement& s : read_it().declaration.statements)
    EXPECT_EQ(s.polarity, "does") << s.type << ": " << s.quote;
}

TEST(Emastered, StatementsCarryPartiesPurposesAndHedges) {
  AFFIANT_NEEDS_SHARED(kPolicy);
  using testing::Contains;
  const Read r = read_it();
  ASSERT_EQ(r.outline.units.size(), 43U);
  const auto at = [&](std::size_t row, std::string_view type) -> Statement {
    const Statement* s = find(r, row, type);
    EXPECT_NE(s, nullptr) << "row " << row << " has no " << type;
    return s == nullptr ? Statement{} : *s;
  };
  EXPECT_THAT(at(7, "named-third-party").parties, testing::ElementsAre("Facebook", "Twitter"));
  EXPECT_THAT(at(7, "named-third-party").purposes, Contains("login"));
  EXPECT_TRUE(at(7, "named-third-party").open_list);
  EXPECT_THAT(at(12, "third-party-category").purposes, Contains("payment"));
  EXPECT_THAT(at(13, "server-practice").observable, "partly");
  EXPECT_THAT(at(17, "uses-cookies").purposes, Contains("analytics"));
  EXPECT_THAT(at(18, "uses-cookies").purposes, testing::IsSupersetOf({"analytics", "advertising"}));
  EXPECT_THAT(at(19, "third-party-category").purposes, Contains("analytics"));
  EXPECT_TRUE(at(19, "third-party-category").hedged);
  EXPECT_THAT(at(22, "third-party-category").purposes, Contains("content"));
  EXPECT_THAT(at(31, "third-party-category").purposes, Contains("support"));
  EXPECT_EQ(at(35, "policy-itself").observable, "yes");
  EXPECT_EQ(at(36, "cookie-content").observable, "partly");
  EXPECT_EQ(at(39, "behavioural-tracking").polarity, "does");
  EXPECT_EQ(at(43, "policy-itself").observable, "yes");
}

TEST(Emastered, IsAPolicyInEnglishThatNamesNoCookie) {
  AFFIANT_NEEDS_SHARED(kPolicy);
  const Read r = read_it();
  EXPECT_TRUE(r.declaration.is_policy);
  EXPECT_EQ(r.declaration.sources.at(0).language, "en");
  EXPECT_TRUE(r.declaration.cookies.empty());
  EXPECT_TRUE(r.declaration.unread.empty());
}

}  // namespace
}  // namespace affiant::policy

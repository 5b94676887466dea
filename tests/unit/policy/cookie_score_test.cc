// Precision and recall of declared cookies over real tables and policies, labelled by hand
// (labels/cookies: patterns, lifetimes, categories; no words of theirs). The texts are development
// data; without them this is skipped, and says so.
#include <gtest/gtest.h>

#include <cstdio>
#include <map>
#include <sstream>

#include "evidence/verify.h"
#include "json/json.h"
#include "policy/declaration.h"
#include "policy/document.h"
#include "shared_data.h"

namespace affiant::policy {
namespace {

struct Label {
  std::string pattern, lifetime, category;  // As in the files.
};

struct Labels {
  std::string sha256;
  std::vector<Label> cookies;
};

// "KEY <tab> what <tab> SHA-256" and rows below it.
std::map<std::string, Labels> labels_in(const std::string& file, const std::string& key) {
  std::map<std::string, Labels> out;
  Labels* current = nullptr;
  std::istringstream lines(affiant::test::read_file(std::filesystem::path(AFFIANT_SOURCE_DIR) /
                                                    "tests/unit/policy/labels/cookies" / file));
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.starts_with("# ")) continue;
    std::vector<std::string> cells;
    std::istringstream row(line);
    for (std::string cell; std::getline(row, cell, '\t');) cells.push_back(cell);
    if (cells.size() != 3) {
      ADD_FAILURE() << "not a label: " << line;
    } else if (cells[0] == key) {
      current = &out[cells[1]];
      current->sha256 = cells[2];
    } else if (current != nullptr) {
      current->cookies.push_back({cells[0], cells[1], cells[2]});
    }
  }
  return out;
}

struct Share {
  int right = 0, of = 0;
  double part() const { return of == 0 ? 1 : static_cast<double>(right) / of; }
};

class Scorer {
 public:
  void add(const std::string& name, const Declaration& read, const Labels& labels) {
    std::multimap<std::string, const Label*> wanted;
    for (const Label& label : labels.cookies) wanted.emplace(label.pattern, &label);
    names_wanted += static_cast<int>(labels.cookies.size());
    for (const DeclaredCookie& cookie : read.cookies) {
      ++names_made;
      const auto found = wanted.find(cookie.pattern);
      if (found == wanted.end()) {
        wrong += name + ": not labelled: " + cookie.pattern + "\n";
        continue;
      }
      ++names_right;
      compare(name, cookie, *found->second);
      wanted.erase(found);
    }
    for (const auto& [pattern, label] : wanted) wrong += name + ": not found: " + pattern + "\n";
  }

  double precision() const { return Share{names_right, names_made}.part(); }
  double recall() const { return Share{names_right, names_wanted}.part(); }
  double f1() const { return 2 * precision() * recall() / (precision() + recall()); }

  void print(const char* what) const {
    std::printf(
        "%s: names %d right of %d made, %d wanted: precision %.3f recall %.3f F1 %.3f\n"
        "  lifetimes %d of %d right (%.3f), %d given where none is stated; "
        "categories %d of %d right\n%s",
        what, names_right, names_made, names_wanted, precision(), recall(), f1(), lifetimes.right,
        lifetimes.of, lifetimes.part(), invented, categories.right, categories.of, wrong.c_str());
  }

  int names_right = 0, names_made = 0, names_wanted = 0;
  int invented = 0;  // Figures and sessions where none is stated.
  Share lifetimes, categories;
  std::string wrong;

 private:
  void compare(const std::string& name, const DeclaredCookie& cookie, const Label& label) {
    const std::string life = cookie.lifetime_s       ? std::to_string(*cookie.lifetime_s)
                             : cookie.session_cookie ? "session"
                                                     : "-";
    if (label.lifetime == "-") {
      invented += life == "-" ? 0 : 1;
    } else if (label.lifetime != "?") {
      ++lifetimes.of;
      lifetimes.right += life == label.lifetime ? 1 : 0;
    }
    if (label.lifetime != "?" && life != label.lifetime)
      wrong += name + ": " + cookie.pattern + " lasts " + label.lifetime + ", not " + life + "\n";
    if (label.category == "?") return;
    const std::string category = label.category == "-" ? "unclassified" : label.category;
    ++categories.of;
    categories.right += cookie.category == category ? 1 : 0;
    if (cookie.category != category)
      wrong += name + ": " + cookie.pattern + " is " + category + ", not " + cookie.category + "\n";
  }
};

std::string line_of(const std::vector<std::string>& cells) {
  std::string out = "|";
  for (const std::string& cell : cells) out += " " + cell + " |";
  return out;
}

// A table of the data as the Markdown that it was cut from: the labels stand in the first body row
// where the head was blank, and a title was glued to the rule below it.
std::string markdown(const json::Value& table) {
  using Cells = std::vector<std::string>;
  const auto head = table.at("header").get<Cells>(), glued = table.at("glued").get<Cells>();
  const std::string rule = line_of(Cells(head.size(), "---"));
  const bool blank = table.at("header_row_was_blank").get<bool>();
  std::string out = line_of(blank ? Cells(head.size()) : head) + "\n" + rule;
  if (blank) out += (glued.empty() ? "" : glued.front()) + "\n" + line_of(head);
  out += "\n";
  for (const json::Value& row : table.at("rows")) out += line_of(row.get<Cells>()) + "\n";
  return out;
}

TEST(CookieScore, OverHandLabelledTables) {
  AFFIANT_NEEDS_SHARED("cookie-tables.jsonl");
  const auto labels = labels_in("tables.tsv", "table");
  std::istringstream lines(
      affiant::test::read_file(affiant::test::shared_data("cookie-tables.jsonl")));
  Scorer scorer;
  std::size_t n = 0;
  for (std::string line; std::getline(lines, line); ++n) {
    const auto table = json::parse(line, "table");
    ASSERT_TRUE(table) << table.error().message;
    const std::string text = markdown(*table), key = std::to_string(n);
    if (!labels.contains(key)) continue;
    const Labels& wanted = labels.at(key);
    ASSERT_EQ(evidence::sha256_hex(text), wanted.sha256) << "table " << n << " is another one";
    const auto document = read_document(text, Format::kMarkdown, "table");
    ASSERT_TRUE(document) << document.error().message;
    scorer.add("table " + key, read_policy(*document, {}), wanted);
  }
  EXPECT_GE(n, labels.size());
  scorer.print("tables");
  EXPECT_GE(scorer.f1(), 0.99);
  EXPECT_GE(scorer.lifetimes.part(), 0.99);
  EXPECT_EQ(scorer.invented, 0);
  EXPECT_GE(scorer.categories.part(), 0.98);
}

TEST(CookieScore, OverHandLabelledPolicies) {
  AFFIANT_NEEDS_SHARED("policies");
  Scorer scorer;
  int policies = 0;
  for (const auto& [stem, wanted] : labels_in("policies.tsv", "policy")) {
    const auto path = affiant::test::shared_data("policies/" + stem + ".md");
    const std::string text = affiant::test::read_file(path);
    ASSERT_EQ(evidence::sha256_hex(text), wanted.sha256) << stem << " is another text";
    const auto document = read_document(text, Format::kMarkdown, stem);
    ASSERT_TRUE(document) << document.error().message;
    scorer.add(stem, read_policy(*document, {}), wanted);
    ++policies;
  }
  EXPECT_GE(policies, 25);
  scorer.print("policies");
  EXPECT_GE(scorer.f1(), 0.95);
  EXPECT_GE(scorer.lifetimes.part(), 0.95);
}

}  // namespace
}  // namespace affiant::policy

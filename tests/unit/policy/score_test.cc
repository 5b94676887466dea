// Precision and recall over real policies, labelled by hand (labels/*.tsv: types and places, no
// words of theirs). The texts are development data; without them this is skipped, and says so.
#include <gtest/gtest.h>

#include <cstdio>
#include <map>
#include <set>
#include <sstream>

#include "evidence/verify.h"
#include "policy/declaration.h"
#include "policy/document.h"
#include "policy/tokens.h"
#include "shared_data.h"

namespace affiant::policy {
namespace {

struct Label {
  std::string type, polarity;
  std::size_t start = 0, end = 0;
};

struct Labels {
  std::vector<Label> statements;
  std::set<std::string> parties;
  bool has_parties = false;
  std::string sha256;  // Of the text.
};

Labels labels_in(const std::filesystem::path& file) {
  Labels out;
  std::istringstream lines(affiant::test::read_file(file));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("#")) {
      out.sha256 = line.substr(line.rfind(' ') + 1);
      continue;
    }
    std::vector<std::string> cells;
    std::istringstream row(line);
    for (std::string cell; std::getline(row, cell, '\t');) cells.push_back(cell);
    if (cells[0] == "parties") {
      out.has_parties = true;
      std::istringstream names(cells.size() > 1 ? cells[1] : "");
      for (std::string name; std::getline(names, name, '|');) out.parties.insert(name);
    } else {
      out.statements.push_back({cells[0], cells[1], std::stoul(cells[2]), std::stoul(cells[3])});
    }
  }
  return out;
}

// What is scored, by group; nothing for other statements.
std::string group_of(const std::string& type, const std::string& polarity) {
  static const std::set<std::string> kDenied = {
      "no-cookies",  "third-party-denial",    "behavioural-tracking",
      "advertising", "beacon-or-fingerprint", "other-storage"};
  if (type == "signal" || type == "consent") return type;
  if (type == "only-necessary" || (polarity == "does-not" && kDenied.contains(type)))
    return "denial";
  return {};
}

struct Score {
  int right = 0, made = 0, wanted = 0;
  double precision() const { return made == 0 ? 1 : static_cast<double>(right) / made; }
  double recall() const { return wanted == 0 ? 1 : static_cast<double>(right) / wanted; }
  double f1() const {
    const double sum = precision() + recall();
    return sum == 0 ? 0 : 2 * precision() * recall() / sum;
  }
};

class Scorer {
 public:
  void add(const std::string& name, const Declaration& read, const Labels& labels) {
    std::vector<bool> found(labels.statements.size(), false);
    for (const Statement& s : read.statements) {
      const std::string group = group_of(s.type, s.polarity);
      if (group.empty()) continue;
      bool right = false;
      for (std::size_t i = 0; i < labels.statements.size(); ++i) {
        const Label& l = labels.statements[i];
        if (l.type != s.type || l.polarity != s.polarity || s.start >= l.end || s.end <= l.start)
          continue;
        right = true;
        found[i] = true;
      }
      ++scores[group].made;
      if (right)
        ++scores[group].right;
      else
        wrong += name + ": not labelled: " + s.type + " " + s.polarity + " at " +
                 std::to_string(s.start) + "\n";
    }
    for (std::size_t i = 0; i < labels.statements.size(); ++i) {
      const Label& l = labels.statements[i];
      ++scores[group_of(l.type, l.polarity)].wanted;
      if (!found[i])
        wrong += name + ": not found: " + l.type + " " + l.polarity + " at " +
                 std::to_string(l.start) + "\n";
    }
    if (labels.has_parties) add_parties(name, read, labels.parties);
  }

  std::map<std::string, Score> scores;
  std::string wrong;

 private:
  void add_parties(const std::string& name, const Declaration& read,
                   const std::set<std::string>& wanted) {
    std::set<std::string> made;
    for (const Statement& s : read.statements)
      if (s.type == "named-third-party" && s.polarity == "does")
        for (const std::string& party : s.parties) made.insert(fold(party));
    Score& score = scores["parties"];
    score.made += static_cast<int>(made.size());
    score.wanted += static_cast<int>(wanted.size());
    for (const std::string& party : made) {
      if (wanted.contains(party))
        ++score.right;
      else
        wrong += name + ": not labelled: party " + party + "\n";
    }
    for (const std::string& party : wanted)
      if (!made.contains(party)) wrong += name + ": not found: party " + party + "\n";
  }
};

// Scores every labelled policy of a folder under labels/, and prints what was found.
void score(const std::string& folder, int at_least, Scorer* scorer) {
  const std::filesystem::path labels =
      std::filesystem::path(AFFIANT_SOURCE_DIR) / "tests/unit/policy/labels" / folder;
  int policies = 0;
  for (const auto& file : std::filesystem::directory_iterator(labels)) {
    const std::string stem = file.path().stem().string();
    const auto path = affiant::test::shared_data("policies/" + stem + ".md");
    if (!std::filesystem::exists(path)) continue;
    const auto document = read_document(affiant::test::read_file(path), Format::kMarkdown, stem);
    ASSERT_TRUE(document) << document.error().message;
    Source source;
    source.called = stem + ".md";
    const Declaration read = read_policy(*document, source);
    const Labels wanted = labels_in(file.path());
    ASSERT_EQ(evidence::sha256_hex(document->text), wanted.sha256)
        << stem << ": the text is read otherwise than when it was labelled: its places moved";
    scorer->add(stem, read, wanted);
    ++policies;
  }
  ASSERT_GE(policies, at_least);
  std::printf("%d policies\n%-10s %6s %6s %6s %10s %7s %5s\n", policies, "", "right", "made",
              "wanted", "precision", "recall", "F1");
  for (const auto& [group, s] : scorer->scores)
    std::printf("%-10s %6d %6d %6d %10.3f %7.3f %5.3f\n", group.c_str(), s.right, s.made, s.wanted,
                s.precision(), s.recall(), s.f1());
  std::printf("%s", scorer->wrong.c_str());
}

TEST(Score, OverHandLabelledPoliciesIsAtLeastWhatWasSetOutFor) {
  AFFIANT_NEEDS_SHARED("policies");
  Scorer scorer;
  score("", 30, &scorer);
  EXPECT_GE(scorer.scores["denial"].precision(), 0.95);
  EXPECT_GE(scorer.scores["denial"].recall(), 0.85);
  EXPECT_GE(scorer.scores["signal"].f1(), 0.95);
  EXPECT_GE(scorer.scores["consent"].precision(), 0.95);
  EXPECT_GE(scorer.scores["parties"].f1(), 0.92);
}

// French, German and Spanish. None of these policies denies anything that can be tested, so that
// every denial read from them is a false one.
TEST(Score, OverPoliciesInOtherLanguagesIsAtLeastWhatWasSetOutFor) {
  AFFIANT_NEEDS_SHARED("policies");
  Scorer scorer;
  score("languages", 20, &scorer);
  EXPECT_EQ(scorer.scores["denial"].made, 0);
  EXPECT_GE(scorer.scores["consent"].precision(), 0.95);
  EXPECT_GE(scorer.scores["consent"].recall(), 0.90);
  EXPECT_GE(scorer.scores["parties"].f1(), 0.92);
}

}  // namespace
}  // namespace affiant::policy

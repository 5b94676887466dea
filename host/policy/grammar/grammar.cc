#include "policy/grammar/grammar.h"

#include <algorithm>
#include <map>
#include <utility>

#include "policy/data_tables.h"

namespace affiant::policy {
namespace {

std::string_view take(std::string_view* text, char until) {
  const std::size_t end = std::min(text->find(until), text->size());
  const std::string_view part = text->substr(0, end);
  text->remove_prefix(std::min(end + 1, text->size()));
  return part;
}

// Phrases of the rows whose tag is `tag`.
std::vector<std::string> phrases_of(std::string_view table, std::string_view tag) {
  std::vector<std::string> out;
  while (!table.empty()) {
    std::string_view line = take(&table, '\n');
    if (take(&line, '\t') != tag) continue;
    take(&line, '\t');
    while (!line.empty()) out.emplace_back(take(&line, '|'));
  }
  return out;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

// The table with its elisions and commas parted from the words beside them, as words_of() parts
// them in a text.
std::string parted(std::string_view table, const Elisions& elisions) {
  std::string out;
  std::size_t word = 0;
  for (const char c : table) {
    if (c == ',') out += ' ';
    out += c;
    if (c == '\'' && elisions.contains(std::string_view(out).substr(word, out.size() - 1 - word)))
      out += ' ';
    if (!is_letter(c)) word = out.size();
  }
  return out;
}

}  // namespace

Result<Grammar> Grammar::parse(std::string_view code, std::string_view table,
                               std::string_view vendors) {
  Grammar grammar;
  grammar.code = code;
  for (std::string& elision : phrases_of(table, "elision")) {
    if (elision.ends_with('\'')) elision.pop_back();
    grammar.elisions.insert(std::move(elision));
  }
  for (const std::string& trait : phrases_of(table, "trait")) {
    grammar.bare_nouns = grammar.bare_nouns || trait == "bare nouns";
    grammar.capital_nouns = grammar.capital_nouns || trait == "capital nouns";
    grammar.concord = grammar.concord || trait == "concord";
    grammar.halved = grammar.halved || trait == "halved negation";
  }
  AFFIANT_TRY(grammar.lexicon, Lexicon::parse(parted(table, grammar.elisions), vendors,
                                              "host/policy/data/" + grammar.code + ".tsv"));
  return grammar;
}

const Result<Grammar>* grammar_of(std::string_view code) {
  static const std::map<std::string, Result<Grammar>, std::less<>> all = [] {
    std::map<std::string, Result<Grammar>, std::less<>> made;
    for (const tables::LanguageTable& table : tables::language_tables()) {
      made.emplace(std::string(table.code),
                   Grammar::parse(table.code, table.text, tables::kEnglishVendors));
    }
    return made;
  }();
  const auto found = all.find(code);
  return found == all.end() ? nullptr : &found->second;
}

std::vector<std::string_view> grammar_codes() {
  std::vector<std::string_view> codes;
  for (const tables::LanguageTable& table : tables::language_tables()) codes.push_back(table.code);
  return codes;
}

}  // namespace affiant::policy

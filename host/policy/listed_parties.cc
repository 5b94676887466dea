#include "policy/listed_parties.h"

#include <algorithm>
#include <array>

#include "policy/companies.h"

namespace affiant::policy {
namespace {

constexpr std::size_t kFarthest = 1'000;  // Blocks.
constexpr std::size_t kLongestName = 6;   // Tokens.

bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return text.find(word) != std::string_view::npos;
  });
}

// What heads the column that a cell stands in; empty when that is far above.
std::string_view column_head(const Reading& r) {
  const std::vector<Block>& blocks = r.document.blocks;
  const Block& cell = blocks[r.sentence.block];
  std::string_view head;
  for (std::size_t i = r.sentence.block, n = 0; i-- > 0 && n < kFarthest; ++n) {
    if (blocks[i].table != cell.table) return head;
    if (blocks[i].column == cell.column && blocks[i].end > blocks[i].start)
      head = r.document.of(blocks[i]);
  }
  return {};
}

bool heads_parties(std::string_view label) {
  constexpr std::size_t kLongestHead = 60;
  const std::string head = fold(label);
  return !head.empty() && head.size() <= kLongestHead && head.find("policy") == std::string::npos &&
         has_any(head, {"provider", "third part", "third-part", "vendor", "processor", "recipient",
                        "supplier", "partner", "company"});
}

// "None", "N/A", "Self" stand in such a column too.
bool is_nobody(std::string_view word) {
  return word.size() < 2 || one_of(word, {"none", "n/a", "na", "self", "own", "us", "ourselves",
                                          "internal", "various", "other", "others", "yes", "no"});
}

// "Quincevoice" of "Quincevoice: ...": where its words end, or 0.
std::size_t label_end(const Analysis& a) {
  constexpr std::size_t kLongestLabel = 3, kShortest = 3;
  std::size_t end = 0;
  while (end < a.size() && end <= kLongestLabel && a.tokens[end].capital &&
         !a.tokens[end].punctuation && a.tags[end].none() && a.tokens[end].word.size() >= kShortest)
    ++end;
  const bool label = end > 0 && end <= kLongestLabel && end + 1 < a.size();
  return label && a.tokens[end].word == ":" ? end : 0;
}

}  // namespace

std::string_view lead_of(const Reading& r) {
  const std::vector<Block>& blocks = r.document.blocks;
  for (std::size_t i = r.sentence.block, n = 0; i-- > 0 && n < kFarthest; ++n)
    if (blocks[i].kind != BlockKind::kItem) return r.document.of(blocks[i]);
  return {};
}

std::vector<std::string> parties_of_cell(const Reading& r) {
  const Analysis& a = r.a;
  const Block& cell = r.document.blocks[r.sentence.block];
  if (cell.kind != BlockKind::kCell || !a.tokens[0].capital || !a.predicates.empty() ||
      a.has(Tag::kThird) || a.has(Tag::kCookie) || a.has(Tag::kWe) || a.has(Tag::kPolicyword) ||
      r.sentence.start != cell.start || !heads_parties(column_head(r)))
    return {};
  std::vector<std::string> names;
  const auto word = [&](std::size_t i) {
    return i < a.size() ? std::string_view(a.tokens[i].word) : std::string_view();
  };
  bool company = false;  // With its legal form: what follows may be where it sits.
  for (std::size_t at = 0; at < a.size();) {
    std::size_t end = at;
    // "Stripe and PayPal", but "Baker and Sons".
    const auto joins = [&](std::size_t i) {
      return word(i) == "and" && (a.at(i - 1, Tag::kVendor) || a.at(i + 1, Tag::kVendor)) &&
             !(a.at(i, Tag::kVendor));
    };
    while (end < a.size() && (!a.tokens[end].punctuation || word(end) == "-") &&
           !(end > at && joins(end)))
      ++end;
    std::size_t last = end;
    while (last > at && (is_legal_form(a.tokens[last - 1]) || word(last - 1) == "&")) --last;
    // A cell with more than names in it is a sentence.
    if (last > at && (!a.tokens[at].capital || last - at > kLongestName)) return {};
    const bool named = last < end || a.has(Tag::kVendor, at, end);
    if (last > at && !is_nobody(word(at)) && (named || !company))
      names.push_back(a.words(r.document.text, at, last));
    company = company || last < end;
    const bool note = word(end) == "(";
    while (note && end < a.size() && word(end - 1) != ")") ++end;
    if (!one_of(word(end), {"/", ",", ";", "\n", ".", "and"})) break;
    at = end + 1;
  }
  return names;
}

std::string party_of_item(const Reading& r) {
  const Block& item = r.document.blocks[r.sentence.block];
  const std::size_t end = label_end(r.a);
  if (end == 0 || item.kind != BlockKind::kItem || r.sentence.start != item.start ||
      r.a.has(Tag::kWe) || r.a.has(Tag::kOur) || r.a.has(Tag::kYou) || r.a.has(Tag::kVendor) ||
      one_of(r.a.tokens[0].word, {"note", "important", "please", "contact", "example"}))
    return {};
  // Only a name has a policy of its own: "Storage" has none.
  const bool policy = std::any_of(item.links.begin(), item.links.end(), [](const Link& link) {
    return link.href.starts_with("http") &&
           has_any(fold(link.text), {"privacy", "policy", "terms"});
  });
  const std::string lead = fold(lead_of(r));
  if (!policy || !lead.ends_with(':') ||
      !has_any(lead, {"third part", "third-part", "provider", "processor", "vendor", "partner"}))
    return {};
  return r.a.words(r.document.text, 0, end);
}

}  // namespace affiant::policy

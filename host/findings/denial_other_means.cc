// Fingerprinting and storage that is denied and was seen (T16, T17).
#include <algorithm>
#include <map>

#include "findings/denial.h"
#include "findings/other_means.h"
#include "findings/words.h"

namespace affiant::findings {
namespace {

using policy::Statement;

bool shares_data(const Statement& a, const Statement& b) {
  return std::any_of(a.data.begin(), a.data.end(), [&](const std::string& d) {
    return std::find(b.data.begin(), b.data.end(), d) != b.data.end();
  });
}

// Sentences of the same policy that say the site does use what this one denies.
std::vector<const Statement*> permits(const Statement& denial, const Context& context) {
  std::vector<const Statement*> out;
  for (const Statement& s : context.said.statements) {
    if (s.type == denial.type && s.polarity == "does" && s.subject != "user" &&
        (denial.data.empty() || shares_data(s, denial)))
      out.push_back(&s);
  }
  return out;
}

// What something is for is not seen: of a denial for one purpose, or with the necessary excepted,
// it shows nothing.
std::string not_shown(const Statement& s, const Binding& binding) {
  if (!s.purposes.empty()) return "what it served is not seen";
  return binding.except_necessary ? "whether it is necessary is not seen" : "";
}

void add_fingerprinting(const Statement& s, const Binding& binding, const Context& context,
                        const std::string& phase, std::vector<Breach>* out) {
  for (const SeenTechnique& seen : context.techniques) {
    const Fingerprinting kind = fingerprinting(seen.fact->technique);
    if (seen.phase != phase || kind == Fingerprinting::kNone) continue;
    Breach b;
    b.words = "a script of " + seen.host + " " + seen.fact->detail;
    b.entries = {seen.fact->entries.begin(), seen.fact->entries.end()};
    b.permitted_by = permits(s, context);
    b.why = not_shown(s, binding);
    if (!b.why.empty()) {
      b.strength = Strength::kNote;
    } else if (kind == Fingerprinting::kHint) {
      b.strength = Strength::kVague;
      b.why = "that alone may not be what these words mean";
    }
    out->push_back(std::move(b));
  }
}

void add_storage(const Statement& s, const Binding& binding, const Context& context,
                 const std::string& phase, std::vector<Breach>* out) {
  std::map<std::string, Breach> by_key;
  for (const detect::StorageFact* fact : context.storage) {
    const observe::StorageItem& item = *fact->item;
    if (fact->phase != phase || !is_storage_area(item.area) ||
        std::find(s.data.begin(), s.data.end(), item.area) == s.data.end())
      continue;
    Breach& b = by_key[storage_words(item)];
    b.words = storage_words(item);
    b.entries.insert(item.entry);
    b.permitted_by = permits(s, context);
    b.why = not_shown(s, binding);
    if (b.why.empty() && !declared_keys(context, *fact).empty())
      b.why = "the site's own list declares this key";
    if (!b.why.empty()) b.strength = Strength::kNote;
  }
  for (auto& [words, breach] : by_key) out->push_back(std::move(breach));
}

}  // namespace

void add_other_means(const Statement& statement, const Binding& binding, const Context& context,
                     const std::string& phase, std::vector<Breach>* out) {
  if (statement.type == "beacon-or-fingerprint" &&
      has_word_start(folded(statement.quote), "fingerprint"))
    add_fingerprinting(statement, binding, context, phase, out);
  if (statement.type == "other-storage") add_storage(statement, binding, context, phase, out);
}

}  // namespace affiant::findings

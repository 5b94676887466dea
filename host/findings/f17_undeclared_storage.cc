// F17, storage: the site lists what it keeps in the browser's storage, and this key is not among
// it. As with F4 there must be a list to be missing from; a list of cookies alone lists no storage.
#include <algorithm>
#include <map>
#include <tuple>

#include "findings/other_means.h"
#include "findings/rules.h"
#include "findings/words.h"

namespace affiant::findings {

StorageLists storage_lists(const policy::Declaration& said) {
  StorageLists lists;
  for (const policy::DeclaredCookie& row : said.cookies) {
    if (!is_storage_area(row.storage)) continue;
    lists.areas.insert(row.storage);
    ++lists.rows;
  }
  for (const policy::Statement& s : said.statements) {
    if (s.type != "closed-list") continue;
    const bool plain = s.polarity == "does" && !s.open_list && !s.hedged && s.exception.empty() &&
                       s.condition.empty() && s.modality == "does";
    if (!plain) {
      lists.open = true;
    } else if (has_word_start(folded(s.quote), "storage|localstorage|technolog|tracker")) {
      lists.closed.push_back(s.id);
    }
  }
  return lists;
}

std::string StorageLists::words() const {
  const std::string keys = count(rows, "key") + " of storage";
  return closed.empty() ? "names " + keys : "says that its list, with " + keys + ", is complete";
}

Drafts undeclared_storage(const Context& context) {
  const StorageLists lists = storage_lists(context.said);
  if (!lists.any()) return {};
  struct Group {
    std::set<std::string> keys;
    std::set<observe::Leaf> entries;
  };
  std::map<std::tuple<std::string, std::string, std::string>, Group> groups;
  for (const detect::StorageFact* fact : context.storage) {
    const observe::StorageItem& item = *fact->item;
    if (!is_storage_area(item.area) || !item.key || !declared_keys(context, *fact).empty())
      continue;
    Group& group = groups[{item.origin, item.area, fact->phase}];
    group.keys.insert("\"" + *item.key + "\"");
    group.entries.insert(item.entry);
  }
  Drafts out;
  for (const auto& [key, group] : groups) {
    const auto& [origin, area, phase] = key;
    const std::vector<std::string> names(group.keys.begin(), group.keys.end());
    Finding f;
    // Who lists keys of one kind may have thought of that kind alone.
    const bool other_kind = lists.closed.empty() && !lists.areas.contains(area);
    f.strength = lists.open || other_kind ? Strength::kNote : Strength::kUndeclared;
    f.title = count(names.size(), "key") + " in " + area + (names.size() == 1 ? " is" : " are") +
              " kept but not declared";
    f.explanation = "Kept for " + origin + ": " + list(names, 6) + ". The site " + lists.words() +
                    ", and none of them covers " + (names.size() == 1 ? "it." : "these.");
    if (lists.open) {
      f.explanation += " The site's words leave room for others, so this is a note.";
    } else if (other_kind) {
      f.explanation += " It lists no " + area + " at all, so this is a note.";
    }
    f.phase = phase;
    f.statements = lists.closed;
    f.entries = sorted(group.entries);
    out.push_back({"storage\n" + origin + "\n" + area, std::move(f)});
  }
  return out;
}

}  // namespace affiant::findings

#include "knowledge/layer_owners.h"

#include <array>

namespace affiant::knowledge {

std::string without_legal_form(std::string_view name) {
  constexpr std::array<std::string_view, 24> kForms = {
      "inc",         "inc.",    "llc",  "ltd", "ltd.", "limited", "corp", "corp.",
      "corporation", "company", "co",   "co.", "gmbh", "ag",      "se",   "sa",
      "s.a.",        "sas",     "b.v.", "bv",  "plc",  "pty",     "oy",   "ab"};
  std::string text = lower(name);
  for (bool shorter = true; shorter;) {
    shorter = false;
    while (text.ends_with(',') || text.ends_with(' ')) text.pop_back();
    const std::size_t space = text.find_last_of(" ,");
    if (space == std::string::npos) break;
    const std::string_view last = std::string_view(text).substr(space + 1);
    if (std::find(kForms.begin(), kForms.end(), last) == kForms.end()) break;
    text.resize(space);
    shorter = true;
  }
  return text;
}

}  // namespace affiant::knowledge

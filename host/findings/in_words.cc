#include "findings/in_words.h"

#include <algorithm>

#include "machine/machine.h"

namespace affiant::findings {

bool in_words(const policy::Declaration& said, int source) {
  return std::none_of(said.sources.begin(), said.sources.end(), [&](const policy::Source& s) {
    return s.id == source && machine::is_machine_kind(s.kind);
  });
}

bool lists_all_cookies(const policy::Declaration& said, int source) {
  return in_words(said, source) &&
         std::none_of(said.sources.begin(), said.sources.end(), [&](const policy::Source& s) {
           return s.id == source && (s.leaves_out || s.kind == "klaro");
         });
}

}  // namespace affiant::findings

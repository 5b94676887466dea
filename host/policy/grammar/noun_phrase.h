// A thing with the words that say which kind of it is meant: "tracking cookies of third parties".
// Internal to this layer. Pure.
#pragma once

#include <string>
#include <vector>

#include "policy/grammar/parser.h"

namespace affiant::policy {

// One kind of thing; "analytics or marketing cookies" are two.
struct Kind {
  std::vector<std::string> purposes;
  bool third = false, own = false, tracking = false, behaviour = false;
  bool necessary = false, unnecessary = false, persistent = false, session = false;
  bool targeted = false;
  bool named = false;  // Of somebody by name.
  bool plain() const {
    return purposes.empty() && !third && !own && !tracking && !behaviour && !necessary &&
           !unnecessary && !persistent && !session && !targeted && !named;
  }
};

struct NounPhrase {
  Hit thing;
  std::size_t first = 0, last = 0;  // Tokens, with all that qualifies the thing.
  std::vector<Kind> kinds;          // At least one.
  bool pointed = false;             // "these", "your": named elsewhere, or not the site's.
};

// Things of every kind that a site may use, in the clause's main part or its phrases, in order; one
// that qualifies another is part of it.
std::vector<NounPhrase> things_of(const Parse& p, std::size_t clause);

}  // namespace affiant::policy

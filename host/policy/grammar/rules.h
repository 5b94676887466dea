// From a parsed sentence to statements, for languages that are read by their table: one function a
// group of types, as policy/rules.h for English. Internal to this layer. Pure.
#pragma once

#include "policy/grammar/noun_phrase.h"
#include "policy/grammar/parser.h"
#include "policy/rules.h"

namespace affiant::policy::grammar {

// `r.a` is `p.a` in all of them.
NonClaim non_claim_of(const Reading& r, const Parse& p);

void read_signal(const Reading& r, const Parse& p, Statements* out);
void read_denials(const Reading& r, const Parse& p, Statements* out);
void read_uses(const Reading& r, const Parse& p, Statements* out);
// `among`: the section tells who takes part, so that a name by itself is one of them.
void read_parties(const Reading& r, const Parse& p, bool among, Statements* out);
void read_practice(const Reading& r, const Parse& p, Statements* out);
// `of_cookies`: of an item of a list, what introduces it speaks of cookies.
void read_consent(const Reading& r, const Parse& p, bool of_cookies, Statements* out);
void read_about(const Reading& r, const Parse& p, Statements* out);

// Where a phrase stands by which what is told waits for consent ("only if you" ... "agree"); npos
// when there is none.
std::size_t asks_first(const Analysis& a);
// Where the items of a list begin that the sentence introduces; npos when it introduces none.
std::size_t items_of(const Analysis& a);
// What the clause says is done only with consent is no more than that, though no "if" says so.
void wait_for_consent(const Reading& r, const Predicate* predicate, Statement* s);

// Whether the clause says plainly that the site, or somebody on it, does something.
bool acts(const Parse& p, std::size_t clause);
// The predicate that stands for the clause in statement_of(); nullptr when it has no verb.
const Predicate* predicate_of(const Parse& p, std::size_t clause);
// Whether a sentence is about what a browser stores or sends.
bool about_tracking(const Analysis& a);

}  // namespace affiant::policy::grammar

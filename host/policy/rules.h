// From an analysed sentence to statements: one function a group of types, each adding what it
// reads. Internal to this layer. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/analysis.h"
#include "policy/declaration.h"
#include "policy/outline.h"

namespace affiant::policy {

// A sentence with what stands around it.
struct Reading {
  const Document& document;
  const Sentence& sentence;
  const Analysis& a;
  const Analysis* heading = nullptr;                 // Of the section, when there is one.
  const std::vector<Statement>* previous = nullptr;  // Of the sentence before, in the same section.
  const std::vector<std::string>* signals = nullptr;  // That the sentence before speaks of.
  bool it_is_site = false;  // "It" at the beginning: the sentence before is about the site alone.
};

using Statements = std::vector<Statement>;

// What a sentence is when it claims nothing about what the site does (T26): no statement is read
// from it.
enum class NonClaim { kNone, kQuestion, kDefinition, kChoice, kControl, kRight, kLegal, kChildren };
NonClaim non_claim_of(const Reading& r);
// A clause that only says who is not answerable for what.
// "Cookies are sent to your browser by a website": what such things do everywhere, not what this
// site does with them.
bool speaks_in_general(const Analysis& a);
bool disclaims(const Analysis& a, std::size_t clause);

// An item of what a visitor may ask for: "the data that we have sold".
bool is_item_of_rights(const Reading& r);
// A label, words about words, advice to read: of data and of others it tells nothing that is done.
bool tells_no_practice(const Reading& r);
// Nothing but advice: of cookies and the like it tells nothing either.
bool only_advises(const Reading& r);

void read_signal(const Reading& r,
                 Statements* out);  // signal. Nothing else is read from such a sentence.
// Whether it is a label or an item below the name of a service, and nothing else is to be read.
bool read_named_part(const Reading& r,
                     Statements* out);                 // named-third-party, third-party-category,
                                                       // server-practice, uses-cookies
void read_denials(const Reading& r, Statements* out);  // All that a site says it does not do.
void read_lists(const Reading& r, Statements* out);    // Called by read_uses().
void read_uses(const Reading& r,
               Statements* out);  // uses-cookies, cookie-category, only-necessary, other-storage,
                                  // beacon-or-fingerprint, lifetime, closed-list
void read_parties(
    const Reading& r,
    Statements* out);  // named-third-party, third-party-category, behavioural-tracking, advertising
void read_practice(const Reading& r,
                   Statements* out);  // sale-or-sharing, server-practice, cookie-content
void read_collection(
    const Reading& r,
    Statements* out);  // server-practice, third-party-category: who gets which data
bool read_asked_for(const Reading& r, Statements* out);  // These two are called by
bool read_agreed_to(const Reading& r, Statements* out);  // read_collection(); whether one was read.
void read_consent(const Reading& r, Statements* out);    // consent, opt-out-link
void read_about(const Reading& r, Statements* out);      // scope, policy-itself

// Whether what is done with cookies or the like depends on consent: "only set after you accept",
// "not loaded unless you enable this".
// `about_them`: what the sentence speaks of ("they") are cookies or the like.
bool waits_for_consent(const Analysis& a, bool about_them = false);
// "Analytics cookies are turned off by default": nothing in it is done until somebody wants it.
bool is_off_by_default(const Analysis& a);

// A statement of the sentence with what holds for every type filled in: quotation and span,
// condition, exception, hedge, open list, purposes, modality of the predicate (none: "does").
Statement statement_of(const Reading& r, std::string_view type, const Predicate* predicate);

// Of a sentence that names no subject ("No cookies are set"), the service that is spoken of: named
// in the sentence before or in the heading. Empty when there is none.
std::string tool_spoken_of(const Reading& r);
// Named in the sentence before, whatever this one speaks of.
std::string tool_spoken_of_before(const Reading& r);

// "Data that our partners share with us", "never transmitted to our servers": nobody else gets it.
bool goes_to_us(const Analysis& a, const Predicate& p);

// "On forum.example.org", "In our mobile app": the heading, when it says where its section holds.
std::string section_place(const Reading& r);

// "Visitors' addresses are stored", but not "you are recorded as ...": said of data.
bool is_of_visitors(const Analysis& a, const Predicate& p);

// "An alternative to Example", "instead of Example": whoever is compared with takes no part.
bool is_compared(const Analysis& a, const Hit& name);

bool has_word(const Analysis& a, std::string_view word);
// Whether a statement of the type stands in `out` already.
bool has_type(const Statements& out, std::string_view type);
// Adds it unless one of the same type and polarity stands there already.
void add_once(Statements* out, Statement statement);
bool contains(const std::vector<std::string>& list, std::string_view item);

}  // namespace affiant::policy

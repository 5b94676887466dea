// A sentence taken apart: clauses, what is denied in them, conditions, exceptions, purposes.
// Internal to this layer. Pure; linear in the sentence.
//
// The grammar is shallow on purpose. What it cannot place it leaves marked as such, and a rule that
// reads a denial wants every part of it placed.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "policy/lexicon.h"

namespace affiant::policy {

enum class Role : std::uint8_t {
  kMain,
  kCondition,  // "if ...", "when ..."
  kException,  // "except ...", "unless ..."
  kPurpose,    // "to measure ...", "in order to ..."
  kRelative,   // "which ...", "that ..."
  kAside,      // In brackets.
};

enum class Polarity : std::uint8_t { kPlain, kDenied, kUnclear };

struct Predicate {
  Tag verb = Tag::kUse;
  std::size_t at = 0, end = 0;  // Tokens.
  std::size_t clause = 0;
  Role role = Role::kMain;
  Polarity polarity = Polarity::kPlain;
  bool passive = false;
  bool may = false;
};

enum class Subject : std::uint8_t { kNone, kWe, kThird, kYou, kCookie, kOther };

struct Clause {
  std::size_t first = 0, last = 0;  // Tokens.
  Subject subject = Subject::kNone;
  std::string_view subject_vendor;  // Kind of vendor, when the subject is a named one.
};

struct Analysis {
  std::vector<Token> tokens;
  std::vector<Hit> hits;
  std::vector<Role> role;             // By token.
  std::vector<std::uint32_t> clause;  // By token.
  std::vector<TagSet> tags;           // By token: of every hit that covers it.
  std::vector<Clause> clauses;
  std::vector<Predicate> predicates;
  bool question = false;
  bool too_long = false;  // Above limits::kEnglishTokens: it has no tokens.

  std::size_t size() const { return tokens.size(); }
  std::string_view word(std::size_t i) const {  // Empty behind the end.
    return i < tokens.size() ? std::string_view(tokens[i].word) : std::string_view();
  }
  bool at(std::size_t token, Tag tag) const {
    return token < tags.size() && tags[token].test(index_of(tag));
  }
  // Whether a hit of the tag begins in [from, to); npos or the token where the first one begins.
  bool has(Tag tag, std::size_t from = 0, std::size_t to = npos) const {
    return find(tag, from, to) != npos;
  }
  std::size_t find(Tag tag, std::size_t from = 0, std::size_t to = npos) const;
  bool has_main(Tag tag, std::size_t clause_index) const;
  // The values of all hits of the tag in [from, to), each once, in order of appearance.
  std::vector<std::string> values(Tag tag, std::size_t from = 0, std::size_t to = npos) const;
  // The document's words from the first to before the last token.
  std::string words(std::string_view document, std::size_t from, std::size_t to) const;
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
};

// `own`: folded names that the site itself goes by; a vendor of such a name is "we".
using OwnNames = std::set<std::string>;
Analysis analyse(std::string_view document, std::size_t start, std::size_t end,
                 const Lexicon& lexicon, const OwnNames& own = {});

}  // namespace affiant::policy

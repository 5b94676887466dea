#include "policy/tags.h"

#include <array>

namespace affiant::policy {
namespace {

// In the order of enum Tag.
constexpr auto kNames = std::to_array<std::string_view>({
    "we",           "our",         "site",
    "you",          "your",        "third",
    "cookie",       "flash",       "storage",
    "beacon",       "fingerprint", "replay",
    "tracker",      "tracking",    "behaviour",
    "ad",           "targeted",    "content",
    "signal",       "necessary",   "unnecessary",
    "persistent",   "sessionlong", "firstparty",
    "only",         "use",         "set",
    "allow",        "share",       "sell",
    "collect",      "track",       "embed",
    "serve",        "honour",      "alter",
    "expire",       "be",          "do",
    "will",         "may",         "not",
    "no",           "without",     "mask",
    "hedge",        "openlist",    "if",
    "unless",       "except",      "purposemark",
    "anaphora",     "relative",    "but",
    "purpose",      "data",        "tls",
    "definition",   "control",     "choice",
    "right",        "legal",       "legalsharing",
    "merger",       "children",    "affiliatesonly",
    "consent",      "byusing",     "asksfirst",
    "optout",       "optlink",     "policyword",
    "reachable",    "updated",     "authoritative",
    "alias",        "appliesto",   "anonymousvisit",
    "regardless",   "closedlist",  "openended",
    "asking",       "leadin",      "operator",
    "yes",          "nope",        "vendor",
    "ne",           "restrict",    "and",
    "or",           "nor",         "det",
    "filler",       "of",          "place",
    "agent",        "with",        "for",
    "impersonal",   "exist",       "avoid",
    "pointer",      "pronoun",     "because",
    "abbreviation", "elision",     "trait",
    "cue",          "wall",        "ipmask",
    "rejected",     "works",       "instead",
    "ask",
});
static_assert(kNames.size() == static_cast<std::size_t>(Tag::kCount));

}  // namespace

std::optional<Tag> tag_named(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<Tag>(i);
  }
  return std::nullopt;
}

}  // namespace affiant::policy

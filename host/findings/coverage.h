// Whether, and how clearly, the declaration tells of a third party. Internal to this layer.
//
// After PoliCheck's disclosure types, reduced to what a deterministic reader can stand for: named;
// named for something else; covered by a statement about the kind of party and its purpose; by its
// purpose alone; by "third parties" alone; not at all.
#pragma once

#include <string>
#include <vector>

#include "findings/context.h"

namespace affiant::findings {

enum class Grade {
  kNamed,            // By product, owner, alias or parent.
  kMentioned,        // In the text, though in no statement we read.
  kPartyAndPurpose,  // "third-party services that analyse": F6 grade 1.
  kPurpose,          // "analytics cookies": F6 grade 2.
  kThirdParties,     // "third parties": F6 grade 3.
  kOwnerOnly,  // Not covered, but the owner is named for another product or purpose: F6, said so.
  kNone,
};

struct Coverage {
  Grade grade = Grade::kNone;
  std::vector<const policy::Statement*> statements;  // Those that give the grade.
  std::vector<const policy::Statement*>
      named_for_other;        // Name the owner for another product or purpose.
  std::string owner_in_text;  // The name of it, or of its owner, that stands somewhere in the text;
                              // else empty.
};

Coverage coverage_of(const ThirdParty& party, const Context& context);
// The same by its statements alone, and without those that are left out.
Coverage coverage_without(const ThirdParty& party, const Context& context,
                          const std::vector<const policy::Statement*>& left_out);

// Purposes of a statement: as read, or, where none was read, by the plain words of its quotation.
std::vector<std::string> purposes_of(const policy::Statement& statement);
// Whether a statement's purpose can mean a vendor of this category.
bool purpose_fits(std::string_view purpose, std::string_view vendor_category);
// How closely a statement names a party: another product of the same owner, its owner, or itself.
// For an owner with one product ("Mixpanel") owner and product are the same.
enum class NameMatch { kNone, kSibling, kOwner, kProduct };
NameMatch names_party(const policy::Statement& statement, const ThirdParty& party);
// Whether the policy also names the party, or its owner, elsewhere than in these sentences.
bool is_named_beside(const ThirdParty& party, const Context& context,
                     const std::vector<const policy::Statement*>& sentences);

}  // namespace affiant::findings

// F6: a third party that the policy covers by its kind only. Three grades, the first telling most:
// kind and purpose; purpose or category alone; "third parties" alone. Measured on 103 policies,
// nine of ten pairs of policy and tracker end here: it is graded, and never called a violation.
#include "findings/coverage.h"
#include "findings/rules.h"
#include "findings/words.h"

namespace affiant::findings {
namespace {

constexpr std::size_t kMostStatements = 5;

std::string graded(const Coverage& coverage, const ThirdParty& party) {
  const std::string quote =
      coverage.statements.empty() ? "" : quotation(coverage.statements.front()->quote);
  switch (coverage.grade) {
    case Grade::kPartyAndPurpose:
      return "The policy does not name it here; the words that cover it best, " + quote +
             ", tell of third parties and of a purpose that fits (grade: category and purpose).";
    case Grade::kPurpose:
      return "The policy does not name it here; the words that cover it best, " + quote +
             ", tell of the purpose, not of who else is involved (grade: category).";
    case Grade::kThirdParties:
      return "The policy does not name it here; the words that cover it best, " + quote +
             ", tell of third parties and of no purpose that fits (grade: third parties).";
    default:
      return "The policy names " +
             (coverage.owner_in_text.empty() ? party.owner : quotation(coverage.owner_in_text)) +
             ", but not for this service, and no other words of it cover this one.";
  }
}

}  // namespace

Drafts vague_disclosure(const Context& context) {
  if (!context.said.is_policy) return {};
  Drafts out;
  for (const ThirdParty& party : context.parties) {
    const Coverage coverage = coverage_of(party, context);
    if (coverage.grade == Grade::kNamed || coverage.grade == Grade::kMentioned ||
        coverage.grade == Grade::kNone)
      continue;
    Finding f;
    f.strength = Strength::kVague;
    f.title = "The policy only hints at " + party.name();
    f.explanation = party.contacted() +
                    (party.category.empty() ? "" : " (" + party.category + ")") + ". " +
                    graded(coverage, party);
    if (!coverage.named_for_other.empty() && coverage.grade != Grade::kOwnerOnly) {
      f.explanation += " It names " + party.owner + " for something else: " +
                       sentence(quotation(coverage.named_for_other.front()->quote, 120));
    }
    for (const policy::Statement* s : coverage.statements) {
      if (f.statements.size() < kMostStatements) f.statements.push_back(s->id);
    }
    for (const policy::Statement* s : coverage.named_for_other) f.statements.push_back(s->id);
    f.phase = party.phase;
    f.entries = sorted(party.entries);
    out.push_back({party.name(), std::move(f)});
  }
  return out;
}

}  // namespace affiant::findings

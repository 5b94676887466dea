#include "findings/catalogue.h"

namespace affiant::findings {
namespace {

constexpr RuleInfo kCatalogue[] = {
    {1, "contradicted-denial", "Something that the site denies was seen."},
    {2, "internal-contradiction", "The site says and denies the same."},
    {4, "undeclared-cookie", "A cookie was stored that the site's lists of cookies do not hold."},
    {5, "undeclared-third-party", "A third party answered that the policy names nowhere."},
    {6, "vague-disclosure", "A third party answered that only general words of the policy cover."},
    {7, "lifetime-exceeds", "A cookie is kept for longer than declared."},
    {8, "lifetime-shorter", "A cookie that is declared to stay ends with the session."},
    {9, "purpose-mismatch", "A cookie is declared for another purpose than its vendor documents."},
    {10, "contradictory-declaration", "One cookie is declared with two purposes or lifetimes."},
    {11, "unclassified-cookie", "A cookie was set that is listed without a purpose."},
    {12, "set-before-consent", "Cookies that need consent were stored before any choice."},
    {13, "kept-after-reject", "Cookies that need consent were stored after a refusal."},
    {14, "signal-ignored", "Trackers were seen although Global Privacy Control was sent."},
    {15, "condition-exceeded", "A third party was contacted outside of the case it is named for."},
    {16, "wrong-party", "A cookie is declared as the site's own, and another party gets it."},
    {17, "undeclared-storage", "Something was stored in the browser that the site does not list."},
    {17, "undeclared-technique",
     "A script tells browsers apart, and no word of the policy says so."},
    {18, "personal-data-leak", "Something personal stood in a request to a third party."},
    {19, "declared-not-seen", "Something declared was not seen."},
    {20, "policy-missing", "There is no policy, or none that can be read."},
};

}  // namespace

std::span<const RuleInfo> catalogue() { return kCatalogue; }

}  // namespace affiant::findings

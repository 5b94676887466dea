#include "detect/cookie_forms.h"

#include <algorithm>

#include "detect/identifier.h"
#include "detect/thresholds.h"

namespace affiant::detect {

static_assert(kSharedTokenBytes >= ValueForms::kLeastBytes);

CookieForms::CookieForms(const Facts& facts, const site::SiteTable& sites) {
  sites_.resize(facts.cookies.size());
  for (std::size_t i = 0; i < facts.cookies.size(); ++i) {
    const CookieFact& cookie = facts.cookies[i];
    if (!cookie.story.value || !cookie.identifier_like) continue;
    sites_[i] = sites.registrable_domain(cookie.story.domain);
    std::vector<std::string> pieces;
    double bits = 0;
    for (std::string& token : identifying_tokens(*cookie.story.value, 0)) {
      const double carried = token_bits(token);
      bits += carried;
      if (token.size() >= kSharedTokenBytes && carried > kSharedTokenBits)
        pieces.push_back(std::move(token));
    }
    if (bits <= kSharedTokenBits) continue;
    if (cookie.story.value->size() >= kSharedTokenBytes) pieces.push_back(*cookie.story.value);
    std::sort(pieces.begin(), pieces.end());
    pieces.erase(std::unique(pieces.begin(), pieces.end()), pieces.end());
    for (const std::string& piece : pieces) forms_.add(piece, i);
  }
}

}  // namespace affiant::detect

// Whatever the bytes and whoever they are said to be of: data is read or refused, every quotation
// is the data's own words, every name from the closed lists, and the same data reads the same
// twice.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/bytes.h"
#include "consent/consent.h"
#include "policy/declaration_json.h"

namespace {

using namespace affiant;

constexpr std::array<std::string_view, 10> kManagers = {
    "cookiebot", "onetrust",  "termly",    "usercentrics", "didomi",
    "klaro",     "complianz", "cookieyes", "osano",        "iubenda"};

void check(const policy::Declaration& said) {
  if (said.sources.size() != 1) std::abort();
  const std::string_view text = said.sources.front().text;
  if (find_invalid_utf8(text) != std::string_view::npos) std::abort();
  for (const policy::DeclaredCookie& c : said.cookies) {
    if (c.pattern.empty() || c.start > c.end || c.end > text.size()) std::abort();
    if (c.pattern.find_first_not_of('*') == std::string::npos) std::abort();
    if (c.quote != text.substr(c.start, c.end - c.start)) std::abort();
    if (c.lifetime_s && (*c.lifetime_s < 0 || c.session_cookie)) std::abort();
    constexpr std::array<std::string_view, 6> kCategories = {
        "necessary", "functional", "analytics", "advertising", "social", "unclassified"};
    if (std::find(kCategories.begin(), kCategories.end(), c.category) == kCategories.end())
      std::abort();
  }
  for (const policy::Statement& s : said.statements) {
    if (s.type != "named-third-party" || s.parties.size() != 1 || s.parties[0].empty())
      std::abort();
    if (s.start >= s.end || s.quote != text.substr(s.start, s.end - s.start)) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  std::string_view manager = kManagers[data[0] % kManagers.size()];
  if (const auto known = consent::manager_of("", bytes); known && data[0] % 2 == 0)
    manager = *known;
  const auto said = consent::read_consent_data(manager, bytes, {});
  if (!said) {
    if (said.error().message.empty()) std::abort();
    return 0;
  }
  check(*said);
  const auto again = consent::read_consent_data(manager, bytes, {});
  // dump() throws on text that is not UTF-8.
  if (!again || policy::declaration_json(*said).dump() != policy::declaration_json(*again).dump())
    std::abort();
  return 0;
}

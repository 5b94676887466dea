// Whatever the bytes, read as every kind: each quotation is the text's own, every name from the
// closed lists, twice the same; and a file that is recognised is read or refused with a reason.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/bytes.h"
#include "machine/machine.h"
#include "machine/tc_string.h"
#include "policy/declaration_json.h"

namespace {

using namespace affiant;

template <std::size_t N>
void one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  if (std::find(words.begin(), words.end(), word) == words.end()) std::abort();
}

void check(const policy::Declaration& declaration, std::string_view kind) {
  if (declaration.sources.size() != 1 || declaration.is_policy) std::abort();
  if (declaration.sources.front().kind != kind) std::abort();
  const std::string& text = declaration.sources.front().text;
  for (const policy::Statement& s : declaration.statements) {
    if (s.start >= s.end || s.end > text.size()) std::abort();
    if (s.quote != text.substr(s.start, s.end - s.start)) std::abort();
    one_of<2>(s.polarity, {"does", "does-not"});
    one_of<4>(s.modality, {"does", "may", "if", "unless"});
    one_of<3>(s.subject, {"we", "third-party", "user"});
    one_of<3>(s.observable, {"yes", "partly", "no"});
    // No denial that a rule could hold against a site comes of such a file.
    one_of<8>(s.type, {"signal", "consent", "scope", "named-third-party", "cookie-category",
                       "sale-or-sharing", "server-practice", "policy-itself"});
    if (s.type == "named-third-party" && (s.modality != "may" || s.polarity != "does"))
      std::abort();
    if (s.type == "cookie-category" && s.polarity != "does") std::abort();
  }
  for (const policy::DeclaredCookie& c : declaration.cookies) {
    if (c.pattern.empty() || c.start >= c.end || c.end > text.size()) std::abort();
    if (c.quote != text.substr(c.start, c.end - c.start)) std::abort();
    one_of<6>(c.category,
              {"necessary", "functional", "analytics", "advertising", "social", "unclassified"});
    if (c.lifetime_s && *c.lifetime_s <= 0) std::abort();
  }
  for (const std::string& words : declaration.unread)
    if (find_invalid_utf8(words) != std::string_view::npos) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const std::string_view kind : {"gpc.json", "dnt-policy", "iab-disclosure", "tcf", "p3p",
                                      "ads.txt", "sellers.json", "related-website-set"}) {
    const auto read = machine::read_machine_file(kind, bytes, {});
    if (!read) {
      if (read.error().message.empty()) std::abort();
      continue;
    }
    check(*read, kind);
    const auto again = machine::read_machine_file(kind, bytes, {});
    if (policy::declaration_json(*read).dump() != policy::declaration_json(*again).dump())
      std::abort();
  }
  const auto kind = machine::machine_kind_of("file", bytes);
  if (kind && !machine::is_machine_kind(*kind)) std::abort();
  if (const auto tc = machine::decode_tc_string(bytes)) {
    if (machine::tc_summary(*tc).empty()) std::abort();
  }
  return 0;
}

// Whatever the text: every quotation is the document's own words, every name from the closed lists,
// the same document reads the same twice, and merging loses nothing.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/bytes.h"
#include "policy/declaration.h"
#include "policy/declaration_json.h"
#include "policy/document.h"

namespace {

using namespace affiant;

template <std::size_t N>
void one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  if (std::find(words.begin(), words.end(), word) == words.end()) std::abort();
}

void check(const policy::Document& document, const policy::Declaration& declaration) {
  for (const policy::Statement& s : declaration.statements) {
    if (s.start >= s.end || s.end > document.text.size()) std::abort();
    if (s.quote != document.text.substr(s.start, s.end - s.start)) std::abort();
    one_of<2>(s.polarity, {"does", "does-not"});
    one_of<4>(s.modality, {"does", "may", "if", "unless"});
    one_of<4>(s.subject, {"we", "third-party", "user", "anyone"});
    one_of<3>(s.observable, {"yes", "partly", "no"});
    for (const auto* words : {&s.scope, &s.condition, &s.exception})
      if (find_invalid_utf8(*words) != std::string_view::npos) std::abort();
  }
  for (const policy::DeclaredCookie& c : declaration.cookies) {
    if (c.pattern.empty() || c.start > c.end || c.end > document.text.size()) std::abort();
    if (c.quote != document.text.substr(c.start, c.end - c.start)) std::abort();
    one_of<6>(c.category,
              {"necessary", "functional", "analytics", "advertising", "social", "unclassified"});
    if (c.lifetime_s && *c.lifetime_s < 0) std::abort();
  }
  if (declaration.not_observable < 0) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto document = policy::read_document(bytes, policy::guess_format("-", bytes), "fuzz");
  if (!document) return 0;
  const policy::Declaration once = policy::read_policy(*document, {});
  check(*document, once);
  // dump() throws on text that is not UTF-8.
  const std::string first = policy::declaration_json(once).dump();
  if (first != policy::declaration_json(policy::read_policy(*document, {})).dump()) std::abort();
  const policy::Declaration both = policy::merge({once, once});
  if (both.statements.size() != 2 * once.statements.size()) std::abort();
  if (both.cookies.size() != 2 * once.cookies.size()) std::abort();
  return 0;
}

#include "report/declared_file.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "consent/consent.h"
#include "machine/machine.h"
#include "policy/document.h"

namespace affiant::report {
namespace {

using policy::Declaration;
using policy::DeclaredCookie;

constexpr std::size_t kAlike = 64;  // Rows of one name that are held against a row: more is noise.

// A text about consent managers shows their settings as examples.
std::optional<std::string_view> manager_of(std::string_view bytes, std::string_view name,
                                           policy::Format format, const policy::Source& source) {
  for (const std::string_view ending : {".md", ".markdown", ".txt"}) {
    if (name.ends_with(ending)) return std::nullopt;
  }
  if (format == policy::Format::kBlocks) return std::nullopt;
  return consent::manager_of(source.url, bytes);
}

// Whether `a` says all that `b` says, and nothing else instead.
bool says_all_of(const DeclaredCookie& a, const DeclaredCookie& b) {
  const bool category = b.category == "unclassified" || a.category == b.category;
  const bool timed = b.lifetime_s.has_value() || b.session_cookie;
  const bool lifetime =
      !timed || (a.lifetime_s == b.lifetime_s && a.session_cookie == b.session_cookie);
  return category && lifetime && (b.provider.empty() || !a.provider.empty());
}

using Key = std::pair<std::string_view, std::string_view>;

Key key_of(const DeclaredCookie& row) { return {row.pattern, row.storage}; }

// Takes out of `rows` what some row of `others` says as well.
void drop_repeated(std::vector<DeclaredCookie>* rows, const std::vector<DeclaredCookie>& others) {
  std::map<Key, std::vector<const DeclaredCookie*>> by_key;
  for (const DeclaredCookie& other : others) {
    auto& alike = by_key[key_of(other)];
    if (alike.size() < kAlike) alike.push_back(&other);
  }
  std::erase_if(*rows, [&](const DeclaredCookie& row) {
    const auto alike = by_key.find(key_of(row));
    return alike != by_key.end() &&
           std::any_of(alike->second.begin(), alike->second.end(),
                       [&](const DeclaredCookie* other) { return says_all_of(*other, row); });
  });
}

// The manager's rows know what the page's tables cannot (the container, the order of the cells), so
// of equals they stay.
Declaration with_managers_part(Declaration said, Declaration told) {
  if (told.cookies.empty() && told.statements.empty()) return said;
  drop_repeated(&said.cookies, told.cookies);
  drop_repeated(&told.cookies, said.cookies);
  std::vector<Declaration> parts;
  parts.push_back(std::move(said));
  parts.push_back(std::move(told));
  return policy::merge(std::move(parts));
}

}  // namespace

Result<Declaration> declared_in_bytes(std::string_view bytes, std::string_view name,
                                      policy::Source source) {
  const std::string_view called = source.url.empty() ? name : std::string_view(source.url);
  if (const auto kind = machine::machine_kind_of(called, bytes))
    return machine::read_machine_file(*kind, bytes, source);
  const policy::Format format = policy::guess_format(name, bytes);
  const auto manager = manager_of(bytes, name, format, source);
  const bool page = format == policy::Format::kHtml;
  std::optional<Result<Declaration>> told;
  if (manager) told = consent::read_consent_data(*manager, bytes, source);
  if (told && !page) {
    if (!*told) return fail(told->error().code, "{}: {}", printable(name), told->error().message);
    return std::move(*told);
  }
  AFFIANT_TRY(const policy::Document document, policy::read_document(bytes, format, name));
  Declaration said = policy::read_policy(document, source);
  if (!told) return said;
  if (!*told) {
    said.unread.push_back(told->error().message);
    return said;
  }
  return with_managers_part(std::move(said), std::move(**told));
}

}  // namespace affiant::report

// R8, CNAME cloaking: Dimova et al., "The CNAME of the Game", 2021, section 3.1.1: a host of the
// site's own that stands for a name under another registrable domain. Whose that is, and whether he
// tracks, the table of vendors says; a content network behind an alias is no tracker.
#include <fmt/format.h>

#include <map>
#include <set>

#include "detect/rules.h"
#include "knowledge/layer.h"

namespace affiant::detect {

namespace {

void add(const std::string& host, std::string detail, std::uint64_t entry, Techniques* out) {
  out->push_back({"cname", std::nullopt, host, std::nullopt, std::move(detail), {entry}});
}

std::string of_vendor(const knowledge::Vendor* vendor, std::string_view otherwise) {
  if (vendor != nullptr) return fmt::format(" of {}", vendor->owner);
  return otherwise.empty() ? std::string() : fmt::format(" of {}", otherwise);
}

// Names that a list of the user's has for the vendor of an alias are his; ours where we know him.
std::string of_alias(const knowledge::Alias& alias) {
  const knowledge::Vendor* vendor =
      alias.target.empty() ? nullptr : knowledge::find_vendor(alias.target);
  if (vendor == nullptr && !alias.vendor.empty()) vendor = knowledge::vendor_by_name(alias.vendor);
  return of_vendor(vendor, alias.vendor);
}

}  // namespace

void cname_cloaking(const Facts& facts, const site::SiteTable& sites, Techniques* out) {
  std::set<std::string_view> own;
  std::map<std::string_view, std::uint64_t> asked;  // Other than for a page; with the first entry.
  for (const RequestFact& r : facts.requests) {
    if (r.party != site::Party::kFirst || !r.of_visit) continue;
    own.insert(r.request->host);
    if (r.request->type != "main_frame") asked.try_emplace(r.request->host, r.request->entry);
  }
  std::set<std::string_view> named;  // The browser told what they stand for.
  for (const observe::HostAddress& a : facts.seen.addresses) {
    if (a.canonical.empty() || !own.contains(a.host)) continue;
    named.insert(a.host);
    const std::string target = sites.registrable_domain(a.canonical);
    if (target.empty() || target == sites.registrable_domain(a.host)) continue;
    const knowledge::Alias* alias = knowledge::find_alias(a.host);
    const knowledge::Vendor* vendor = knowledge::find_vendor(a.canonical);
    add(a.host,
        fmt::format(
            "{} stands for {}{}", a.host, a.canonical,
            vendor == nullptr && alias != nullptr ? of_alias(*alias) : of_vendor(vendor, "")),
        a.entry, out);
  }
  // Chromium tells no names. A list of the user's may have the host: that is what it says, not
  // what was seen.
  for (const auto& [host, entry] : asked) {
    const knowledge::Alias* alias = named.contains(host) ? nullptr : knowledge::find_alias(host);
    if (alias == nullptr) continue;
    const std::string target =
        alias->target.empty() ? std::string("a name") : std::string(alias->target);
    add(std::string(host),
        fmt::format("{} stands for {}{}, as {} has it", host, target, of_alias(*alias),
                    alias->layer),
        entry, out);
  }
}

}  // namespace affiant::detect

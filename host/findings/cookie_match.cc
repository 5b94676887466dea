#include "findings/cookie_match.h"

#include <algorithm>

#include "findings/words.h"

namespace affiant::findings {
namespace {

bool same_owner(std::string_view host, const detect::CookieFact& cookie) {
  const knowledge::Vendor* vendor = knowledge::find_vendor(host);
  if (vendor == nullptr) return false;
  const knowledge::Vendor* of_domain = knowledge::find_vendor(cookie.story.domain);
  return vendor->owner == cookie.owner ||
         (of_domain != nullptr && of_domain->owner == vendor->owner);
}

bool host_fits(const Context& context, const policy::DeclaredCookie& row,
               const detect::CookieFact& cookie) {
  const std::vector<std::string> hosts = provider_hosts(row.provider);
  if (hosts.empty()) return true;
  std::string_view domain = cookie.story.domain;
  while (domain.starts_with('.')) domain.remove_prefix(1);
  const std::string site = context.sites.registrable_domain(domain);
  const std::string setter = cookie.story.set_by_host.empty()
                                 ? ""
                                 : context.sites.registrable_domain(cookie.story.set_by_host);
  return std::any_of(hosts.begin(), hosts.end(), [&](const std::string& host) {
    const std::string declared_site = context.sites.registrable_domain(host);
    return declared_site == site || declared_site == setter ||
           domain.find(host) != std::string_view::npos || same_owner(host, cookie) ||
           (cookie.party == site::Party::kFirst && context.is_own(host));
  });
}

}  // namespace

std::vector<std::string> provider_hosts(std::string_view provider) {
  std::vector<std::string> hosts;
  std::string token;
  const auto take = [&] {
    std::string_view host = token;
    for (const std::string_view scheme : {"https://", "http://"}) {
      if (host.starts_with(scheme)) host.remove_prefix(scheme.size());
    }
    host = host.substr(0, host.find_first_of("/?#:"));
    while (host.starts_with('.')) host.remove_prefix(1);
    if (host.starts_with("www.")) host.remove_prefix(4);
    while (host.ends_with('.')) host.remove_suffix(1);
    const std::size_t dot = host.rfind('.');
    // "Inc." and "e.g." are no hosts: a top-level domain has at least two letters and what precedes
    // it is not empty.
    const bool plausible =
        dot != std::string_view::npos && dot > 0 && host.size() - dot > 2 &&
        host.find('@') == std::string_view::npos &&
        std::all_of(host.begin() + static_cast<std::ptrdiff_t>(dot) + 1, host.end(),
                    [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
    if (plausible) hosts.emplace_back(host);
    token.clear();
  };
  for (const char c : provider) {
    if (std::string_view(" \t\r\n,;|()[]<>\"'").find(c) != std::string_view::npos) {
      take();
    } else {
      token += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  take();
  return hosts;
}

bool masks_everything(std::string_view pattern) {
  return pattern.find_first_not_of('*') == std::string_view::npos;
}

bool keeps_opt_out(const knowledge::KnownCookie& cookie) {
  const std::string purpose = folded(cookie.purpose);
  return purpose.find("opt-out") != std::string::npos ||
         purpose.find("opt out") != std::string::npos;
}

bool declares_cookie(const policy::DeclaredCookie& row) {
  return row.storage == "cookie" || row.storage == "pixel" || row.storage.empty();
}

std::vector<int> declared_rows(const Context& context, const detect::CookieFact& cookie) {
  std::vector<int> rows;
  for (std::size_t i = 0; i < context.said.cookies.size(); ++i) {
    const policy::DeclaredCookie& row = context.said.cookies[i];
    if (masks_everything(row.pattern) || !policy::pattern_matches(row.pattern, cookie.story.name))
      continue;
    if (host_fits(context, row, cookie)) rows.push_back(static_cast<int>(i));
  }
  return rows;
}

bool is_declared_own(const Context& context, const policy::DeclaredCookie& row) {
  const std::vector<std::string> hosts = provider_hosts(row.provider);
  if (!hosts.empty())
    return std::all_of(hosts.begin(), hosts.end(),
                       [&](const std::string& host) { return context.is_own(host); });
  const std::string provider = folded(row.provider);
  return (has_phrase(provider, "first party") || has_phrase(provider, "first-party") ||
          has_phrase(provider, "1st party")) &&
         !has_word_start(provider, "third|3rd");
}

std::vector<int> rows_as_own(const Context& context, const detect::CookieFact& cookie) {
  std::vector<int> rows;
  if (cookie.party != site::Party::kThird) return rows;
  for (std::size_t i = 0; i < context.said.cookies.size(); ++i) {
    const policy::DeclaredCookie& row = context.said.cookies[i];
    if (!declares_cookie(row) || masks_everything(row.pattern) ||
        !policy::pattern_matches(row.pattern, cookie.story.name))
      continue;
    if (!is_declared_own(context, row)) return {};
    rows.push_back(static_cast<int>(i));
  }
  // Two cookies may bear one name: then the row means the site's.
  const bool site_has_it = std::any_of(
      context.stored.begin(), context.stored.end(), [&](const detect::CookieFact* other) {
        return other->party == site::Party::kFirst && other->story.name == cookie.story.name;
      });
  return site_has_it ? std::vector<int>{} : rows;
}

std::vector<int> most_exact(const Context& context, std::vector<int> rows) {
  const auto pattern = [&](int row) -> std::string_view {
    return context.said.cookies[static_cast<std::size_t>(row)].pattern;
  };
  const auto rank = [&](int row) {
    const bool mask = pattern(row).find('*') != std::string_view::npos;
    return std::pair<bool, std::size_t>(!mask, mask ? pattern(row).size() : 0);
  };
  if (rows.empty()) return rows;
  const auto best = rank(
      *std::max_element(rows.begin(), rows.end(), [&](int a, int b) { return rank(a) < rank(b); }));
  std::erase_if(rows, [&](int row) { return rank(row) != best; });
  return rows;
}

}  // namespace affiant::findings

#include <algorithm>
#include <array>
#include <unordered_map>

#include "knowledge/knowledge.h"
#include "knowledge/tables.h"

namespace affiant::knowledge {
namespace {

// "-" is not documented, "session" none; otherwise a whole number and a unit. A month is 30 days
// and a year 365, as the published comparisons of declared lifetimes have it (facts: CookieBlock
// method 3).
std::int64_t parse_lifetime(std::string_view text) {
  if (text == "session") return 0;
  std::int64_t number = 0;
  std::size_t at = 0;
  while (at < text.size() && at < 9 && text[at] >= '0' && text[at] <= '9')
    number = number * 10 + (text[at++] - '0');
  if (at == 0 || at + 1 != text.size()) return -1;
  constexpr std::int64_t kDay = 86'400;
  switch (text[at]) {
    case 'm':
      return number * 60;
    case 'h':
      return number * 3'600;
    case 'd':
      return number * kDay;
    case 'w':
      return number * 7 * kDay;
    case 'M':
      return number * 30 * kDay;
    case 'y':
      return number * 365 * kDay;
    default:
      return -1;
  }
}

// Glob with '*' only; linear in practice and never worse than pattern times name.
bool matches(std::string_view pattern, std::string_view name) {
  std::size_t p = 0, n = 0, star = std::string_view::npos, mark = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      mark = n;
    } else if (p < pattern.size() && pattern[p] == name[n]) {
      ++p, ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++mark;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

bool confined_to(std::string_view domains, std::string_view domain) {
  if (domains.empty()) return true;
  while (domain.starts_with('.')) domain.remove_prefix(1);
  const std::string host = "." + lower(domain);
  for (const std::string_view allowed : split(domains, '|')) {
    const std::string dotted = "." + std::string(allowed);
    if (allowed.find('.') != std::string_view::npos) {
      if (host.ends_with(dotted)) return true;
      continue;
    }
    // A bare label: ".google.de", ".www.google.co.uk", never ".google.evil.example".
    const std::size_t at = host.find(dotted + ".");
    if (at == std::string::npos) continue;
    const std::string_view rest = std::string_view(host).substr(at + dotted.size() + 1);
    const std::size_t labels =
        static_cast<std::size_t>(std::count(rest.begin(), rest.end(), '.')) + 1;
    const std::size_t last =
        rest.size() - (rest.rfind('.') == std::string_view::npos ? 0 : rest.rfind('.') + 1);
    if (labels == 1 || (labels == 2 && rest.find('.') <= 3 && last == 2)) return true;
  }
  return false;
}

struct CookieTable {
  std::unordered_multimap<std::string_view, std::size_t> exact;
  std::vector<KnownCookie> rows;
  // By the first letter; in the first list those that begin with their '*'. The longest pattern
  // first in each, so that the most specific wins.
  std::array<std::vector<std::size_t>, 256> masks;
};

std::size_t list_of(std::string_view pattern) {
  return pattern.starts_with('*') || pattern.empty() ? 0
                                                     : static_cast<unsigned char>(pattern.front());
}

CookieTable load() {
  CookieTable table;
  for (const Row& row : parse_rows(k_cookies_table.text, 7)) {
    const std::size_t at = table.rows.size();
    table.rows.push_back({row[0], row[2], row[3], row[4], row[6], parse_lifetime(row[5]), row[1]});
    if (row[0].find('*') == std::string_view::npos) {
      table.exact.emplace(row[0], at);
    } else {
      table.masks[list_of(row[0])].push_back(at);
    }
  }
  for (std::vector<std::size_t>& masks : table.masks)
    std::stable_sort(masks.begin(), masks.end(), [&](std::size_t a, std::size_t b) {
      return table.rows[a].pattern.size() > table.rows[b].pattern.size();
    });
  return table;
}

const CookieTable& cookie_table() {
  static const CookieTable table = load();
  return table;
}

const KnownCookie* find(std::string_view name, std::optional<std::string_view> domain) {
  const CookieTable& table = cookie_table();
  const auto holds = [&](const KnownCookie& row) {
    return !domain || confined_to(row.domains, *domain);
  };
  const KnownCookie* best = nullptr;
  const auto [first, last] = table.exact.equal_range(name);
  for (auto it = first; it != last; ++it) {
    const KnownCookie& row = table.rows[it->second];
    // One confined to this domain says more than one that holds anywhere; among equals the file's
    // order decides.
    if (holds(row) && (best == nullptr || (best->domains.empty() && !row.domains.empty()) ||
                       (best->domains.empty() == row.domains.empty() && &row < best))) {
      best = &row;
    }
  }
  if (best != nullptr) return best;
  for (const std::size_t list : {list_of(name), std::size_t{0}}) {
    for (const std::size_t at : table.masks[list]) {
      const KnownCookie& row = table.rows[at];
      if (best != nullptr && best->pattern.size() >= row.pattern.size()) break;
      if (!matches(row.pattern, name) || !holds(row)) continue;
      best = &row;
      break;
    }
  }
  return best;
}

}  // namespace

const KnownCookie* find_cookie(std::string_view name) { return find(name, std::nullopt); }
const KnownCookie* find_cookie(std::string_view name, std::string_view domain) {
  return find(name, domain);
}

std::vector<Provenance> provenance() {
  std::vector<Provenance> out;
  for (const EmbeddedTable* table : {&k_vendors_table, &k_owners_table, &k_cookies_table}) {
    out.push_back({"affiant " + std::string(table->name), AFFIANT_VERSION,
                   std::string(table->sha256), "Apache-2.0"});
  }
  // The third comment is the package's version, the second the digest of the file it was made of.
  const std::vector<std::string_view> lines = split(k_third_party_web_table.text, '\n');
  if (lines.size() > 3)
    out.push_back({"npm third-party-web", std::string(lines[2].substr(2)),
                   std::string(lines[1].substr(2)), "MIT"});
  return out;
}

}  // namespace affiant::knowledge

#include "knowledge/cookie_table.h"

#include <algorithm>
#include <string>

#include "knowledge/tables.h"

namespace affiant::knowledge {
namespace {

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

std::size_t list_of(std::string_view pattern) {
  return pattern.starts_with('*') || pattern.empty() ? 0
                                                     : static_cast<unsigned char>(pattern.front());
}

}  // namespace

CookieTable::CookieTable(std::vector<KnownCookie> rows) : rows_(std::move(rows)) {
  for (std::size_t at = 0; at < rows_.size(); ++at) {
    const std::string_view pattern = rows_[at].pattern;
    if (pattern.find('*') == std::string_view::npos)
      exact_.emplace(pattern, at);
    else
      masks_[list_of(pattern)].push_back(at);
  }
  for (std::vector<std::size_t>& masks : masks_)
    std::stable_sort(masks.begin(), masks.end(), [&](std::size_t a, std::size_t b) {
      return rows_[a].pattern.size() > rows_[b].pattern.size();
    });
}

const KnownCookie* CookieTable::find(std::string_view name,
                                     std::optional<std::string_view> domain) const {
  const auto holds = [&](const KnownCookie& row) {
    return !domain || confined_to(row.domains, *domain);
  };
  const KnownCookie* best = nullptr;
  const auto [first, last] = exact_.equal_range(name);
  for (auto it = first; it != last; ++it) {
    const KnownCookie& row = rows_[it->second];
    // One confined to this domain says more than one that holds anywhere; among equals the file's
    // order decides.
    if (holds(row) && (best == nullptr || (best->domains.empty() && !row.domains.empty()) ||
                       (best->domains.empty() == row.domains.empty() && &row < best))) {
      best = &row;
    }
  }
  if (best != nullptr) return best;
  for (const std::size_t list : {list_of(name), std::size_t{0}}) {
    for (const std::size_t at : masks_[list]) {
      const KnownCookie& row = rows_[at];
      if (best != nullptr && best->pattern.size() >= row.pattern.size()) break;
      if (!matches(row.pattern, name) || !holds(row)) continue;
      best = &row;
      break;
    }
  }
  return best;
}

}  // namespace affiant::knowledge

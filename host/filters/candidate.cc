#include "filters/candidate.h"

#include <algorithm>
#include <span>

#include "filters/pattern.h"

namespace affiant::filters {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

bool any_of(Range range, const ListData& list, std::span<const HostKey> keys) {
  const auto begin = list.domains.begin() + range.begin;
  const auto end = list.domains.begin() + range.end;
  for (const HostKey& key : keys) {
    auto it = std::lower_bound(begin, end, key.hash, [](const DomainEntry& d, std::uint32_t hash) {
      return d.hash < hash;
    });
    for (; it != end && it->hash == key.hash; ++it)
      if (it->entity == key.entity && list.name_of(*it) == key.name) return true;
  }
  return false;
}

// One that is excluded is out whatever else is said.
bool allowed(Range in, Range out, const ListData& list, std::span<const HostKey> keys) {
  if (!out.empty() && any_of(out, list, keys)) return false;
  return in.empty() || any_of(in, list, keys);
}

struct HostPlace {
  std::size_t begin, end;
};

bool is_label_start(std::string_view url, HostPlace host, std::size_t at) {
  return at == host.begin || (at > host.begin && at < host.end && url[at - 1] == '.');
}

// "||name" with nothing after it: the label that it ends in ends there.
bool ends_label(std::string_view url, HostPlace host, std::size_t end) {
  return end == host.end || (end < host.end && (url[end] == '.' || url[end - 1] == '.'));
}

}  // namespace

bool Candidate::applies(const Rule& rule, const ListData& list, const Request& q, std::size_t at) {
  if ((rule.types & q.type_) == 0) return false;
  constexpr std::uint32_t kAsked =
      kThirdOnly | kFirstOnly | kOtherHostOnly | kSameHostOnly | kWebSocketOnly;
  if ((rule.flags & kAsked) != 0) {
    if ((rule.flags & (q.third_party_ ? kFirstOnly : kThirdOnly)) != 0) return false;
    if ((rule.flags & kWebSocketOnly) != 0 && q.type_ != kWebSocket) return false;
    const bool same_host = q.page_->host().empty() || q.host() == q.page_->host();
    if ((rule.flags & (same_host ? kOtherHostOnly : kSameHostOnly)) != 0) return false;
  }
  if ((rule.flags & kPureHost) == 0) {
    if (!pattern_matches(rule, list, q, at)) return false;
  } else if (q.url_.compare(at, rule.pattern_size, list.pattern_of(rule)) != 0) {
    return false;  // Another host with the same hash.
  }
  return rule.conditions == 0 || conditions_hold(list.conditions[rule.conditions - 1], list, q);
}

bool Candidate::pattern_matches(const Rule& rule, const ListData& list, const Request& q,
                                std::size_t at) {
  const bool keep_case = (rule.flags & kMatchCase) != 0 && !q.raw_.empty();
  const std::string_view url = keep_case ? q.raw_ : q.url_;
  const std::string_view pattern = list.pattern_of(rule);
  if ((rule.flags & kRegex) != 0)
    return list.regexes[list.conditions[rule.conditions - 1].regex - 1].matches(url);
  const HostPlace host{q.host_begin_, q.host_begin_ + q.host_size_};
  const bool to_end = (rule.flags & kRight) != 0;

  if (at != kAnywhere && (rule.flags & kWild) == 0) {
    if (at < rule.token_at) return false;
    const std::size_t start = at - rule.token_at;
    if ((rule.flags & kLeft) != 0 && start != 0) return false;
    if ((rule.flags & kHostAnchor) != 0 && !is_label_start(url, host, start)) return false;
    const std::size_t end = match_here(pattern, url, start);
    if (end == kNone || (to_end && end != url.size())) return false;
    return (rule.flags & kWholeLabels) == 0 || ends_label(url, host, end);
  }
  if ((rule.flags & kHostAnchor) == 0)
    return match_pattern(pattern, url, 0, (rule.flags & kLeft) != 0, to_end);
  for (std::size_t start = host.begin; start < host.end;) {
    if (match_pattern(pattern, url, start, true, to_end) &&
        ((rule.flags & kWholeLabels) == 0 || ends_label(url, host, start + pattern.size())))
      return true;
    const std::size_t dot = url.find('.', start);
    if (dot == kNone) return false;
    start = dot + 1;
  }
  return false;
}

bool Candidate::conditions_hold(const Conditions& c, const ListData& list, const Request& q) {
  if (c.methods != 0 && (c.methods & q.method_) == 0) return false;
  if ((!c.from.empty() || !c.not_from.empty()) &&
      !allowed(c.from, c.not_from, list, q.page_->keys()))
    return false;
  if (c.to.empty() && c.not_to.empty()) return true;
  std::vector<HostKey> keys;
  append_host_keys(q.host(), q.site(), keys);
  return allowed(c.to, c.not_to, list, keys);
}

}  // namespace affiant::filters

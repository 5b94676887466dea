#include "cli/canary.h"

#include <algorithm>

#include "evidence/verify.h"
#include "site/site.h"

namespace affiant::cli {
namespace {

using demo::Truth;
using demo::What;
using observe::Leaf;
using observe::Observations;

std::string path_of(const std::optional<std::string>& url) {
  if (!url) return {};
  const auto parsed = site::parse_url(*url);
  return parsed ? parsed->path : std::string();
}

std::string host_of(const std::optional<std::string>& url) {
  if (!url) return {};
  const auto parsed = site::parse_url(*url);
  return parsed ? parsed->host : std::string();
}

// The first element that fits, as its entry.
template <typename T, typename Fits>
std::optional<Leaf> first(const std::vector<T>& all, const Fits& fits) {
  const auto it = std::find_if(all.begin(), all.end(), fits);
  if (it == all.end()) return std::nullopt;
  return it->entry;
}

std::optional<Leaf> find_cookie(const Truth& t, const Observations& seen, bool by_header) {
  return first(seen.attempts, [&](const observe::CookieAttempt& a) {
    return a.by_header == by_header && a.host == t.host && a.head == std::string(t.name) + "=" &&
           (t.other.empty() || a.script_host == t.other);
  });
}

std::optional<Leaf> find_in_jar(const Truth& t, const Observations& seen) {
  return first(seen.jar, [&](const observe::JarCookie& c) {
    const std::string_view domain =
        c.domain.starts_with('.') ? std::string_view(c.domain).substr(1) : c.domain;
    return c.snapshot == "final" && domain == t.host && c.name == t.name;
  });
}

std::optional<Leaf> find_request(const Truth& t, const Observations& seen, bool redirect) {
  return first(seen.requests, [&](const observe::Request& r) {
    if (!r.failure.empty() || r.host != t.host || path_of(r.url) != t.name) return false;
    return redirect ? host_of(r.redirect) == t.other : r.type == t.other;
  });
}

std::optional<Leaf> find_storage(const Truth& t, const Observations& seen, bool by_property) {
  return first(seen.storage, [&](const observe::StorageItem& s) {
    return s.area == t.other && s.op == "set" && s.key == std::string(t.name) &&
           host_of(s.origin) == t.host && s.via == (by_property ? "snapshot" : "setItem");
  });
}

std::optional<Leaf> find_policy(const Truth& t, const Observations& seen) {
  return first(seen.policies, [&](const observe::PolicyCapture& p) {
    return p.result == "captured" && p.host == t.host && path_of(p.url) == t.name;
  });
}

// Named in a captured text, and set by nobody.
std::optional<Leaf> find_declared(const Truth& t, const Observations& seen,
                                  const std::filesystem::path& case_dir) {
  if (find_cookie(t, seen, true) || find_cookie(t, seen, false) || find_in_jar(t, seen))
    return std::nullopt;
  return first(seen.policies, [&](const observe::PolicyCapture& p) {
    if (p.exhibit.empty()) return false;
    const auto text = evidence::read_exhibit(case_dir, p.exhibit);
    return text && text->find(t.name) != std::string::npos;
  });
}

}  // namespace

std::vector<Sighting> look_for_truth(const Observations& seen,
                                     const std::filesystem::path& case_dir) {
  std::vector<Sighting> result;
  for (const Truth& t : demo::demo_truth()) {
    Sighting s{&t, std::nullopt};
    switch (t.what) {
      case What::kHeaderCookie:
        s.entry = find_cookie(t, seen, true);
        break;
      case What::kScriptCookie:
        s.entry = find_cookie(t, seen, false);
        break;
      case What::kJarCookie:
        s.entry = find_in_jar(t, seen);
        break;
      case What::kRequest:
        s.entry = find_request(t, seen, false);
        break;
      case What::kRedirect:
        s.entry = find_request(t, seen, true);
        break;
      case What::kStorage:
        s.entry = find_storage(t, seen, false);
        break;
      case What::kStorageByProperty:
        s.entry = find_storage(t, seen, true);
        break;
      case What::kPolicyPage:
        s.entry = find_policy(t, seen);
        break;
      case What::kDeclared:
        s.entry = find_declared(t, seen, case_dir);
        break;
    }
    result.push_back(s);
  }
  return result;
}

}  // namespace affiant::cli

#include "observe/story_book.h"

#include <algorithm>

namespace affiant::observe {
namespace {

// Expiry times as browsers report them are rounded, and Chromium corrects Expires by the server's
// clock: only a greater difference says that the browser set another lifetime than was asked for.
constexpr std::int64_t kSameExpiryMs = 5'000;

std::string key_of(std::uint64_t session, std::initializer_list<std::string_view> parts) {
  std::string key = std::to_string(session);
  for (const std::string_view part : parts) {  // Lengths keep parts apart whatever they hold.
    key += '|';
    key += std::to_string(part.size());
    key += ':';
    key += part;
  }
  return key;
}

std::string browser_same_site(const std::string& enforcement) {
  if (enforcement == "Strict") return "strict";
  if (enforcement == "Lax") return "lax";
  return enforcement == "None" ? "none" : "unset";
}

const std::string& setter_host(const CookieAttempt& attempt) {
  return attempt.by_header ? attempt.host : attempt.script_host;
}

}  // namespace

CookieStory* StoryBook::at(std::string key) {
  const auto [it, fresh] = by_key_.emplace(std::move(key), stories_.size());
  if (fresh) stories_.push_back(std::make_unique<CookieStory>());
  return stories_[it->second].get();
}

CookieStory* StoryBook::of_attempt(const MeantCookie& meant, const std::string& partition,
                                   const std::string& fate) {
  const CookieAttempt& a = *meant.attempt;
  return at(key_of(a.place.session,
                   {meant.cookie.name, meant.cookie.browser_domain(), meant.cookie.path, partition,
                    meant.mechanism, setter_host(a), a.place.frame_host, a.place.top_host, fate}));
}

CookieStory* StoryBook::of_jar(const JarCookie& c) {
  CookieStory* story =
      at(key_of(c.session, {c.name, c.domain, c.path, c.partition_key.value_or(""), "unknown"}));
  story->mechanism = "unknown";
  story->session = c.session;
  return story;
}

std::vector<CookieStory> StoryBook::finish() {
  std::vector<CookieStory> done;
  done.reserve(stories_.size());
  for (auto& story : stories_) {
    std::sort(story->entries.begin(), story->entries.end());
    story->entries.erase(std::unique(story->entries.begin(), story->entries.end()),
                         story->entries.end());
    done.push_back(std::move(*story));
  }
  std::stable_sort(done.begin(), done.end(), [](const CookieStory& a, const CookieStory& b) {
    return a.entries.front() < b.entries.front();
  });
  return done;
}

void tell_attempt(CookieStory* story, const MeantCookie& meant) {
  const CookieAttempt& a = *meant.attempt;
  const CanonicalCookie& c = meant.cookie;
  story->session = a.place.session;
  story->mechanism = meant.mechanism;
  story->set_by_url = a.url;
  story->set_by_host = setter_host(a);
  story->frame_url = a.place.frame_url;
  story->frame_host = a.place.frame_host;
  story->top_host = a.place.top_host;
  story->stack = a.stack;
  story->name = c.name;
  story->domain = c.browser_domain();
  story->host_only = c.host_only;
  story->path = c.path;
  story->secure = c.secure;
  story->http_only = c.http_only;
  story->same_site = browser_same_site(c.same_site);
  story->session_cookie = !c.persistent;
  story->lifetime_s.reset();
  if (c.persistent && !meant.expired) story->lifetime_s = (c.expires_ms - c.created_ms) / 1'000;
  story->value = a.value ? std::optional(c.value) : std::nullopt;
  story->entries.push_back(a.entry);
}

void tell_jar(CookieStory* story, const JarCookie& c, std::int64_t set_ms) {
  story->name = c.name;
  story->domain = c.domain;
  story->host_only = c.host_only;
  story->path = c.path;
  story->secure = c.secure;
  story->http_only = c.http_only;
  story->same_site = c.same_site;
  story->partition_key = c.partition_key;
  if (c.value) story->value = c.value;
  story->entries.push_back(c.entry);
  story->session_cookie = c.session_cookie;
  if (c.session_cookie || !c.expires_ms) {
    story->lifetime_s.reset();
    return;
  }
  const std::int64_t kept_ms = *c.expires_ms - set_ms;
  const bool as_asked = story->lifetime_s && kept_ms / 1'000 * 1'000 > 0 &&
                        std::abs(*story->lifetime_s * 1'000 - kept_ms) <= kSameExpiryMs;
  if (!as_asked) story->lifetime_s = std::max<std::int64_t>(0, (kept_ms + 500) / 1'000);
}

}  // namespace affiant::observe

#include "observe/story_attempt.h"

#include <algorithm>

namespace affiant::observe {
namespace {

// The URL that the cookie is judged by: of the response, or of the document whose script spoke.
// Parts that are withheld are made up of what is known, and `path_known` says so.
site::Url context_url(const CookieAttempt& attempt, bool* path_known) {
  const std::optional<std::string>& said =
      attempt.by_header ? attempt.url : attempt.place.frame_url;
  if (said) {
    if (auto url = site::parse_url(*said); url && !url->host.empty()) {
      *path_known = true;
      return *url;
    }
  }
  *path_known = false;
  site::Url url;
  // Scripts and bundles without URLs: https, since guessing http would invent refusals.
  url.scheme = attempt.scheme == "http" || attempt.scheme == "ws" ? attempt.scheme : "https";
  url.host = attempt.host;
  // srcdoc and about:blank frames have no host of their own; their cookies are those of the page
  // around them.
  if (url.host.empty() && !attempt.by_header) url.host = attempt.place.top_host;
  url.path = "/";
  return url;
}

bool plain_ascii(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

// The words before the first '=', without the white space around them.
std::string written_name(std::string_view head) {
  if (head.ends_with('=')) head.remove_suffix(1);
  const std::size_t from = head.find_first_not_of(" \t");
  if (from == std::string_view::npos) return {};
  return std::string(head.substr(from, head.find_last_not_of(" \t") - from + 1));
}

}  // namespace

Engine engine_of(const Session* session) {
  if (session == nullptr) return Engine::kRfc6265bis;
  return engine_named(session->browser).value_or(Engine::kRfc6265bis);
}

MeantCookie meaning_of(const CookieAttempt& attempt, Engine engine, const site::SiteTable& sites) {
  MeantCookie meant;
  meant.attempt = &attempt;
  meant.mechanism = attempt.by_header                          ? "http"
                    : attempt.via.rfind("cookieStore", 0) == 0 ? "cookieStore"
                                                               : "document.cookie";
  SetContext context;
  context.url = context_url(attempt, &meant.path_known);
  meant.insecure = !is_secure(context.url, engine);
  context.now_ms = attempt.place.time_ms;
  context.from_script = !attempt.by_header;
  context.top_level = attempt.by_header && attempt.type == "main_frame";
  const std::string& top = attempt.place.top_host;
  const std::string& frame = attempt.place.frame_host;
  const auto foreign = [&](const std::string& host) {
    return !host.empty() && sites.party(host, top) == site::Party::kThird;
  };
  if (!top.empty() && !context.top_level)
    meant.third_party = foreign(context.url.host) || foreign(frame);
  context.same_site = !meant.third_party;

  // A withheld value is stood in for by one that nothing refuses.
  const std::string line = attempt.line().value_or(attempt.head + "withheld" + attempt.tail);
  const auto parsed = parse_set_cookie(line, engine, context.now_ms);
  if (!parsed) {
    meant.refusal = parsed.error();
    // What could not be read still has the name that was written, and its place.
    meant.cookie.name = written_name(attempt.head);
    meant.cookie.domain = context.url.host;
    meant.cookie.host_only = true;
    return meant;
  }
  meant.value_known = attempt.value.has_value() && !attempt.latin1 && plain_ascii(parsed->value);
  const bool name_known = attempt.value.has_value() || !attempt.head.empty();
  const Attribute* path = parsed->last(Attribute::Kind::kPath);
  if (path != nullptr && !path->meaning.empty()) meant.path_known = true;
  Canonical canonical = canonicalize(*parsed, context, engine, sites);
  meant.cookie = std::move(canonical.cookie);
  meant.refusal = canonical.refusal;
  meant.located = canonical.located && name_known && !context.url.host.empty();
  if (!attempt.value) meant.cookie.value.clear();
  if (!name_known) meant.cookie.name.clear();
  meant.expired = meant.located && meant.cookie.expired(context.now_ms);
  return meant;
}

}  // namespace affiant::observe

#include "observe/vouch.h"

#include <map>
#include <string_view>
#include <unordered_set>

#include "site/site.h"

namespace affiant::observe {
namespace {

std::string_view without_fragment(std::string_view url) { return url.substr(0, url.find('#')); }

// "https://a.example/x.js:12:3" without line and column.
std::string_view address_of(std::string_view frame) {
  for (int i = 0; i < 2; ++i) {
    const std::size_t colon = frame.rfind(':');
    if (colon == std::string_view::npos ||
        frame.find_first_not_of("0123456789", colon + 1) != std::string_view::npos)
      break;
    frame = frame.substr(0, colon);
  }
  return frame;
}

class Loaded {
 public:
  explicit Loaded(const Observations& seen) {
    for (const Session& s : seen.sessions)
      if (s.browser == "firefox") sessions_[s.id];
    for (const Gap& gap : seen.gaps) sessions_.erase(gap.session);
    for (const auto& note : seen.notes)
      if (note.second.starts_with("background-restarted")) sessions_.clear();
    for (const Request& r : seen.requests) {
      if (!r.url) sessions_.erase(r.place.session);  // Withheld.
      for (const auto* url : {&r.url, &r.redirect, &r.document_url}) add(r.place.session, *url);
      add(r.place);
    }
    for (const CookieAttempt& a : seen.attempts) add(a.place);
    for (const StorageItem& s : seen.storage) add(s.place);
    for (const Technique& t : seen.techniques) add(t.place);
  }

  bool judges(std::uint64_t session) const { return sessions_.contains(session); }

  // Only what travels can be missed among the requests.
  bool vouches(std::uint64_t session, std::string_view address) const {
    const auto parsed = site::parse_url(address);
    if (!parsed || (parsed->scheme != "http" && parsed->scheme != "https")) return true;
    return sessions_.at(session).contains(std::string(without_fragment(address)));
  }

 private:
  void add(const Place& place) {
    add(place.session, place.top_url);
    add(place.session, place.frame_url);
  }
  void add(std::uint64_t session, const std::optional<std::string>& url) {
    if (!url) return;
    if (const auto it = sessions_.find(session); it != sessions_.end())
      it->second.emplace(without_fragment(*url));
  }
  std::map<std::uint64_t, std::unordered_set<std::string>> sessions_;
};

void vouch(const Loaded& loaded, std::uint64_t session, const std::vector<std::string>& stack,
           std::optional<std::string>* url, std::string* host) {
  if (stack.empty() || !*url || !loaded.judges(session)) return;
  if (loaded.vouches(session, address_of(stack.front()))) return;
  url->reset();
  host->clear();
  for (const std::string& frame : stack) {
    const std::string_view address = address_of(frame);
    if (!loaded.vouches(session, address)) continue;
    *url = std::string(address);
    if (const auto parsed = site::parse_url(**url)) *host = parsed->host;
    return;
  }
}

}  // namespace

void vouch_for_scripts(Observations* seen) {
  const Loaded loaded(*seen);
  for (CookieAttempt& a : seen->attempts)
    if (!a.by_header) vouch(loaded, a.place.session, a.stack, &a.url, &a.script_host);
  for (StorageItem& s : seen->storage)
    vouch(loaded, s.place.session, s.stack, &s.script_url, &s.script_host);
  for (Technique& t : seen->techniques)
    vouch(loaded, t.place.session, t.stack, &t.script_url, &t.script_host);
}

}  // namespace affiant::observe

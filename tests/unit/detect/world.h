// Observations made by hand: a site visited once, with the requests and cookies a test asks for.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "detect/facts.h"
#include "observe/observations.h"
#include "site/site.h"

namespace affiant::test {

inline constexpr std::int64_t kVisitMs = 1'790'000'000'000;
inline constexpr std::int64_t kDayS = 86'400;
inline const std::string kRandomId = "9f8e7d6c5b4a39281706";  // Twenty hex digits: 80 bits.

inline const site::SiteTable& sites() {
  static const site::SiteTable table = std::move(*site::SiteTable::built_in());
  return table;
}

struct CookieSpec {
  std::string name, host;  // host: of the response, or of the frame for a script.
  std::string value = kRandomId;
  std::int64_t max_age_s = 365 * kDayS;  // 0: a session cookie.
  std::string script_host;               // Not empty: set by that script in a frame of `host`.
  std::string domain;                    // Not empty: the Domain attribute.
  bool kept = true;                      // Whether it reached the jar.
};

class World {
 public:
  explicit World(std::string site = "shop.example", std::string third_party_cookies = "allowed");

  World& request(const std::string& host, const std::string& type = "script",
                 const std::string& path = "/x", const std::string& failure = "");
  World& cookie(const CookieSpec& spec);
  World& policy(const std::string& result, int status = 200);
  World& link(const std::string& host);
  World& storage(const std::string& area, const std::string& key,
                 const std::string& script_host = "", const std::string& op = "set");
  World& technique(const std::string& name, std::map<std::string, std::int64_t> features,
                   const std::string& script_host);
  World& consent(const std::string& source, const std::string& status, const std::string& value);
  World& canary(const std::string& email, const std::string& text);
  World& body(const std::string& host, const std::string& value);
  World& note(const std::string& code, const std::string& detail);
  // One more session, with its first page: what is added from then on happens in it.
  World& session(const std::string& phase, bool gpc = false);
  // One more page of the site.
  World& page(const std::string& path);
  World& wait(std::int64_t ms);

  observe::Observations seen;

 private:
  observe::Place place(std::int64_t frame = 0, const std::string& frame_host = "");
  void start_page(const std::string& path);
  std::string site_;
  std::string path_ = "/";
  observe::Leaf next_ = 1;
  std::uint64_t session_ = 1;
  std::int64_t waited_ms_ = 0;
};

// What is detected in it under that name.
std::vector<detect::TechniqueFact> techniques_of(World world, const std::string& technique);

}  // namespace affiant::test

// R12, session replay: a script of a service that records what visitors do (the vendors of that
// category in vendors.tsv, each with its own documentation). That it was loaded is shown, not that
// it recorded: whether a site switches recording on is seen only in what is sent (`--canary`).
#include <fmt/format.h>

#include <map>
#include <utility>

#include "detect/rules.h"

namespace affiant::detect {

void session_replay(const Facts& facts, Techniques* out) {
  std::map<std::pair<std::string, std::string>, std::size_t> at;  // Product and phase.
  for (const RequestFact& r : facts.requests) {
    if (r.category != "session-replay" || r.request->type != "script" ||
        !r.request->failure.empty() || !r.of_visit)
      continue;
    cite({r.product, r.phase}, r.request->entry, &at, out, [&] {
      const std::string of = r.owner == r.product ? std::string() : " of " + r.owner;
      return TechniqueFact{
          "replay",
          r.request->url,
          r.request->host,
          r.request->place.frame_url,
          fmt::format("loaded {}{}, which can record what a visitor does on the page", r.product,
                      of),
          {}};
    });
  }
}

}  // namespace affiant::detect

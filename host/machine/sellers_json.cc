// sellers.json (IAB Tech Lab, version 1.0): whom an advertising system sells for. Of those that are
// not confidential it names the domain.
#include <set>

#include "machine/placed_json.h"
#include "machine/reading.h"

namespace affiant::machine {

Result<policy::Declaration> read_sellers_json(std::string text, const policy::Source& source) {
  Reading reading("sellers.json", std::move(text), source);
  const std::string what = called(source, "sellers.json");
  AFFIANT_TRY(const PlacedJson json, PlacedJson::parse(reading.text(), what));
  const PlacedJson::Node sellers = json.find(0, "sellers");
  if (sellers == PlacedJson::kNone || !json.is_array(sellers))
    return fail(Code::kMalformed, "{}: no list of sellers in it", what);
  std::set<std::string> named;
  for (const PlacedJson::Node seller : json.children(sellers)) {
    const PlacedJson::Node node = json.find(seller, "domain");
    const auto domain = json.string(node);
    if (!domain) continue;  // A confidential seller has none.
    const std::string host = lower(trimmed(*domain));
    if (!is_host_name(host)) {
      reading.cannot_read("a seller whose domain is no host name", what);
      continue;
    }
    if (!named.insert(host).second) continue;
    policy::Statement* s = reading.state("named-third-party", json.member_span(node));
    if (s == nullptr) continue;
    s->modality = "may";
    s->subject = "third-party";
    s->parties = {host};
    s->purposes = {"advertising"};
    s->observable = "partly";
  }
  return std::move(reading).finish();
}

}  // namespace affiant::machine

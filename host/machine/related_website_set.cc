// Related Website Sets, /.well-known/related-website-set.json (GoogleChrome/related-website-sets,
// "RWS-Submission_Guidelines", and its SCHEMA.json): the site says that these sites are one set.
// Only that is read out of it: what belongs together for a browser is a third party all the same.
#include "machine/placed_json.h"
#include "machine/reading.h"

namespace affiant::machine {
namespace {

using Node = PlacedJson::Node;

std::string host_of(std::string_view site) {
  constexpr std::string_view kScheme = "https://";
  if (!site.starts_with(kScheme)) return "";
  const std::string host = lower(site.substr(kScheme.size()));
  return is_host_name(host) ? host : "";
}

}  // namespace

Result<policy::Declaration> read_related_website_set(std::string text,
                                                     const policy::Source& source) {
  Reading reading("related-website-set", std::move(text), source);
  const std::string what = called(source, "related-website-set.json");
  AFFIANT_TRY(const PlacedJson json, PlacedJson::parse(reading.text(), what));
  const auto add = [&](Node node, std::string_view role) {
    const auto site = json.string(node);
    const std::string host = site ? host_of(*site) : "";
    if (host.empty()) {
      reading.cannot_read("a site that is no https address without a path", what);
      return;
    }
    policy::Statement* s = reading.state("scope", json.member_span(node));
    if (s == nullptr) return;
    s->parties = {host};
    s->data = {std::string(role)};
  };
  // Every member serves such a file; that of one that is not the primary holds `primary` alone.
  const Node primary = json.find(0, "primary");
  if (primary == PlacedJson::kNone)
    return fail(Code::kMalformed, "{}: no member \"primary\" in it", what);
  add(primary, "primary-site");
  for (const Node site : json.children(json.find(0, "associatedSites")))
    add(site, "associated-site");
  for (const Node site : json.children(json.find(0, "serviceSites"))) add(site, "service-site");
  for (const Node member : json.children(json.find(0, "ccTLDs"))) {
    for (const Node site : json.children(member)) add(site, "country-variant");
  }
  return std::move(reading).finish();
}

}  // namespace affiant::machine

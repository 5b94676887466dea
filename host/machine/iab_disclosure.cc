// Vendor Device Storage & Operational Disclosures (IAB Europe TCF, v1.1 of October 2025, "Required
// Information and JSON Structure"): what one vendor stores, for how long, on which domains and for
// which purposes. Also the copies that Prebid keeps (metadata/modules/*.json), where the member
// `disclosures` maps each address to such a file.
#include <algorithm>

#include "base/bytes.h"
#include "machine/placed_json.h"
#include "machine/reading.h"

namespace affiant::machine {
namespace {

using Node = PlacedJson::Node;

// What the purposes and special purposes of the Global Vendor List say a thing is for (TCF
// Policies, appendix A). The strongest claim on a visitor decides:
//  2 to 7 choose and measure advertising and build and use profiles -> advertising;
//  8 measure content, 9 understand audiences, 10 develop services -> analytics;
//  11 choose content by little data -> functional;
//  special 2 deliver and present advertising and content -> advertising;
//  special 1 security and errors, 3 keep choices -> necessary.
// Purpose 1 says that something is stored, and not what for: alone it is no category. A storage
// that serves an opt-out (`optOut`) is necessary for it.
std::string category_of(const std::vector<std::int64_t>& purposes,
                        const std::vector<std::int64_t>& special, bool opt_out) {
  const auto any = [](const std::vector<std::int64_t>& ids, std::int64_t low, std::int64_t high) {
    return std::any_of(ids.begin(), ids.end(),
                       [&](std::int64_t id) { return id >= low && id <= high; });
  };
  if (any(purposes, 2, 7)) return "advertising";
  if (any(purposes, 8, 10)) return "analytics";
  if (any(purposes, 11, 11)) return "functional";
  if (opt_out) return "necessary";
  if (any(special, 2, 2)) return "advertising";
  return any(special, 1, 1) || any(special, 3, 3) ? "necessary" : "unclassified";
}

std::string listed(const std::vector<std::int64_t>& ids) {
  std::string out;
  for (const std::int64_t id : ids) out += (out.empty() ? "" : ", ") + std::to_string(id);
  return out;
}

class Disclosures {
 public:
  Disclosures(const PlacedJson& json, Reading* reading, std::string what)
      : json_(json), reading_(reading), what_(std::move(what)) {}

  void read(Node file, const std::string& address) {
    const std::string what = address.empty() ? what_ : address;
    for (const Node row : json_.children(json_.find(file, "disclosures"))) read_row(row, what);
    for (const Node row : json_.children(json_.find(file, "domains"))) read_domain(row);
  }

 private:
  void read_row(Node row, const std::string& what) {
    const auto identifier = json_.string(json_.find(row, "identifier"));
    if (!identifier || trimmed(*identifier).empty()) {
      reading_->cannot_read("a disclosure without an identifier", what);
      return;
    }
    // "A wildcard alone is invalid."
    if (identifier->find_first_not_of('*') == std::string::npos) {
      reading_->cannot_read("a disclosure whose identifier is a wildcard alone", what);
      return;
    }
    const auto type = json_.string(json_.find(row, "type"));
    if (!type || (*type != "cookie" && *type != "web" && *type != "app")) {
      reading_->cannot_read("a disclosure whose type is not cookie, web or app", what);
      return;
    }
    Span span = json_.span(row);
    if (span.end - span.start > kQuoteBytes)
      span = json_.member_span(json_.find(row, "identifier"));
    if (span.end - span.start > kQuoteBytes) {
      reading_->cannot_read("a disclosure whose identifier is too long to quote", what);
      return;
    }
    policy::DeclaredCookie* c = reading_->declare(std::string(trimmed(*identifier)), span);
    if (c == nullptr) return;
    c->storage = *type;
    c->provider = domains_of(row, what);
    const std::vector<std::int64_t> purposes = ids_of(json_.find(row, "purposes"), what),
                                    special = ids_of(json_.find(row, "specialPurposes"), what);
    const bool opt_out = json_.boolean(json_.find(row, "optOut")).value_or(false);
    c->category = category_of(purposes, special, opt_out);
    c->purpose = purpose_words(row, purposes, special);
    if (*type == "cookie") read_age(row, c, what);
  }

  // "A 0 indicates session storage"; null where nothing can be set. What a refresh adds is not in
  // the figure ("does not consider duration extensions"): with `cookieRefresh` each refresh sets
  // the same age anew, which is how the log sees it too.
  void read_age(Node row, policy::DeclaredCookie* c, const std::string& what) {
    const Node age = json_.find(row, "maxAgeSeconds");
    const auto seconds = json_.integer(age);
    if (seconds && *seconds >= 0) {
      c->session_cookie = *seconds == 0;
      if (*seconds > 0) c->lifetime_s = *seconds;
    } else {
      reading_->cannot_read("the maxAgeSeconds of cookie \"" + printable(c->pattern, 60) +
                                "\" is no number of seconds",
                            what);
    }
  }

  // `domains`, or the older `domain`. "A wildcard alone" stands for any partner's domain, so it
  // names none; "*.adtech.example" is adtech.example and what is below it.
  std::string domains_of(Node row, const std::string& what) {
    std::vector<Node> nodes = json_.children(json_.find(row, "domains"));
    if (const Node one = json_.find(row, "domain"); one != PlacedJson::kNone) nodes.push_back(one);
    std::string out;
    for (const Node node : nodes) {
      const auto domain = json_.string(node);
      if (!domain) {
        reading_->cannot_read("a domain that is no text", what);
        continue;
      }
      std::string_view host = trimmed(*domain);
      if (host.starts_with("*.")) host.remove_prefix(2);
      if (host == "*") return "";
      if (!is_host_name(host)) {
        reading_->cannot_read("a domain that is no host name", what);
        continue;
      }
      out += (out.empty() ? "" : ", ") + lower(host);
    }
    return out;
  }

  std::vector<std::int64_t> ids_of(Node node, const std::string& what) {
    std::vector<std::int64_t> out;
    for (const Node item : json_.children(node)) {
      const auto id = json_.integer(item);
      if (id)
        out.push_back(*id);
      else
        reading_->cannot_read("a purpose that is no number", what);
    }
    return out;
  }

  // The vendor's own words where it has any, else the numbers it gives.
  std::string purpose_words(Node row, const std::vector<std::int64_t>& purposes,
                            const std::vector<std::int64_t>& special) const {
    if (const auto words = json_.string(json_.find(row, "description"));
        words && !trimmed(*words).empty())
      return std::string(trimmed(*words));
    std::string out = purposes.empty() ? "" : "TCF purposes " + listed(purposes);
    if (!special.empty())
      out += (out.empty() ? "TCF" : " and") + std::string(" special purposes ") + listed(special);
    return out;
  }

  // The domains that the vendor collects data on.
  void read_domain(Node row) {
    const Node node = json_.find(row, "domain");
    const auto domain = json_.string(node);
    if (!domain) return;
    std::string_view host = trimmed(*domain);
    if (host.starts_with("*.")) host.remove_prefix(2);
    if (!is_host_name(host)) return;
    policy::Statement* s = reading_->state("named-third-party", json_.member_span(node));
    if (s == nullptr) return;
    s->modality = "may";
    s->subject = "third-party";
    s->parties = {lower(host)};
    s->observable = "partly";
    for (const Node id : json_.children(json_.find(row, "purposes"))) {
      const std::string purpose = category_of({json_.integer(id).value_or(0)}, {}, false);
      if (purpose != "unclassified" &&
          std::find(s->purposes.begin(), s->purposes.end(), purpose) == s->purposes.end())
        s->purposes.push_back(purpose);
    }
  }

  const PlacedJson& json_;
  Reading* reading_;
  std::string what_;
};

}  // namespace

Result<policy::Declaration> read_iab_disclosure(std::string text, const policy::Source& source) {
  Reading reading("iab-disclosure", std::move(text), source);
  const std::string what = called(source, "iab-disclosure");
  AFFIANT_TRY(const PlacedJson json, PlacedJson::parse(reading.text(), what));
  const Node list = json.find(0, "disclosures");
  Disclosures disclosures(json, &reading, what);
  if (list != PlacedJson::kNone && json.is_array(list)) {
    disclosures.read(0, "");
  } else if (list != PlacedJson::kNone && json.is_object(list)) {
    for (const Node file : json.children(list)) disclosures.read(file, json.key(file));
  } else {
    return fail(Code::kMalformed, "{}: no list of disclosures in it", what);
  }
  return std::move(reading).finish();
}

}  // namespace affiant::machine

// A TC string as a declaration: not what the site promises, but what it says the visitor has agreed
// to. Its statement is the visitor's, so no rule holds it against the site.
#include <algorithm>

#include "machine/reading.h"
#include "machine/tc_string.h"

namespace affiant::machine {
namespace {

constexpr std::size_t kVendorsNamed = 12;

std::string listed(const std::vector<int>& ids, std::size_t most) {
  std::string out;
  for (std::size_t i = 0; i < ids.size() && i < most; ++i) {
    if (i > 0) out += i + 1 == ids.size() ? " and " : ", ";
    out += std::to_string(ids[i]);
  }
  if (ids.size() > most) out += " and " + std::to_string(ids.size() - most) + " more";
  return out;
}

std::string purposes(std::string_view what, const std::vector<int>& ids) {
  if (ids.empty()) return std::string(what) + " no purpose";
  return std::string(what) + (ids.size() == 1 ? " purpose " : " purposes ") +
         listed(ids, ids.size());
}

std::string vendors(std::string_view what, const std::vector<int>& ids) {
  if (ids.empty()) return std::string(what) + " no vendor";
  return std::string(what) + " " + std::to_string(ids.size()) +
         (ids.size() == 1 ? " vendor: " : " vendors: ") + listed(ids, kVendorsNamed);
}

std::string ranges(const std::vector<TcRange>& vendors) {
  if (vendors.empty()) return "no vendor";
  std::string out = "vendors ";
  for (std::size_t i = 0; i < vendors.size() && i < kVendorsNamed; ++i) {
    if (i > 0) out += ", ";
    out += std::to_string(vendors[i].first);
    if (vendors[i].last > vendors[i].first) out += " to " + std::to_string(vendors[i].last);
  }
  return vendors.size() > kVendorsNamed ? out + " and others" : out;
}

// What the purposes of the Global Vendor List are called here (iab_disclosure.cc).
std::vector<std::string> words_of(const std::vector<int>& ids) {
  std::vector<std::string> out;
  const auto add = [&](int low, int high, const char* word) {
    if (std::any_of(ids.begin(), ids.end(), [&](int id) { return id >= low && id <= high; }))
      out.emplace_back(word);
  };
  add(2, 7, "advertising");
  add(8, 10, "analytics");
  add(11, 11, "functional");
  return out;
}

}  // namespace

std::vector<std::string> tc_summary(const TcString& tc) {
  std::vector<std::string> out;
  out.push_back("consent manager " + std::to_string(tc.cmp_id) + ", vendor list " +
                std::to_string(tc.vendor_list_version) + ", policy " +
                std::to_string(tc.policy_version) + ", shown in " + tc.language);
  out.push_back(purposes("consent to", tc.purposes_consent));
  out.push_back(purposes("legitimate interest told for", tc.purposes_legitimate_interest));
  if (!tc.special_features.empty())
    out.push_back("opted in to special features " +
                  listed(tc.special_features, tc.special_features.size()));
  out.push_back(vendors("consent for", tc.vendors_consent));
  out.push_back(vendors("legitimate interest told for", tc.vendors_legitimate_interest));
  if (tc.vendors_disclosed) out.push_back(vendors("disclosed:", *tc.vendors_disclosed));
  if (tc.vendors_allowed) out.push_back(vendors("allowed by the publisher:", *tc.vendors_allowed));
  if (tc.publisher_consent)
    out.push_back(purposes("for the publisher himself, consent to", *tc.publisher_consent));
  constexpr std::string_view kTypes[] = {"is not allowed to", "needs consent from",
                                         "needs legitimate interest from", "is undefined for"};
  for (const TcRestriction& r : tc.restrictions)
    out.push_back("purpose " + std::to_string(r.purpose) + " " +
                  std::string(kTypes[static_cast<std::size_t>(r.type) & 3U]) + " " +
                  ranges(r.vendors));
  return out;
}

Result<policy::Declaration> read_tcf(std::string text, const policy::Source& source) {
  Reading reading("tcf", std::move(text), source);
  const std::string_view string = trimmed(reading.text());
  auto decoded = decode_tc_string(string);
  if (!decoded)
    return fail(decoded.error().code, "{}: {}", called(source, "TC string"),
                decoded.error().message);
  const std::size_t start =
      string.empty() ? 0 : static_cast<std::size_t>(string.data() - reading.text().data());
  policy::Statement& s = *reading.state("consent", {start, start + string.size()});
  s.subject = "user";
  s.polarity = decoded->purposes_consent.empty() ? "does-not" : "does";
  s.purposes = words_of(decoded->purposes_consent);
  s.data = {"tcf-cmp-" + std::to_string(decoded->cmp_id),
            "tcf-vendor-list-" + std::to_string(decoded->vendor_list_version)};
  for (const int id : decoded->purposes_consent)
    s.data.push_back("tcf-purpose-" + std::to_string(id));
  return std::move(reading).finish();
}

}  // namespace affiant::machine

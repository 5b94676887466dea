// Personal data that a page hands on before anything was submitted: an e-mail address and a text
// that the recorder typed into the page's fields (`audit --canary`) are found in what another site
// is sent. Senol, Acar, Humbert and Zuiderveen Borgesius, "Leaky Forms" (USENIX Security 2022),
// section 3: looked for plain and encoded, as base64 and as digests, in addresses and bodies. Both
// were made up for the record, so nothing else can have had them.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "detect/rules.h"

namespace affiant::detect {
namespace {

struct Planted {
  std::string words;  // "the e-mail address".
  std::vector<observe::Leaf> entries;
};

// What was typed in, in any session.
struct Canaries {
  std::vector<Planted> values;
  ValueForms forms;

  explicit Canaries(const observe::Observations& seen) {
    std::map<std::string, std::size_t> at;
    const auto plant = [&](const std::string& text, const char* words, observe::Leaf entry) {
      if (text.empty()) return;
      const auto [it, fresh] = at.try_emplace(text, values.size());
      if (fresh) {
        values.push_back({words, {}});
        forms.add(text, it->second);
      }
      values[it->second].entries.push_back(entry);
    };
    for (const observe::Canary& c : seen.canaries) {
      plant(c.email, "the e-mail address", c.entry);
      plant(c.text, "the text", c.entry);
    }
  }
};

}  // namespace

void personal_data_leak(const Facts& facts, const site::SiteTable& sites, Techniques* out) {
  if (facts.seen.canaries.empty()) return;
  const Canaries canaries(facts.seen);
  std::map<std::tuple<std::size_t, std::string, std::uint64_t>, std::size_t> at;
  const auto look = [&](std::string_view text, std::string_view where, const std::string& host,
                        const observe::Place& place, observe::Leaf entry) {
    const std::string receiver = sites.registrable_domain(host);
    if (std::binary_search(facts.own_sites.begin(), facts.own_sites.end(), receiver)) return;
    for (const ValueForms::Found& found : canaries.forms.find(text)) {
      const Planted& planted = canaries.values[found.value];
      // Typed in later, it cannot be what is found here.
      if (planted.entries.front() > entry) continue;
      cite({found.value, receiver, place.session}, entry, &at, out, [&] {
        return TechniqueFact{"pii-leak",
                             std::nullopt,
                             host,
                             place.frame_url,
                             fmt::format("{} typed into the page, and not sent off by anyone, "
                                         "reached {} in {}{}",
                                         planted.words, receiver, where, form_words(found.form)),
                             {planted.entries.front()}};
      });
    }
  };
  for (const RequestFact& fact : facts.requests) {
    if (!fact.of_visit) continue;
    const observe::Request& r = *fact.request;
    if (r.url) look(*r.url, "the address", r.host, r.place, r.entry);
  }
  for (const observe::RequestBody& b : facts.seen.bodies)
    if (b.value) look(*b.value, "the body of a request", b.host, b.place, b.entry);
}

}  // namespace affiant::detect

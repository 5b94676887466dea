// What is done with data, of which a browser sees little; and the policy about itself.
#include <algorithm>

#include "policy/grammar/rules.h"

namespace affiant::policy::grammar {
namespace {

// Kinds of data that a request or a form on the page can be seen to carry.
bool is_visible(const std::vector<std::string>& data) {
  return std::any_of(data.begin(), data.end(), [](const std::string& d) {
    return d != "personal-information" && d != "identifiers" && d != "cookies" &&
           d != "social-media";
  });
}

constexpr std::size_t kShort = 160;  // Bytes of a sentence that says when the policy was changed.

}  // namespace

void read_practice(const Reading& r, const Parse& p, Statements* out) {
  const Analysis& a = p.a;
  const bool denied = a.has(Tag::kNot) || a.has(Tag::kNo);
  if (a.has(Tag::kTls) && !denied) {
    Statement s = statement_of(r, "server-practice", nullptr);
    s.data = {"transport-security"};
    s.purposes = {"security"};
    s.observable = "partly";
    add_once(out, std::move(s));
  }
  std::vector<std::string> data = a.values(Tag::kData);
  for (std::size_t c = 0; c < a.clauses.size(); ++c) {
    if (!acts(p, c) || data.empty()) continue;
    const Subject subject = a.clauses[c].subject;
    const bool ours = subject == Subject::kWe || (p.facts[c].passive && subject != Subject::kYou) ||
                      subject == Subject::kCookie;
    const std::size_t verb = p.facts[c].verb;
    const bool shares = p.starts(verb, Tag::kShare) || p.starts(verb, Tag::kSell);
    const bool others = a.has(Tag::kThird) || a.has(Tag::kVendor) || a.has(Tag::kLegalsharing) ||
                        a.has(Tag::kMerger);
    if (ours && shares && (others || p.starts(verb, Tag::kSell)) &&
        !has_type(*out, "third-party-category") && !has_type(*out, "sale-or-sharing")) {
      Statement s = statement_of(r, "sale-or-sharing", predicate_of(p, c));
      s.data = data;
      s.observable = "no";
      add_once(out, std::move(s));
      continue;
    }
    const bool keeps =
        p.starts(verb, Tag::kCollect) || (p.starts(verb, Tag::kSet) && !a.has(Tag::kCookie));
    std::erase(data, "cookies");
    const bool first = out->empty() || has_type(*out, "uses-cookies");
    if (!ours || !keeps || data.empty() || !first || has_type(*out, "server-practice")) continue;
    Statement s = statement_of(r, "server-practice", predicate_of(p, c));
    s.data = data;
    s.observable = is_visible(data) ? "partly" : "no";
    add_once(out, std::move(s));
  }
}

void read_about(const Reading& r, const Parse& p, Statements* out) {
  const Analysis& a = p.a;
  const auto add = [&](std::string_view type, std::string_view observable) {
    Statement s = statement_of(r, type, nullptr);
    s.observable = observable;
    s.purposes.clear();
    add_once(out, std::move(s));
  };
  const bool denied = a.has(Tag::kNot);
  // "As things stand" is a hedge.
  const bool updated = std::any_of(a.hits.begin(), a.hits.end(), [&](const Hit& h) {
    return h.tag == Tag::kUpdated && !a.at(h.first, Tag::kHedge);
  });
  if (a.has(Tag::kAuthoritative))
    add("policy-itself", "yes");
  else if (updated && r.sentence.end - r.sentence.start < kShort)
    add("policy-itself", "partly");
  else if (a.has(Tag::kReachable) && a.has(Tag::kPolicyword) && !denied)
    add("policy-itself", "yes");
  if ((a.has(Tag::kAppliesto) && a.has(Tag::kPolicyword)) || a.has(Tag::kAlias)) add("scope", "no");
  if (!a.has(Tag::kOptout) && !a.has(Tag::kOptlink) && !a.has(Tag::kChoice)) return;
  const Block& block = r.document.blocks[r.sentence.block];
  const std::string_view quote =
      std::string_view(r.document.text).substr(r.sentence.start, r.sentence.end - r.sentence.start);
  Statement s = statement_of(r, "opt-out-link", nullptr);
  for (const Link& l : block.links) {
    if (l.href.starts_with("http") && !l.text.empty() &&
        quote.find(l.text) != std::string_view::npos && s.data.size() < 10)
      s.data.push_back(l.href);
  }
  const bool written =
      quote.find("http") != std::string_view::npos || quote.find("www.") != std::string_view::npos;
  if (!a.has(Tag::kOptlink) && s.data.empty() && !written) return;
  s.subject = "user";
  s.observable = "partly";
  add_once(out, std::move(s));
}

}  // namespace affiant::policy::grammar

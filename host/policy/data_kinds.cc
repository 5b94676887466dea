#include "policy/data_kinds.h"

#include <algorithm>

#include "policy/data_mentions.h"
#include "policy/utf8.h"

namespace affiant::policy {
namespace {

class Kinds {
 public:
  explicit Kinds(const Analysis& a) : a_(a) {}

  bool counts(const Hit& hit) const {
    return hit.tag == Tag::kData && !hit.value.empty() && a_.role[hit.first] != Role::kException &&
           !is_said_of_data(hit) && !is_covered(hit) && !is_way(hit) && !is_left_out(hit) &&
           !is_unlinked(hit) && !is_only_mentioned(a_, hit);
  }

  // "Your name, address and telephone number": beside other data an address is one too.
  bool is_address(std::size_t i) const {
    if (!one_of(word(i), {"address", "addresses"}) || a_.at(i, Tag::kData)) return false;
    const std::string_view before = i > 0 ? word(i - 1) : std::string_view();
    return one_of(before, {",", "and", "(", "\n", "your", "or"}) || one_of(word(i + 1), {",", ")"});
  }

 private:
  std::string_view word(std::size_t i) const { return a_.word(i); }

  // "Anonymous", "used to identify you": what the data are like, not which.
  bool is_said_of_data(const Hit& hit) const {
    const std::string_view first = word(hit.first);
    return first.starts_with("anonym") || first.starts_with("pseudonym") ||
           first.starts_with("identify") || first == "identifies" || names_something_else(hit);
  }

  // "Email newsletters", "domain name".
  bool names_something_else(const Hit& hit) const {
    // "To recognise your web browser", "sent by your web browser".
    if (hit.value == "browser" && word(hit.first) == "web" && hit.first > 1 &&
        word(hit.first - 1) == "your")
      return !one_of(word(hit.first - 2), {"about", ",", "and", "including"});
    if (hit.value == "email")
      return one_of(
          word(hit.last),
          {"marketing", "newsletter", "newsletters", "message", "messages", "communications",
           "format", "notices", "notification", "notifications", "alerts", "processing", "updates",
           "tips", "campaign", "campaigns", "service", "services"});
    // "Payment processors", "forms of media".
    if (one_of(hit.value, {"payment", "demographic"}))
      return one_of(word(hit.last), {"processor", "processors", "provider", "providers",
                                     "researcher", "researchers"});
    if (hit.value == "ip" && hit.last == hit.first + 1)  // Intellectual property.
      return one_of(word(hit.last), {"rights", "right", "law", "owner", "claims", ")"});
    if (hit.value == "form-input") return word(hit.first) == "forms" && word(hit.last) == "of";
    return hit.value == "name" && hit.first > 0 && hit.last == hit.first + 1 &&
           one_of(word(hit.first - 1),
                  {"domain", "browser", "recognized", "brand", "trade", "file", "host", "product"});
  }

  // Within "non-personal data".
  bool is_covered(const Hit& hit) const {
    return std::any_of(a_.hits.begin(), a_.hits.end(), [&](const Hit& h) {
      return h.tag == Tag::kData && h.value.empty() && h.first <= hit.first && hit.first < h.last;
    });
  }

  // "Through email, telephone or other means", "to inform you by post or email".
  bool is_way(const Hit& hit) const {
    constexpr std::size_t kReach = 7;
    if (hit.value != "email" && hit.value != "phone" &&
        !(hit.value == "payment" && word(hit.first - (hit.first > 0 ? 1 : 0)) == "by"))
      return false;
    if (one_of(word(hit.first + 1), {"address", "addresses", "number", "numbers"})) return false;
    for (std::size_t i = hit.first; i-- > 0 && hit.first - i <= kReach;) {
      if (one_of(word(i), {"by", "via", "through"})) return true;
      if (!one_of(word(i), {",", "/", "or", "and", "post", "mail", "email", "e", "-", "phone",
                            "telephone", "fax", "text", "sms"}))
        return false;
    }
    return false;
  }

  // "Information (not including your name or address)", "rather than your name".
  bool is_left_out(const Hit& hit) const {
    constexpr std::size_t kNear = 2;
    for (std::size_t i = hit.first; i-- > 0 && hit.first - i <= kNear;)
      if (std::any_of(a_.hits.begin(), a_.hits.end(),
                      [&](const Hit& h) { return h.tag == Tag::kInstead && h.last == i + 1; }))
        return true;
    // "Aggregate figures, not any personal data".
    for (std::size_t i = hit.first; i-- > 0 && hit.first - i <= kNear;) {
      if (a_.at(i, Tag::kNot)) return i + 1 < hit.first && one_of(word(i + 1), {"any", "your"});
      if (!one_of(word(i), {"any", "your"})) break;
    }
    if (a_.role[hit.first] != Role::kAside) return false;
    for (std::size_t i = hit.first; i-- > 0 && a_.role[i] == Role::kAside;)
      if (a_.at(i, Tag::kNot) || a_.at(i, Tag::kNo)) return true;
    return false;
  }

  // "Figures that are not linked to any personal data".
  bool is_unlinked(const Hit& hit) const {
    constexpr std::size_t kNear = 4;
    for (std::size_t i = hit.first; i-- > 1 && hit.first - i <= kNear;)
      if (one_of(word(i), {"linked", "associated", "connected"}))
        return a_.at(i - 1, Tag::kNot) || (i > 1 && a_.at(i - 2, Tag::kNot));
    return false;
  }

  const Analysis& a_;
};

}  // namespace

std::vector<std::string> data_kinds(const Analysis& a, std::size_t from, std::size_t to) {
  const Kinds kinds(a);
  std::vector<std::string> found;
  const auto add = [&](std::string_view kind) {
    if (std::find(found.begin(), found.end(), kind) == found.end()) found.emplace_back(kind);
  };
  for (const Hit& hit : a.hits)
    if (hit.first >= from && hit.first < to && kinds.counts(hit)) add(hit.value);
  const bool of_persons = std::any_of(found.begin(), found.end(), [](const std::string& kind) {
    return kind == "name" || kind == "email" || kind == "phone" || kind == "payment";
  });
  for (std::size_t i = from; of_persons && i < std::min(to, a.size()); ++i)
    if (kinds.is_address(i)) add("address");
  return found;
}

}  // namespace affiant::policy

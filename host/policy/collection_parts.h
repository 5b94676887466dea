// What the rules of who gets which data share: a sentence, and adding to what it states. Internal
// to this layer. Not thread-safe; one a sentence.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "policy/data_kinds.h"
#include "policy/rules.h"
#include "policy/utf8.h"

namespace affiant::policy {

class CollectionParts {
 public:
  using Data = std::vector<std::string>;

  CollectionParts(const Reading& r, Statements* out) : r_(r), a_(r.a), out_(out) {}

 protected:
  std::string_view word(std::size_t i) const { return a_.word(i); }

  Data data_in(std::size_t from, std::size_t to) const {
    Data found = data_kinds(a_, from, to);
    std::erase(found, "cookies");
    return found;
  }

  bool denied(std::size_t from, std::size_t to) const {
    for (const Tag tag : {Tag::kNot, Tag::kNo, Tag::kWithout})
      if (a_.has(tag, from, to)) return true;
    return disclaims(a_, a_.clause[std::min(to, a_.size()) - 1]);
  }

  bool add(Data data, bool seen, const Predicate* predicate = nullptr) {
    if (data.empty()) return false;
    Statement s = statement_of(r_, "server-practice", predicate);
    s.data = std::move(data);
    // What a visitor types, or his browser sends, can be seen on its way; what is done later
    // cannot.
    const bool visible = std::any_of(s.data.begin(), s.data.end(), [](const std::string& d) {
      return d != "personal-information" && d != "identifiers" && d != "social-media";
    });
    s.observable = seen && visible ? "partly" : "no";
    out_->push_back(std::move(s));
    return true;
  }

  // Somebody else, consent or advice stands between the verb and the first kind of data: it is of
  // them ("we ask our partners to protect your data").
  bool of_others(std::size_t from, std::size_t to) const {
    for (const Tag tag : {Tag::kThird, Tag::kVendor, Tag::kCookie, Tag::kTracker, Tag::kConsent,
                          Tag::kRight, Tag::kBeacon})
      if (a_.has(tag, from, to)) return true;
    // "We request that you provide your name".
    return word(from) == "that" && word(from + 1) != "you";
  }

  std::size_t first_data(std::size_t from, std::size_t to) const {
    for (const Hit& hit : a_.hits)
      if (hit.tag == Tag::kData && hit.first >= from && hit.first < to && !hit.value.empty())
        return hit.first;
    return Analysis::npos;
  }

  const Reading& r_;
  const Analysis& a_;
  Statements* out_;
};

}  // namespace affiant::policy

// T18: what the site does about Do Not Track and Global Privacy Control.
#include <algorithm>

#include "policy/rules.h"

namespace affiant::policy {
namespace {

// "such signals", "these requests" in a section about them: the signal's name stands in the
// heading.
std::vector<std::string> signals_of(const Reading& r) {
  std::vector<std::string> named = r.a.values(Tag::kSignal);
  if (!named.empty()) return named;
  std::vector<std::string> before;
  if (r.signals != nullptr) before = *r.signals;
  if (before.empty() && r.heading != nullptr) before = r.heading->values(Tag::kSignal);
  if (before.empty()) return before;
  const bool meant = std::any_of(r.a.tokens.begin(), r.a.tokens.end(), [](const Token& t) {
    return t.word == "signal" || t.word == "signals" || t.word == "header" || t.word == "headers";
  });
  return meant ? before : named;
}

bool by_site(const Analysis& a, const Predicate& p) {
  const Subject subject = a.clauses[p.clause].subject;
  // "Signals are honoured by our partners."
  if (p.passive && p.end < a.size() && a.tokens[p.end].word == "by" &&
      (a.has(Tag::kThird, p.end, p.end + 4) || a.has(Tag::kVendor, p.end, p.end + 4)))
    return false;
  // "The tracker respects ...": the site's own, where nobody else is spoken of.
  // "Most browsers support ...".
  for (std::size_t i = a.clauses[p.clause].first; i < p.at; ++i)
    if (a.role[i] == Role::kMain && a.tokens[i].word.starts_with("browser")) return false;
  // "The signal does not change how our site works."
  if (a.at(p.at, Tag::kAlter) && p.polarity == Polarity::kDenied &&
      a.has(Tag::kSignal, a.clauses[p.clause].first, p.at))
    return true;
  // A name that is written small.
  const bool name = subject == Subject::kOther && p.at > 0 && a.at(p.at, Tag::kHonour) &&
                    a.clause[0] == p.clause && a.tags[0].none() && a.at(1, Tag::kDo);
  if (name && !one_of(a.tokens[0].word, {"it", "they", "this", "that", "there", "some", "most"}))
    return true;
  // "Respects Do Not Track headers": nobody is named, and the site is meant.
  if (subject == Subject::kNone && a.at(p.at, Tag::kHonour) &&
      p.at <= a.clauses[p.clause].first + 2 && !a.has(Tag::kThird))
    return true;
  const bool own_tool = subject == Subject::kCookie && !a.has(Tag::kThird);
  return subject == Subject::kWe || p.passive || own_tool;
}

// A stretch of clauses.
struct Clauses {
  std::size_t first = 0, last = Analysis::npos;
  bool holds(std::size_t clause) const { return clause >= first && clause < last; }
};

struct Answer {
  const Predicate* predicate = nullptr;
  bool honours = false;
  bool found = false;
};

// "... about how third parties respond": not the site's answer.
bool of_others(const Analysis& a, const Predicate& p) {
  return a.has(Tag::kThird, p.at > 4 ? p.at - 4 : 0, p.at);
}

// "This section says how we respond": what follows is the answer.
bool announced(const Analysis& a, const Predicate& p) {
  for (std::size_t i = p.at; i-- > a.clauses[p.clause].first && p.at - i <= 6;) {
    if (a.tokens[i].word == "how") return true;
    if (a.tokens[i].word == "," || a.tokens[i].word == ":") return false;
  }
  return false;
}

// "not set up to respond": the verb stands in the purpose of another.
bool denied_before(const Analysis& a, const Predicate& p) {
  for (std::size_t i = p.at; i-- > a.clauses[p.clause].first;) {
    if (a.at(i, Tag::kNot)) return true;
  }
  return false;
}

// "designed to recognize and honour", "configured to respond".
bool made_for_it(const Analysis& a, const Predicate& p) {
  for (std::size_t i = p.at; i-- > a.clauses[p.clause].first && p.at - i <= 6;) {
    if (one_of(a.tokens[i].word, {"designed", "configured", "programmed", "equipped", "able",
                                  "intended", "built", "set", "enabled"}))
      return true;
  }
  return false;
}

// "If your browser sends it, we opt you out", "when we see it, analytics are turned off".
bool opts_out(const Analysis& a) {
  const bool condition = std::any_of(a.hits.begin(), a.hits.end(), [&](const Hit& h) {
    return h.tag == Tag::kIf && a.role[h.first] == Role::kCondition;
  });
  if (!condition || a.has(Tag::kNot) || a.has(Tag::kNo)) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a.role[i] != Role::kMain) continue;
    const std::string_view word = a.tokens[i].word;
    const std::string_view next = i + 1 < a.size() ? std::string_view(a.tokens[i + 1].word) : "";
    const bool we = a.has(Tag::kWe, i > 4 ? i - 4 : 0, i) || a.has(Tag::kBe, i > 3 ? i - 3 : 0, i);
    if (!we) continue;
    if (one_of(word, {"disable", "disabled", "opted", "deactivate", "deactivated", "declined",
                      "rejected", "blocked"}))
      return true;
    if (one_of(word, {"opt", "turn", "switch", "turned", "switched"}) &&
        one_of(next, {"off", "out", "you"}))
      return true;
  }
  return false;
}

// Honouring verbs speak for themselves; altering ones deny by being denied; tracking ones answer
// only together with the signal as condition.
// "Regardless", "whether or not", in the same item of a list as `at`.
bool says_regardless(const Analysis& a, std::size_t at) {
  const auto item = [&](std::size_t i) {
    return std::count_if(a.tokens.begin(), a.tokens.begin() + static_cast<std::ptrdiff_t>(i),
                         [](const Token& t) { return t.word == "\n"; });
  };
  return std::any_of(a.hits.begin(), a.hits.end(), [&](const Hit& h) {
    const bool says =
        h.tag == Tag::kRegardless || (h.tag == Tag::kMask && a.tokens[h.first].word == "whether");
    return says && (at == Analysis::npos || item(h.first) == item(at));
  });
}

Answer answer_of(const Analysis& a, const Clauses& in) {
  for (const Predicate& p : a.predicates) {
    if (!in.holds(p.clause)) continue;
    const bool unclear = p.polarity == Polarity::kUnclear && p.role != Role::kPurpose;
    if (unclear || announced(a, p) || !by_site(a, p) || of_others(a, p)) continue;
    if (p.role == Role::kPurpose && a.at(p.at, Tag::kHonour) &&
        a.clauses[p.clause].subject == Subject::kWe && denied_before(a, p))
      return {&p, false, true};
    if (p.role == Role::kPurpose && a.at(p.at, Tag::kHonour) && made_for_it(a, p) &&
        a.clauses[p.clause].subject != Subject::kYou)
      return {&p, !denied_before(a, p), true};
    if (p.role != Role::kMain) continue;
    const bool denied = p.polarity == Polarity::kDenied;
    if (a.at(p.at, Tag::kAlter) || a.at(p.at, Tag::kHonour))
      return {&p, !denied && !says_regardless(a, p.at), true};
  }
  const bool regardless = says_regardless(a, Analysis::npos);
  for (const Predicate& p : a.predicates) {
    if (!in.holds(p.clause)) continue;
    if (p.polarity == Polarity::kUnclear || !by_site(a, p) || p.role != Role::kMain) continue;
    const bool acts = a.at(p.at, Tag::kTrack) || a.at(p.at, Tag::kSet) || a.at(p.at, Tag::kUse) ||
                      a.at(p.at, Tag::kCollect) || a.at(p.at, Tag::kShare) ||
                      a.at(p.at, Tag::kEmbed);
    if (!acts || !a.has(Tag::kIf)) continue;
    // "Even then we use essential cookies" ignores nothing.
    if (p.polarity == Polarity::kPlain && a.has(Tag::kNecessary, p.end)) continue;
    if (p.polarity == Polarity::kDenied) return {&p, !regardless, true};
    if (regardless) return {&p, false, true};
  }
  if (opts_out(a) && in.last == Analysis::npos) return {nullptr, true, true};
  // "... continue as described whether or not a signal is received".
  const bool same = std::any_of(a.tokens.begin(), a.tokens.end(),
                                [](const Token& t) { return t.word == "same"; });
  if (regardless && same && in.last == Analysis::npos) return {nullptr, false, true};
  if (regardless && !a.has(Tag::kNecessary) && in.last == Analysis::npos &&
      std::any_of(a.clauses.begin(), a.clauses.end(),
                  [](const Clause& c) { return c.subject == Subject::kWe; }))
    return {a.predicates.empty() ? nullptr : &a.predicates.front(), false, true};
  return {};
}

// What is said of one signal, when a sentence speaks of several one after the other: "we do not
// respond to the one, but honour the other".
struct Part {
  Clauses clauses;
  std::vector<std::string> signals;
};

std::vector<Part> parts_of(const Analysis& a) {
  std::vector<Part> parts;
  for (const Hit& hit : a.hits) {
    if (hit.tag != Tag::kSignal) continue;
    const std::size_t clause = a.clause[hit.first];
    const std::string value(hit.value);
    if (!parts.empty() &&
        (contains(parts.back().signals, value) || parts.back().clauses.first == clause)) {
      if (!contains(parts.back().signals, value)) parts.back().signals.push_back(value);
      continue;
    }
    if (!parts.empty()) parts.back().clauses.last = clause;
    parts.push_back({{parts.empty() ? 0 : clause, Analysis::npos}, {value}});
  }
  return parts;
}

void add(const Reading& r, const Answer& answer, const std::vector<std::string>& signals,
         Statements* out) {
  Statement s = statement_of(r, "signal", answer.predicate);
  s.polarity = answer.honours ? "does" : "does-not";
  s.data = signals;
  s.purposes.clear();
  s.observable = "yes";
  // The signal itself is no condition: it is what is answered.
  const bool conditional = std::any_of(r.a.hits.begin(), r.a.hits.end(), [&](const Hit& hit) {
    return hit.tag == Tag::kSignal && r.a.role[hit.first] == Role::kCondition;
  });
  if (conditional) {
    s.condition.clear();
    if (s.modality == "if") s.modality = "does";
  }
  out->push_back(std::move(s));
}

}  // namespace

void read_signal(const Reading& r, Statements* out) {
  if (r.a.has(Tag::kLegal) && !r.a.has(Tag::kWe)) return;  // What a law asks for.
  const std::vector<std::string> signals = signals_of(r);
  if (signals.empty()) return;
  // "We will monitor developments and may adjust our practices."
  if (std::any_of(
          r.a.tokens.begin(), r.a.tokens.end(),
          [](const Token& t) { return t.word == "developments" || t.word == "development"; }) &&
      !r.a.has(Tag::kNot))
    return;
  const Answer answer = answer_of(r.a, {});
  if (!answer.found) return;
  const std::vector<Part> parts = parts_of(r.a);
  std::vector<Answer> answers;
  for (const Part& part : parts) answers.push_back(answer_of(r.a, part.clauses));
  const bool each = answers.size() > 1 && std::all_of(answers.begin(), answers.end(),
                                                      [](const Answer& x) { return x.found; });
  if (!each) {
    add(r, answer, signals, out);
    return;
  }
  for (std::size_t i = 0; i < parts.size(); ++i) add(r, answers[i], parts[i].signals, out);
}

}  // namespace affiant::policy

#include "policy/companies.h"

#include <algorithm>
#include <array>

namespace affiant::policy {
// Legal forms as the tokenizer leaves them. What is also an everyday word or a pair of initials
// counts only when written like a name.
bool is_legal_form(const Token& token) {
  return token.capital &&
         one_of(token.word,
                {"inc",   "llc", "llp",   "gmbh", "ltd",  "limited", "corp",  "corporation", "plc",
                 "ag",    "kg",  "se",    "sas",  "sarl", "s.a",     "s.a.s", "s.a.r.l",     "b.v",
                 "bv",    "n.v", "nv",    "ab",   "oy",   "aps",     "a/s",   "pty",         "pte",
                 "s.r.l", "srl", "s.p.a", "spa",  "s.l",  "sl",      "kk",    "ug",          "co"});
}

namespace {

constexpr std::size_t kLongestName = 5;  // Words.

// Words that stand before a name and are no part of it, when a sentence begins with them.
bool is_leading_word(std::string_view word) {
  return one_of(word, {"the",  "our",  "by",   "with", "from",  "and",   "or",      "in",     "at",
                       "on",   "for",  "to",   "of",   "via",   "these", "this",    "your",   "its",
                       "both", "also", "when", "if",   "since", "while", "besides", "company"});
}

constexpr std::size_t kLongestListed = 3;  // Words of a name that only its list tells.

// Finds names by what stands beside them.
class Lists {
 public:
  Lists(const std::vector<Token>& tokens, const std::vector<Hit>& hits)
      : tokens_(tokens), hits_(hits), tagged_(tokens.size(), false), hard_(tokens.size(), false) {
    std::size_t capitals = 0, words = 0;
    for (const Token& token : tokens) {
      words += token.punctuation ? 0U : 1U;
      capitals += token.capital ? 1U : 0U;
    }
    // A title, or a text in capitals: they tell nothing there.
    plain_ = words >= 5 && capitals * 2 <= words + 2;
    for (const Hit& hit : hits)
      for (std::size_t i = hit.first; i < hit.last; ++i) {
        tagged_[i] = true;
        if (hit.tag != Tag::kPurpose && hit.tag != Tag::kSite && hit.tag != Tag::kContent)
          hard_[i] = true;
      }
  }

  std::vector<Hit> run() {
    if (!plain_) return {};
    std::size_t until = 0;
    for (const Hit& hit : hits_) {
      if (hit.tag != Tag::kVendor || hit.first < until) continue;
      until = hit.last;
      backwards(hit.first);
      until = std::max(until, forwards(hit.last));
    }
    items();
    for (const Hit& hit : hits_)
      if (hit.tag == Tag::kOpenlist && after_third(hit.first)) examples(skip_colon(hit.last));
    std::sort(out_.begin(), out_.end(),
              [](const Hit& a, const Hit& b) { return a.first < b.first; });
    return std::move(out_);
  }

 private:
  bool separates(std::size_t i) const {
    return i < tokens_.size() && one_of(tokens_[i].word, {",", "and", "or", "&", "/"});
  }
  std::size_t skip_colon(std::size_t i) const {
    return i < tokens_.size() && one_of(tokens_[i].word, {":", ","}) ? i + 1 : i;
  }
  bool is_name_word(std::size_t i) const {
    const Token& token = tokens_[i];
    if (!token.capital || token.punctuation || token.word.size() < 3) return false;
    // "App Radar": what a site may be called, with a name behind it.
    const bool site = one_of(token.word, {"app", "site", "page", "web", "media", "social"});
    if (tagged_[i] &&
        (!site || i + 1 >= tokens_.size() || tagged_[i + 1] || !tokens_[i + 1].capital))
      return false;
    return !is_leading_word(token.word) && !is_legal_form(token) &&
           !one_of(token.word,
                   {"european",   "united",    "states",   "kingdom",    "union",     "ireland",
                    "germany",    "france",    "canada",   "usa",        "america",   "china",
                    "india",      "japan",     "spain",    "italy",      "australia", "switzerland",
                    "california", "economic",  "area",     "january",    "february",  "march",
                    "april",      "june",      "july",     "august",     "september", "october",
                    "november",   "december",  "internet", "android",    "windows",   "chrome",
                    "safari",     "firefox",   "mozilla",  "opera",      "edge",      "explorer",
                    "article",    "section",   "html",     "javascript", "url",       "api",
                    "faq",        "inc",       "llc",      "ltd",        "gmbh",      "wi",
                    "bluetooth",  "other",     "others",   "english",    "german",    "french",
                    "spanish",    "ferpa",     "gdpr",     "ccpa",       "cpra",      "hipaa",
                    "coppa",      "glba",      "pipeda",   "lgpd",       "vcdpa",     "tcpa",
                    "idfa",       "aaid",      "gaid",     "commission", "act",       "parliament",
                    "shield",     "framework", "schedule"});
  }
  // The name that begins at `at`, up to a sign that ends an item of a list; its end, or `at`.
  std::size_t name_at(std::size_t at) {
    std::size_t end = at;
    // "Example Insights": a word with a meaning of its own may be a part, behind another.
    const auto belongs = [&](std::size_t i) {
      return is_name_word(i) || (i > at && tokens_[i].capital && !hard_[i]);
    };
    while (end < tokens_.size() && end - at <= kLongestListed && belongs(end)) ++end;
    if (end == at || end - at > kLongestListed) return at;
    const bool closed = end >= tokens_.size() || separates(end) || tokens_[end].punctuation;
    if (!closed || taken(at)) return at;
    out_.push_back(
        {Tag::kVendor, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end), "other"});
    return end;
  }
  bool taken(std::size_t at) const {
    return std::any_of(out_.begin(), out_.end(),
                       [&](const Hit& hit) { return hit.first <= at && hit.last > at; });
  }
  // "The following third-party providers:" and below it "Example - payments", "Other (mail)".
  void items() {
    std::size_t lead = 0;
    while (lead + 1 < tokens_.size() &&
           (tokens_[lead].word != ":" || tokens_[lead + 1].word != "\n"))
      ++lead;
    if (lead + 1 >= tokens_.size()) return;
    if (std::none_of(hits_.begin(), hits_.end(),
                     [&](const Hit& hit) { return hit.tag == Tag::kThird && hit.first < lead; }))
      return;
    const bool named = labels_are_names(lead);
    for (std::size_t i = lead + 1; i + 1 < tokens_.size(); ++i) {
      if (tokens_[i].word != "\n" || !is_name_word(i + 1)) continue;
      const std::size_t end = name_at(i + 1);
      if (end == i + 1) continue;
      // What is described behind a dash is a name; before a colon it may be any label.
      const bool described = end < tokens_.size() && one_of(tokens_[end].word, {"-", "("});
      const bool labels = named && end < tokens_.size() && tokens_[end].word == ":" &&
                          !is_kind(tokens_[end - 1].word) && !names_vendor(end, item_end(end));
      if (!described && !labels) out_.pop_back();
    }
  }
  // "Job board APIs", "Database": what such a label says is what for, not who.
  static bool is_kind(std::string_view word) {
    return one_of(word, {"apis", "database", "databases", "storage", "delivery", "monitoring",
                         "models", "integrations", "infrastructure", "processing", "backups",
                         "logging", "notifications", "invoicing", "billing", "accounts"});
  }
  std::size_t item_end(std::size_t i) const {
    while (i < tokens_.size() && tokens_[i].word != "\n") ++i;
    return i;
  }
  bool names_vendor(std::size_t from, std::size_t to) const {
    return std::any_of(hits_.begin(), hits_.end(), [&](const Hit& hit) {
      return hit.tag == Tag::kVendor && hit.first >= from && hit.first < to;
    });
  }
  // Whether most of the labels in a list ("Stripe: ...") are known as names, so that the others are
  // some too, and no "Database: ...".
  bool labels_are_names(std::size_t lead) const {
    std::size_t labels = 0, known = 0;  // "Database: on Hetzner" is none.
    for (const Hit& hit : hits_)
      known += hit.tag == Tag::kVendor && hit.first > lead && hit.last < tokens_.size() &&
                       tokens_[hit.first - 1].word == "\n" && tokens_[hit.last].word == ":"
                   ? 1
                   : 0;
    bool begins = false;  // No colon yet in the item.
    for (std::size_t i = lead + 1; i < tokens_.size(); ++i) {
      if (tokens_[i].word == "\n") begins = true;
      if (!begins || tokens_[i].word != ":") continue;
      labels += names_vendor(i, item_end(i)) ? 0 : 1;
      begins = false;
    }
    return known > 0 && known * 2 >= labels;
  }
  void examples(std::size_t at) {
    const std::size_t end = name_at(at);
    if (end != at) forwards(end);
  }
  // What follows a name in its list.
  std::size_t forwards(std::size_t end) {
    for (;;) {
      std::size_t next = end;
      while (separates(next)) ++next;
      if (next == end || next >= tokens_.size()) return end;
      const std::size_t after = name_at(next);
      if (after == next) return end;
      end = after;
    }
  }
  // "Example, Other and Google Analytics": what stands before, one name at a time.
  void backwards(std::size_t first) {
    for (;;) {
      std::size_t end = first;
      while (end > 0 && separates(end - 1)) --end;
      if (end == first || end == 0) return;
      std::size_t at = end;
      while (at > 0 && end - at < kLongestListed && is_name_word(at - 1)) --at;
      // The first word of a sentence is always written so.
      if (at == end || at == 0 || taken(at)) return;
      const bool opened = separates(at - 1) || tokens_[at - 1].punctuation ||
                          one_of(tokens_[at - 1].word, {"as", "like", "including", "with", "by",
                                                        "to", "use", "from", "via", "through"});
      if (!opened) return;
      out_.push_back(
          {Tag::kVendor, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end), "other"});
      first = at;
    }
  }
  bool after_third(std::size_t at) const {
    constexpr std::size_t kNear = 4;
    return std::any_of(hits_.begin(), hits_.end(), [&](const Hit& hit) {
      return hit.tag == Tag::kThird && hit.last <= at && at - hit.last <= kNear;
    });
  }

  const std::vector<Token>& tokens_;
  const std::vector<Hit>& hits_;
  std::vector<bool> tagged_, hard_;
  std::vector<Hit> out_;
  bool plain_ = false;
};

bool joins(std::string_view word) { return one_of(word, {"&", "of", "-", "+", "."}); }

}  // namespace

// Most sentences hold none of these, and are told by it.
bool may_name_companies(std::string_view text) {
  static constexpr auto kForms = std::to_array<std::string_view>(
      {"Inc", "LLC",   "GmbH",  "Ltd", "LTD", "Limited", "Corp", " AG", " SE",
       " AB", "S.A",   "B.V",   "BV",  " Oy", "ApS",     "Pty",  "Pte", "PLC",
       "plc", "S.r.l", "S.p.A", "SAS", "N.V", "KG",      "UG"});
  static constexpr auto kBegins = [] {
    std::array<bool, 256> begins{};
    for (const std::string_view form : kForms)
      begins[static_cast<unsigned char>(form[form[0] == ' ' ? 1 : 0])] = true;
    return begins;
  }();
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!kBegins[static_cast<unsigned char>(text[i])]) continue;
    for (const std::string_view form : kForms) {
      if (form[0] == ' ' && i == 0) continue;
      const std::size_t at = form[0] == ' ' ? i - 1 : i;
      if (at + 1 < text.size() && text[at] == form[0] && text[at + 1] == form[1] &&
          text.substr(at).starts_with(form))
        return true;
    }
  }
  return false;
}

std::vector<Hit> companies(const std::vector<Token>& tokens, const std::vector<Hit>& known) {
  std::vector<Hit> out;
  for (std::size_t form = 1; form < tokens.size(); ++form) {
    if (!is_legal_form(tokens[form])) continue;
    std::size_t last = form;
    if (tokens[last - 1].word == "," && last > 1) --last;
    if (!tokens[last - 1].capital || is_legal_form(tokens[last - 1])) continue;
    std::size_t first = last - 1;
    for (std::size_t words = 1; first > 0 && words < kLongestName; ++words) {
      const Token& before = tokens[first - 1];
      if (before.capital && !before.punctuation) {
        --first;
      } else if (joins(before.word) && first > 1 && tokens[first - 2].capital) {
        first -= 2;
      } else {
        break;
      }
    }
    while (first + 1 < last && is_leading_word(tokens[first].word)) ++first;
    if (is_leading_word(tokens[first].word)) continue;
    const bool named = std::any_of(known.begin(), known.end(), [&](const Hit& hit) {
      return hit.tag == Tag::kVendor && hit.first < last && hit.last > first;
    });
    const bool again = !out.empty() && out.back().last > first;
    if (!named && !again)
      out.push_back({Tag::kVendor, static_cast<std::uint32_t>(first),
                     static_cast<std::uint32_t>(last), kCompany});
  }
  return out;
}

std::vector<Hit> listed_names(const std::vector<Token>& tokens, const std::vector<Hit>& hits) {
  const bool worth = std::any_of(hits.begin(), hits.end(), [](const Hit& hit) {
    return hit.tag == Tag::kVendor || hit.tag == Tag::kThird;
  });
  return worth ? Lists(tokens, hits).run() : std::vector<Hit>{};
}

}  // namespace affiant::policy

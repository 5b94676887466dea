#include "consent/collector.h"

#include <algorithm>
#include <array>

#include "base/limits.h"
#include "policy/cookie_names.h"
#include "policy/cookie_words.h"
#include "policy/tokens.h"

namespace affiant::consent {

using policy::DeclaredCookie;

// A field for names says what a name is: one word is taken as it stands. Only what cannot be one is
// looked through for several.
std::vector<std::string> patterns_in(std::string_view field) {
  while (!field.empty() && (field.front() == ' ' || field.front() == '\n')) field.remove_prefix(1);
  while (!field.empty() && (field.back() == ' ' || field.back() == '\n')) field.remove_suffix(1);
  if (policy::may_be_name(field)) return {policy::pattern_of(field)};
  std::vector<std::string> patterns;
  for (policy::Name& name : policy::read_names(field, true).names)
    patterns.push_back(std::move(name.pattern));
  return patterns;
}

void Collector::data(std::string_view piece) {
  if (!text_.empty()) text_ += '\n';
  base_ = text_.size();
  origin_ = 0;
  text_ += piece;
}

void Collector::data(const JsValue& value) {
  data(value.raw());
  origin_ = value.start();
}

bool Collector::is_full() {
  if (out_.cookies.size() < limits::kDeclaredCookies) return false;
  unread("cookies beyond the first " + std::to_string(limits::kDeclaredCookies));
  return true;
}

void Collector::add(std::string pattern, DeclaredCookie row, std::size_t start, std::size_t end) {
  // "*" alone would cover whatever is set.
  if (pattern.find_first_not_of("*-_ .") == std::string::npos) {
    ++nameless_;
    return;
  }
  if (is_full()) return;
  const auto is_space = [&](std::size_t at) { return text_[at] == ' ' || text_[at] == '\n'; };
  while (end > start && is_space(end - 1)) --end;
  while (start < end && is_space(start)) ++start;
  row.pattern = std::move(pattern);
  row.session_cookie = row.session_cookie && row.storage == "cookie";
  row.start = start;
  row.end = end;
  out_.cookies.push_back(std::move(row));
}

void Collector::cookie(std::string_view names, const DeclaredCookie& row, std::size_t start,
                       std::size_t end) {
  if (is_full()) return;
  std::vector<std::string> patterns = patterns_in(names);
  if (patterns.empty()) ++nameless_;
  for (std::string& each : patterns) pattern(std::move(each), row, start, end);
}

void Collector::cookie(std::string_view names, const DeclaredCookie& row, const JsValue& of) {
  cookie(names, row, of.start(), of.end());
}

void Collector::pattern(std::string pattern, const DeclaredCookie& row, std::size_t start,
                        std::size_t end) {
  add(std::move(pattern), row, base_ + start - origin_, base_ + end - origin_);
}

void Collector::pattern(std::string pattern, const DeclaredCookie& row, const JsValue& of) {
  this->pattern(std::move(pattern), row, of.start(), of.end());
}

void Collector::party(std::string_view name, std::string_view category, std::size_t start,
                      std::size_t end) {
  if (name.empty() || parties_.size() >= limits::kTableRows ||
      !parties_.insert(policy::fold(name)).second)
    return;
  policy::Statement statement;
  statement.type = "named-third-party";
  statement.parties.emplace_back(name);
  if (!category.empty() && category != "unclassified") statement.purposes.emplace_back(category);
  statement.observable = "yes";
  statement.start = base_ + start - origin_;
  statement.end = base_ + end - origin_;
  out_.statements.push_back(std::move(statement));
}

void Collector::party(const JsValue& name, std::string_view category) {
  // Without the quotes around it.
  if (const auto words = name.string()) {
    if (!words->empty()) party(plain_words(*words), category, name.start() + 1, name.end() - 1);
  }
}

void Collector::unread(std::string words) {
  if (std::find(out_.unread.begin(), out_.unread.end(), words) == out_.unread.end())
    out_.unread.push_back(std::move(words));
}

void Collector::leaves_out_necessary() {
  leaves_out_ = true;
  unread("cookies that need no consent, which this list leaves out");
}

policy::Declaration Collector::take(const policy::Source& source, std::string_view manager) {
  if (nameless_ > 0)
    unread(std::to_string(nameless_) + (nameless_ == 1 ? " entry" : " entries") + " of " +
           std::string(manager) + " without a name that a cookie could have");
  const std::string_view text = text_;
  for (DeclaredCookie& row : out_.cookies) row.quote = text.substr(row.start, row.end - row.start);
  for (policy::Statement& s : out_.statements) s.quote = text.substr(s.start, s.end - s.start);
  policy::Source own = source;
  own.id = 1;
  own.kind = manager;
  own.text = std::move(text_);
  own.leaves_out = leaves_out_;
  out_.sources.push_back(std::move(own));
  std::vector<policy::Declaration> one;
  one.push_back(std::move(out_));
  return policy::merge(std::move(one));
}

void set_lifetime(DeclaredCookie* row, std::string_view words) {
  const policy::Lifetime life = policy::lifetime_of(words);
  row->lifetime_s = life.seconds;
  row->session_cookie = life.session;
}

void set_lifetime(DeclaredCookie* row, std::optional<double> figure, double unit_s, Zero zero) {
  constexpr double kLongest =
      1e12;  // Seconds: some 31,700 years; further on a figure is a mistake.
  row->lifetime_s.reset();
  row->session_cookie = figure == 0.0 && zero == Zero::kSession;
  if (figure && *figure > 0 && *figure * unit_s <= kLongest)
    row->lifetime_s = static_cast<std::int64_t>(*figure * unit_s);
}

std::string category_in(std::string_view words) {
  std::string category = policy::category_of(words);
  return category.empty() ? "unclassified" : category;
}

std::string broadest_category(const std::vector<std::string>& words) {
  constexpr std::array<std::string_view, 6> kOrder = {"advertising", "social",    "analytics",
                                                      "functional",  "necessary", "unclassified"};
  std::size_t best = kOrder.size();
  for (const std::string& purpose : words) {
    const std::string category = policy::category_of(purpose);
    const auto* at = std::find(kOrder.begin(), kOrder.end(), category);
    best = std::min(best, static_cast<std::size_t>(at - kOrder.begin()));
  }
  return best == kOrder.size() ? std::string() : std::string(kOrder[best]);
}

std::string storage_in(std::string_view words) {
  std::string spaced(words);
  std::replace(spaced.begin(), spaced.end(), '_', ' ');
  const std::string folded = policy::fold(spaced);
  if (folded.find("indexed") != std::string::npos || folded == "idb") return "indexedDB";
  if (folded.find("session storage") != std::string::npos) return "sessionStorage";
  if (folded.find("pixel") != std::string::npos) return "pixel";
  // Cookiebot's "HTML Local Storage" keeps that word in every language; IAB and Didomi say "web".
  if (folded.find("html") != std::string::npos || folded == "web" || folded == "web storage")
    return "localStorage";
  const std::string found = policy::storage_of(spaced);
  return found.empty() ? "cookie" : found;
}

std::string plain_words(std::string_view html) {
  constexpr std::pair<std::string_view, std::string_view> kEntities[] = {
      {"&amp;", "&"},   {"&lt;", "<"},  {"&gt;", ">"},
      {"&quot;", "\""}, {"&#39;", "'"}, {"&nbsp;", " "}};
  std::string out;
  const auto add = [&](std::string_view words) {
    for (const char c : words) {
      const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
      if (!space) out += c;
      if (space && !out.empty() && out.back() != ' ') out += ' ';
    }
  };
  const std::size_t last_tag = html.rfind('>');
  for (std::size_t at = 0; at < html.size();) {
    const std::string_view rest = html.substr(at);
    // "<br/>" parts words; "<" with nothing that closes it is a sign.
    if (rest.front() == '<' && last_tag != std::string_view::npos && at < last_tag) {
      add(" ");
      at += rest.find('>') + 1;
      continue;
    }
    const auto* entity = std::find_if(std::begin(kEntities), std::end(kEntities),
                                      [&](const auto& e) { return rest.starts_with(e.first); });
    if (entity != std::end(kEntities)) {
      add(entity->second);
      at += entity->first.size();
    } else {
      add(rest.substr(0, 1));
      ++at;
    }
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

}  // namespace affiant::consent

// affiant.toml into Expectations, strictly. The only mention of toml++.
#define TOML_EXCEPTIONS 0
#define TOML_MAX_NESTED_VALUES 16
#include <toml++/toml.h>

#include <algorithm>
#include <set>

#include "base/bytes.h"
#include "findings/catalogue.h"
#include "gate/expectations.h"
#include "gate/toml_guard.h"

namespace affiant::gate {
namespace {

std::string place_of(const std::string& file, const toml::source_region& region) {
  return fmt::format("{}:{}:{}", file, region.begin.line, region.begin.column);
}

// One [[table]], member by member; whatever is wrong first is kept.
class Members {
 public:
  Members(const toml::table& table, std::string name, const std::string& file)
      : table_(table), name_(std::move(name)), file_(file) {}

  std::string text(std::string_view key, bool required) {
    const toml::node* node = find(key, required, "a text in quotes");
    if (node == nullptr) return {};
    const auto* value = node->as_string();
    if (value == nullptr) return wrong(*node, key, "a text in quotes"), std::string();
    if (value->get().empty()) wrong(*node, key, "a text that is not empty");
    return value->get();
  }

  std::string day(std::string_view key) {
    const toml::node* node = find(key, true, "a date without quotes, as in 2027-01-31");
    if (node == nullptr) return {};
    const auto* value = node->as_date();
    if (value == nullptr)
      return wrong(*node, key, "a date without quotes, as in 2027-01-31"), std::string();
    const toml::date d = value->get();
    return fmt::format("{:04}-{:02}-{:02}", d.year, static_cast<unsigned>(d.month),
                       static_cast<unsigned>(d.day));
  }

  std::optional<std::int64_t> days(std::string_view key) {
    const toml::node* node = find(key, false, "");
    if (node == nullptr) return std::nullopt;
    const auto* value = node->as_integer();
    constexpr std::int64_t kMost = 36'525;
    if (value == nullptr || value->get() < 0 || value->get() > kMost)
      return wrong(*node, key, fmt::format("a whole number of days, 0 to {}", kMost)), std::nullopt;
    return value->get();
  }

  Known known() {
    Known out;
    out.reason = text("reason", true);
    out.expires = day("expires");
    out.line = table_.source().begin.line;
    return out;
  }

  void fail_here(const std::string& what) { set(place_of(file_, table_.source()), what); }

  // What was asked for is all that may be there.
  Status done() {
    for (const auto& [key, node] : table_)
      if (!asked_.contains(key.str()))
        set(place_of(file_, key.source()),
            fmt::format("{} has no member named {}; it has: {}", name_, printable(key.str(), 80),
                        asked_words()));
    if (!error_.empty()) return fail(Code::kMalformed, "{}", error_);
    return {};
  }

 private:
  const toml::node* find(std::string_view key, bool required, std::string_view kind) {
    asked_.emplace(key);
    const toml::node* node = table_.get(key);
    if (node == nullptr && required)
      fail_here(fmt::format("{} needs the member {}: {}", name_, key, kind));
    return node;
  }
  void wrong(const toml::node& node, std::string_view key, std::string_view wanted) {
    set(place_of(file_, node.source()), fmt::format("{} has to be {}", key, wanted));
  }
  void set(const std::string& place, const std::string& what) {
    if (error_.empty()) error_ = place + ": " + what;
  }
  std::string asked_words() const {
    std::string out;
    for (const std::string& key : asked_) out += (out.empty() ? "" : ", ") + key;
    return out;
  }

  const toml::table& table_;
  std::string name_;
  const std::string& file_;
  std::set<std::string, std::less<>> asked_;
  std::string error_;
};

std::string without_dot(std::string domain) {
  if (domain.starts_with('.')) domain.erase(0, 1);
  return domain;
}

Result<AllowedCookie> cookie(const toml::table& table, const std::string& file) {
  Members m(table, "[[cookie]]", file);
  AllowedCookie out;
  out.name = m.text("name", true);
  out.domain = without_dot(m.text("domain", false));
  out.lifetime_days = m.days("lifetime_days");
  out.known = m.known();
  AFFIANT_CHECK(m.done());
  return out;
}

Result<AllowedThirdParty> third_party(const toml::table& table, const std::string& file) {
  Members m(table, "[[third_party]]", file);
  AllowedThirdParty out;
  out.owner = m.text("owner", false);
  out.host = without_dot(m.text("host", false));
  out.known = m.known();
  if (out.owner.empty() == out.host.empty())
    m.fail_here("[[third_party]] needs one of owner and host");
  AFFIANT_CHECK(m.done());
  return out;
}

// "F7" or "lifetime-exceeds". Of F17 both names.
std::vector<std::string> rules_named(const std::string& word) {
  std::vector<std::string> out;
  for (const findings::RuleInfo& rule : findings::catalogue())
    if (word == rule.name || word == fmt::format("F{}", rule.number)) out.emplace_back(rule.name);
  return out;
}

Result<std::vector<IgnoredRule>> ignored(const toml::table& table, const std::string& file) {
  Members m(table, "[[ignore]]", file);
  IgnoredRule one;
  const std::string word = m.text("rule", true);
  one.title = m.text("title", false);
  one.known = m.known();
  std::vector<IgnoredRule> out;
  for (const std::string& name : rules_named(word)) {
    one.rule = name;
    out.push_back(one);
  }
  if (out.empty() && !word.empty())
    m.fail_here(fmt::format("there is no rule {}: F1 to F20, or a name of docs/findings.md",
                            printable(word, 80)));
  AFFIANT_CHECK(m.done());
  return out;
}

// Calls one(table) for each [[name]].
template <typename One>
Status each(const toml::table& root, std::string_view name, const std::string& file,
            const One& one) {
  const toml::node* node = root.get(name);
  if (node == nullptr) return {};
  const toml::array* all = node->as_array();
  if (all == nullptr)
    return fail(Code::kMalformed, "{}: {} comes in double brackets: [[{}]]",
                place_of(file, node->source()), name, name);
  for (const toml::node& element : *all) {
    const toml::table* table = element.as_table();
    if (table == nullptr)
      return fail(Code::kMalformed, "{}: an element of {} is no table: begin it with [[{}]]",
                  place_of(file, element.source()), name, name);
    AFFIANT_CHECK(one(*table));
  }
  return {};
}

Status head(const toml::table& root, Expectations* out) {
  constexpr std::string_view kKnown[] = {"version", "site", "cookie", "third_party", "ignore"};
  for (const auto& [key, node] : root)
    if (std::find(std::begin(kKnown), std::end(kKnown), key.str()) == std::end(kKnown))
      return fail(Code::kMalformed,
                  "{}: nothing is named {} here; there are version, site, [[cookie]], "
                  "[[third_party]] and [[ignore]]",
                  place_of(out->file, key.source()), printable(key.str(), 80));
  const toml::node* version = root.get("version");
  if (version == nullptr)
    return fail(Code::kMalformed, "{}:1:1: the file needs a line: version = 1", out->file);
  if (version->value<std::int64_t>() != 1)
    return fail(Code::kUnsupported, "{}: this program knows version = 1 only",
                place_of(out->file, version->source()));
  if (const toml::node* site = root.get("site")) {
    if (!site->is_string())
      return fail(Code::kMalformed, "{}: site has to be a host in quotes",
                  place_of(out->file, site->source()));
    out->site = site->as_string()->get();
  }
  return {};
}

}  // namespace

Result<Expectations> parse_expectations(std::string_view text, const std::string& file) {
  AFFIANT_CHECK(guard_toml(text, file));
  const toml::parse_result parsed = toml::parse(text, file);
  if (!parsed)
    return fail(Code::kMalformed, "{}: {}", place_of(file, parsed.error().source()),
                printable(parsed.error().description(), 300));
  const toml::table& root = parsed.table();
  Expectations out;
  out.file = file;
  AFFIANT_CHECK(head(root, &out));
  AFFIANT_CHECK(each(root, "cookie", file, [&](const toml::table& table) -> Status {
    AFFIANT_TRY(AllowedCookie one, cookie(table, file));
    out.cookies.push_back(std::move(one));
    return {};
  }));
  AFFIANT_CHECK(each(root, "third_party", file, [&](const toml::table& table) -> Status {
    AFFIANT_TRY(AllowedThirdParty one, third_party(table, file));
    out.third_parties.push_back(std::move(one));
    return {};
  }));
  AFFIANT_CHECK(each(root, "ignore", file, [&](const toml::table& table) -> Status {
    AFFIANT_TRY(std::vector<IgnoredRule> some, ignored(table, file));
    out.ignored.insert(out.ignored.end(), some.begin(), some.end());
    return {};
  }));
  if (out.cookies.size() + out.third_parties.size() + out.ignored.size() > kExpectationEntries)
    return fail(Code::kTooLarge, "{}: more than {} entries (gate::kExpectationEntries)", file,
                kExpectationEntries);
  return out;
}

}  // namespace affiant::gate

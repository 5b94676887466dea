#include <algorithm>

#include "base/bytes.h"
#include "base/limits.h"
#include "filters/ascii.h"
#include "filters/line.h"
#include "filters/list_data.h"
#include "filters/preprocessor.h"
#include "filters/rule_parser.h"
#include "filters/tokens.h"

namespace affiant::filters {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kTextBytes = 3'500'000'000;  // ListData::text is addressed with 32 bits.

class Reader {
 public:
  explicit Reader(ListData& list) : list_(list) {}

  void read(std::string_view text) {
    list_.text.reserve(text.size());
    list_.rules.reserve(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1);
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      std::string_view line = text.substr(0, end);
      text.remove_prefix(std::min(end + 1, text.size()));
      if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
      // A lone CR ends a line too: old systems, and files joined from several.
      for (std::size_t cr; (cr = line.find('\r')) != kNone; line.remove_prefix(cr + 1))
        take_line(line.substr(0, cr));
      take_line(line);
    }
    list_.rules.shrink_to_fit();
    list_.text.shrink_to_fit();
  }

 private:
  void skip(Skip why, std::string_view line) {
    Skipped& s = list_.skipped[static_cast<std::size_t>(why)];
    ++s.count;
    if (s.first.size() < kSkippedShown)
      s.first.push_back(
          {list_.lines, printable(line.substr(0, kSkippedTextBytes * 2), kSkippedTextBytes)});
  }

  void take_line(std::string_view line) {
    ++list_.lines;
    take(trimmed(line));
  }

  void take(std::string_view line) {
    if (line.size() > limits::kListLineBytes) return skip(Skip::kTooLong, line);
    if (is_plain_host_rule(line) && preprocessor_.active()) {
      rule_.clear();
      rule_.flags = kHostAnchor | kPureHost;
      rule_.pattern = line.substr(2, line.size() - 3);
      return add(line);
    }
    if (!is_text(line)) return skip(Skip::kNotText, line);
    if (line.substr(0, 2) == "!#") {
      if (!preprocessor_.directive(line) && line.substr(2, 7) == "include" &&
          preprocessor_.active())
        skip(Skip::kInclude, line);
      return;
    }
    const Line kind = kind_of(line, adblock_);
    if (kind == Line::kHeader) adblock_ = true;
    if (kind == Line::kNothing || kind == Line::kHeader) return;
    if (!preprocessor_.active()) return skip(Skip::kNotForUs, line);
    switch (kind) {
      case Line::kCosmetic:
        return skip(Skip::kElementHiding, line);
      case Line::kHosts:
        return take_hosts(line);
      case Line::kDomain:
        if (const auto bad = host_rule(without_comment(line), rule_)) return skip(*bad, line);
        rule_.flags |= kHostsLine;
        return add(line);
      default:
        if (const auto bad = parse_rule(line, rule_)) return skip(*bad, line);
        return add(line);
    }
  }

  void take_hosts(std::string_view line) {
    std::string_view rest = without_comment(line);
    rest.remove_prefix(std::min(rest.find_first_of(" \t"), rest.size()));
    while (!(rest = trimmed(rest)).empty()) {
      const std::string_view host = rest.substr(0, rest.find_first_of(" \t"));
      rest.remove_prefix(host.size());
      if (is_local_name(host)) continue;
      if (const auto bad = host_rule(host, rule_)) {
        skip(*bad, line);
        continue;
      }
      rule_.flags |= kHostsLine;
      add(line);
    }
  }

  std::uint32_t store(std::string_view text) {
    const auto at = static_cast<std::uint32_t>(list_.text.size());
    list_.text += text;
    return at;
  }

  void add(std::string_view line) {
    if ((rule_.flags & kBadFilter) != 0) {
      if (list_.taken_back.size() >= limits::kRulesPerList) return skip(Skip::kTooMany, line);
      list_.taken_back.push_back({fingerprint(rule_), rule_.pattern});
      return;
    }
    const bool regex = (rule_.flags & kRegex) != 0;
    if (list_.rules.size() >= limits::kRulesPerList || list_.text.size() > kTextBytes ||
        list_.domains.size() > limits::kDomainsPerList ||
        (regex && ++regexes_ > limits::kRegexesPerList))
      return skip(Skip::kTooMany, line);
    if (regex && !can_be_regex(rule_.pattern, (rule_.flags & kMatchCase) != 0))
      return skip(Skip::kRegex, line);
    Rule rule;
    // A hosts line gives several rules, and its text is kept once.
    const bool again = !list_.rules.empty() && list_.rules.back().line == list_.lines;
    rule.text = again ? list_.rules.back().text : store(line);
    rule.text_size = static_cast<std::uint16_t>(line.size());
    const std::size_t inside = line.find(rule_.pattern);
    rule.pattern =
        inside != kNone ? rule.text + static_cast<std::uint32_t>(inside) : store(rule_.pattern);
    rule.pattern_size = static_cast<std::uint16_t>(rule_.pattern.size());
    rule.line = static_cast<std::uint32_t>(list_.lines);
    rule.flags = rule_.flags;
    rule.types = rule_.types;
    if (regex || rule_.has_conditions()) rule.conditions = store_conditions(regex);
    list_.rules.push_back(rule);
    ++list_.rule_count;
    if ((rule.flags & kException) != 0) ++list_.exception_count;
  }

  std::uint32_t store_conditions(bool regex) {
    Conditions c;
    c.from = store_domains(rule_.from);
    c.not_from = store_domains(rule_.not_from);
    c.to = store_domains(rule_.to);
    c.not_to = store_domains(rule_.not_to);
    c.methods = rule_.methods;
    if (regex) {
      list_.regexes.emplace_back(rule_.pattern, (rule_.flags & kMatchCase) != 0);
      c.regex = static_cast<std::uint32_t>(list_.regexes.size());
    }
    list_.conditions.push_back(c);
    return static_cast<std::uint32_t>(list_.conditions.size());
  }

  Range store_domains(const std::vector<DomainName>& names) {
    Range range;
    range.begin = static_cast<std::uint32_t>(list_.domains.size());
    for (const DomainName& d : names) {
      const std::uint32_t seed = d.entity ? kEntitySeed : kHashSeed;
      list_.domains.push_back({hash_host(d.name, seed), store(d.name),
                               static_cast<std::uint16_t>(d.name.size()), d.entity});
    }
    range.end = static_cast<std::uint32_t>(list_.domains.size());
    std::sort(list_.domains.begin() + range.begin, list_.domains.begin() + range.end,
              [](const DomainEntry& a, const DomainEntry& b) { return a.hash < b.hash; });
    return range;
  }

  ListData& list_;
  Preprocessor preprocessor_;
  ParsedRule rule_;
  std::size_t regexes_ = 0;  // Tried, those that RE2 refuses included.
  bool adblock_ = false;     // "[Adblock Plus 2.0]" was seen.
};

}  // namespace

FilterList::FilterList(std::unique_ptr<ListData> data) : data_(std::move(data)) {}
FilterList::FilterList(FilterList&&) noexcept = default;
FilterList& FilterList::operator=(FilterList&&) noexcept = default;
FilterList::~FilterList() = default;

const std::string& FilterList::name() const { return data_->name; }
std::size_t FilterList::lines() const { return data_->lines; }
std::size_t FilterList::rules() const { return data_->rule_count; }
std::size_t FilterList::exceptions() const { return data_->exception_count; }
const SkippedByKind& FilterList::skipped() const { return data_->skipped; }

Result<FilterList> FilterList::parse(std::string name, std::string_view text) {
  if (text.size() > limits::kListBytes)
    return fail(Code::kTooLarge, "{}: {} bytes, at most {} are read (limits::kListBytes)",
                printable(name), text.size(), limits::kListBytes);
  if (text.substr(0, 2) == "\xFF\xFE" || text.substr(0, 2) == "\xFE\xFF")
    return fail(Code::kMalformed, "{}: offset 0: UTF-16; save it as UTF-8", printable(name));
  if (const std::size_t nul = text.find('\0'); nul != kNone)
    return fail(Code::kMalformed, "{}: offset {}: a NUL byte, so this is no filter list",
                printable(name), nul);
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  auto data = std::make_unique<ListData>();
  data->name = std::move(name);
  Reader(*data).read(text);
  return FilterList(std::move(data));
}

}  // namespace affiant::filters

#include <algorithm>
#include <array>
#include <bit>
#include <unordered_set>

#include "base/limits.h"
#include "filters/ascii.h"
#include "filters/candidate.h"
#include "filters/filters.h"
#include "filters/hash_index.h"
#include "filters/list_data.h"
#include "filters/rule_parser.h"
#include "filters/tokens.h"

namespace affiant::filters {
namespace {

// Words that stand in so many URLs that a rule is filed under one of them only for want of another.
constexpr std::array<std::string_view, 24> kCommonWords = {
    "https",  "http", "www", "com", "js",  "net", "org",    "html",
    "php",    "gif",  "png", "jpg", "css", "cdn", "static", "assets",
    "images", "img",  "api", "v1",  "v2",  "de",  "uk",     "min"};
constexpr std::uint32_t kCommonWeight = 10'000;

// How often each word stands in the patterns. Words of one slot count together: what is told apart
// by it is only how fast a rule is found.
class Frequencies {
 public:
  explicit Frequencies(std::size_t rules) : counts_(std::bit_ceil(rules * 4 + 1'024)) {
    for (const std::string_view word : kCommonWords) {
      Tokens tokens(word);
      for (Token t; tokens.next(t);) counts_[t.hash & (counts_.size() - 1)] = kCommonWeight;
    }
  }
  std::uint32_t& of(std::uint32_t hash) { return counts_[hash & (counts_.size() - 1)]; }

 private:
  std::vector<std::uint32_t> counts_;
};

// Calls f(token) for each word of the pattern that stands in every matching URL as a whole word.
template <typename F>
void each_safe_token(const Rule& rule, const ListData& list, F f) {
  const std::string_view pattern = list.pattern_of(rule);
  if ((rule.flags & kRegex) != 0) {
    for (const std::uint32_t hash : regex_tokens(pattern)) f(Token{hash, 0, 0});
    return;
  }
  std::string lower;
  const bool fold = (rule.flags & kMatchCase) != 0;
  if (fold) lower = lowered(pattern);
  const std::string_view text = fold ? lower : pattern;
  const bool left_closed = (rule.flags & (kLeft | kHostAnchor)) != 0;
  const bool right_closed = (rule.flags & (kRight | kWholeLabels)) != 0;
  Tokens tokens(text);
  for (Token t; tokens.next(t);) {
    if (t.begin == 0 ? !left_closed : text[t.begin - 1] == '*') continue;
    if (t.end == text.size() ? !right_closed : text[t.end] == '*') continue;
    f(t);
  }
}

struct Files {
  HashIndex hosts;  // "||host^" by the host.
  HashIndex words;  // Others by their rarest word.
  HashIndex pages;  // Rules without a word, by the pages that they are for.
  std::vector<std::uint32_t> always;
};

struct Pairs {
  std::vector<HashIndex::Pair> hosts, words, pages;
};

}  // namespace

struct Engine::Impl {
  std::vector<std::unique_ptr<ListData>> lists;
  std::vector<Rule> rules;
  Files block, allow, important;
  std::size_t taken_back = 0;

  void take_back();
  void build();
  void file_rule(std::uint32_t id, Frequencies& frequencies, Files& files, Pairs& pairs);
  template <typename Wanted>
  void file(Files& files, Frequencies& frequencies, Wanted wanted);
  const Rule* find(const Files& files, const Request& q, std::string_view url) const;
  Hit hit(const Rule& rule) const {
    const ListData& list = *lists[rule.list];
    return {list.text_of(rule), list.name, rule.line};
  }
};

// A badfilter rule takes back each rule that is the same but for that option.
void Engine::Impl::take_back() {
  std::unordered_set<std::uint64_t> wanted;
  std::unordered_set<std::string_view> patterns;
  for (const auto& list : lists)
    for (const TakenBack& t : list->taken_back) {
      wanted.insert(t.rule);
      patterns.insert(t.pattern);
    }
  if (wanted.empty()) return;
  ParsedRule parsed;
  for (Rule& rule : rules) {
    const ListData& list = *lists[rule.list];
    const std::string_view pattern = list.pattern_of(rule);
    if (!patterns.contains(pattern)) continue;
    const bool read = (rule.flags & kHostsLine) != 0 ? !host_rule(pattern, parsed)
                                                     : !parse_rule(list.text_of(rule), parsed);
    if (!read || !wanted.contains(fingerprint(parsed))) continue;
    rule.flags |= kTakenBack;
    ++taken_back;
  }
}

void Engine::Impl::file_rule(std::uint32_t id, Frequencies& frequencies, Files& files,
                             Pairs& pairs) {
  Rule& rule = rules[id];
  const ListData& list = *lists[rule.list];
  if ((rule.flags & kPureHost) != 0) {
    pairs.hosts.push_back({hash_host(list.pattern_of(rule)), id});
    return;
  }
  Token best;
  std::uint32_t fewest = ~0U;
  each_safe_token(rule, list, [&](const Token& token) {
    const std::uint32_t count = frequencies.of(token.hash);
    if (count >= fewest) return;
    fewest = count;
    best = token;
  });
  const Range from = rule.conditions == 0 ? Range{} : list.conditions[rule.conditions - 1].from;
  if (fewest < kCommonWeight || (fewest != ~0U && from.empty())) {
    rule.token_at = static_cast<std::uint16_t>(best.begin);
    pairs.words.push_back({best.hash, id});
  } else if (!from.empty()) {
    for (std::uint32_t i = from.begin; i < from.end; ++i)
      pairs.pages.push_back({list.domains[i].hash, id});
  } else {
    files.always.push_back(id);
  }
}

template <typename Wanted>
void Engine::Impl::file(Files& files, Frequencies& frequencies, Wanted wanted) {
  Pairs pairs;
  for (std::uint32_t id = 0; id < rules.size(); ++id)
    if ((rules[id].flags & kTakenBack) == 0 && wanted(rules[id].flags))
      file_rule(id, frequencies, files, pairs);
  files.hosts.build(pairs.hosts);
  files.words.build(pairs.words);
  files.pages.build(pairs.pages);
}

void Engine::Impl::build() {
  std::size_t others = 0;
  for (const Rule& rule : rules) others += (rule.flags & kPureHost) == 0 ? 1 : 0;
  Frequencies frequencies(others);
  for (const Rule& rule : rules)
    if ((rule.flags & kPureHost) == 0)
      each_safe_token(rule, *lists[rule.list], [&](const Token& t) { ++frequencies.of(t.hash); });
  file(block, frequencies, [](std::uint32_t flags) { return (flags & kException) == 0; });
  file(allow, frequencies, [](std::uint32_t flags) { return (flags & kException) != 0; });
  file(important, frequencies,
       [](std::uint32_t flags) { return (flags & (kException | kImportant)) == kImportant; });
}

const Rule* Engine::Impl::find(const Files& files, const Request& q, std::string_view url) const {
  const Rule* found = nullptr;
  std::size_t at = 0;
  const auto test = [&](std::uint32_t id) {
    const Rule& rule = rules[id];
    if (!Candidate::applies(rule, *lists[rule.list], q, at)) return false;
    found = &rule;
    return true;
  };
  const std::size_t host_begin = static_cast<std::size_t>(q.host().data() - url.data());
  walk_suffixes(q.host(), kHashSeed, [&](std::uint32_t hash, std::size_t begin) {
    at = host_begin + begin;
    return files.hosts.visit(hash, test);
  });
  if (found != nullptr) return found;
  Tokens tokens(url);
  for (Token token; tokens.next(token);) {
    at = token.begin;
    if (files.words.visit(token.hash, test)) return found;
  }
  at = Candidate::kAnywhere;
  if (!files.pages.empty())
    for (const HostKey& key : q.page_->keys())
      if (files.pages.visit(key.hash, test)) return found;
  for (const std::uint32_t id : files.always)
    if (test(id)) return found;
  return nullptr;
}

Engine::Engine(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

Result<Engine> Engine::create(std::vector<FilterList> lists) {
  if (lists.size() > limits::kLists)
    return fail(Code::kTooLarge, "{} filter lists, at most {} are read (limits::kLists)",
                lists.size(), limits::kLists);
  auto impl = std::make_unique<Impl>();
  std::size_t total = 0;
  for (const FilterList& list : lists) total += list.rules();
  impl->rules.reserve(total);
  for (FilterList& list : lists) {
    for (Rule& rule : list.data_->rules) {
      rule.list = static_cast<std::uint16_t>(impl->lists.size());
      impl->rules.push_back(rule);
    }
    list.data_->rules = std::vector<Rule>();
    impl->lists.push_back(std::move(list.data_));
  }
  impl->take_back();
  impl->build();
  return Engine(std::move(impl));
}

std::size_t Engine::rules() const { return impl_->rules.size() - impl_->taken_back; }
std::size_t Engine::taken_back() const { return impl_->taken_back; }

Match Engine::match(const Request& request) const {
  Match result;
  if (!request.network_) return result;
  const std::string_view url = request.url_;
  const Rule* rule = impl_->find(impl_->block, request, url);
  if (rule == nullptr) return result;
  const Rule* exception =
      (rule->flags & kImportant) != 0 ? nullptr : impl_->find(impl_->allow, request, url);
  if (exception != nullptr) {
    // Another rule may stand above exceptions.
    if (const Rule* above = impl_->find(impl_->important, request, url); above != nullptr) {
      rule = above;
      exception = nullptr;
    }
  }
  result.rule = impl_->hit(*rule);
  if (exception != nullptr) result.exception = impl_->hit(*exception);
  result.matched = exception == nullptr;
  result.important = (rule->flags & kImportant) != 0;
  return result;
}

}  // namespace affiant::filters

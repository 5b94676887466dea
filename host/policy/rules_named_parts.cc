// What is said below the name of a service, where no sentence repeats the name (T11, T22):
// "Personal Data collected: ...", or items that begin with a verb ("Stores your address").
#include <algorithm>
#include <optional>

#include "policy/data_kinds.h"
#include "policy/rules.h"
#include "policy/utf8.h"

namespace affiant::policy {
namespace {

constexpr std::size_t kFarthest = 12;      // Blocks between a name and what is said below it.
constexpr std::size_t kLongestTitle = 60;  // Bytes.

struct Holder {
  enum class Who : std::uint8_t { kUnknown, kSite, kNamed, kKind } who = Who::kUnknown;
  std::vector<std::string> names;  // Of kNamed.
};

class NamedPart {
 public:
  NamedPart(const Reading& r, Statements* out) : r_(r), a_(r.a), out_(out) {}

  bool run() { return label() || item(); }

 private:
  std::string_view word(std::size_t i) const { return a_.word(i); }

  // "Personal Data collected:", "Types of data:"; the token behind it, or 0.
  std::size_t label_end(std::size_t from) const {
    constexpr std::size_t kLongest = 8;
    bool data = false;
    std::size_t i = from;
    for (; i < std::min(a_.size(), from + kLongest) && word(i) != ":"; ++i) {
      data = data || one_of(word(i), {"data", "information"});
      if (!one_of(word(i), {"personal",  "data",     "information", "types",       "type",
                            "kinds",     "kind",     "categories",  "category",    "of",
                            "the",       "which",    "collected",   "processed",   "gathered",
                            "shared",    "handled",  "transferred", "transmitted", "involved",
                            "concerned", "received", "and",         "/",           "or"}))
        return 0;
    }
    return data && word(i) == ":" && i + 1 < a_.size() ? i + 1 : 0;
  }

  static bool denies(const Analysis& a) {
    for (const Tag tag : {Tag::kNot, Tag::kNo, Tag::kWithout})
      if (a.has(tag)) return true;
    return false;
  }

  bool label() {
    std::size_t from = 0;
    const std::size_t end = [&] {
      if (const std::size_t at = label_end(0); at != 0) return at;
      // "Example - Personal Data collected: ...".
      for (std::size_t i = 1; i < std::min<std::size_t>(a_.size(), kFarthest); ++i)
        if (a_.tokens[i].punctuation && a_.has(Tag::kVendor, 0, i)) {
          from = i + 1;
          if (const std::size_t at = label_end(from); at != 0) return at;
        }
      return std::size_t{0};
    }();
    if (end == 0 || a_.question || denies(a_)) return false;
    std::vector<std::string> data = data_kinds(a_, end, a_.size());
    if (data.empty()) return false;
    if (from > 0) return tell({Holder::Who::kNamed, names_in(a_, from)}, std::move(data));
    const std::optional<Holder> found = holder(title());
    return found && tell(*found, std::move(data));
  }

  // "**Example** (payments)" and below it "- Stores your address".
  bool item() {
    constexpr std::size_t kFront = 2;
    const Block& block = r_.document.blocks[r_.sentence.block];
    if (block.kind != BlockKind::kItem || r_.sentence.start != block.start || denies(a_) ||
        a_.has(Tag::kWe) || a_.has(Tag::kOur) || a_.has(Tag::kYou) || a_.has(Tag::kThird) ||
        a_.has(Tag::kVendor) || a_.predicates.empty())
      return false;
    const Predicate& p = a_.predicates.front();
    const bool verb = p.at < kFront && p.role == Role::kMain && !p.passive &&
                      (a_.at(p.at, Tag::kCollect) || a_.at(p.at, Tag::kSet) ||
                       a_.at(p.at, Tag::kUse) || a_.at(p.at, Tag::kTrack));
    if (!verb || word(p.at).ends_with("ed") || word(p.at).ends_with("ing")) return false;
    std::vector<std::string> data = data_kinds(a_, p.end, a_.size());
    if (data.empty()) return false;
    const std::optional<Holder> found = holder(head_of_list());
    return found && (found->who == Holder::Who::kNamed || found->who == Holder::Who::kKind) &&
           tell(*found, std::move(data));
  }

  // Short, and no sentence.
  bool is_title(const Block& block) const {
    if (block.kind == BlockKind::kHeading) return true;
    const std::string_view text = r_.document.of(block);
    return block.kind != BlockKind::kCell && !text.empty() && text.size() <= kLongestTitle &&
           std::string_view(".!?;,").find(text.back()) == std::string_view::npos &&
           text.find(':') == std::string_view::npos && text.front() >= 'A' && text.front() <= 'Z';
  }

  // The nearest title above.
  const Block* title() const {
    const std::vector<Block>& blocks = r_.document.blocks;
    for (std::size_t i = r_.sentence.block, n = 0; i-- > 0 && n < kFarthest; ++n)
      if (is_title(blocks[i])) return &blocks[i];
    return nullptr;
  }

  // The title directly above the list that an item stands in.
  const Block* head_of_list() const {
    const std::vector<Block>& blocks = r_.document.blocks;
    const int level = blocks[r_.sentence.block].level;
    for (std::size_t i = r_.sentence.block, n = 0; i-- > 0 && n < kFarthest; ++n)
      if (blocks[i].kind != BlockKind::kItem || blocks[i].level < level)
        return is_title(blocks[i]) ? &blocks[i] : nullptr;
    return nullptr;
  }

  std::vector<std::string> names_in(const Analysis& a, std::size_t to) const {
    std::vector<std::string> names;
    std::size_t until = 0;
    for (const Hit& hit : a.hits) {
      if (hit.tag != Tag::kVendor || hit.first < until || hit.last > to) continue;
      std::string name = a.words(r_.document.text, hit.first, hit.last);
      until = hit.last;
      if (!contains(names, name)) names.push_back(std::move(name));
    }
    return names;
  }

  // "Example is a service that ..." directly below "Example": a name that no table knows.
  std::string introduced(const Block& title) const {
    const std::string_view text = r_.document.of(title);
    const std::string_view name = text.substr(0, text.find_first_of("(-,"));
    std::size_t next = static_cast<std::size_t>(&title - r_.document.blocks.data()) + 1;
    std::string trimmed(name.substr(0, name.find_last_not_of(' ') + 1));
    if (trimmed.empty() || next >= r_.document.blocks.size()) return {};
    constexpr std::string_view kIsA = " is a";
    const std::string_view below = r_.document.of(r_.document.blocks[next]);
    return fold(below.substr(0, trimmed.size() + kIsA.size())) == fold(trimmed).append(kIsA)
               ? trimmed
               : std::string();
  }

  // Nothing when the title denies: "What Example never sees".
  std::optional<Holder> holder(const Block* above) const {
    const Result<Lexicon>& lexicon = english();
    if (above == nullptr || !lexicon) return Holder{};
    const Analysis a = analyse(r_.document.text, above->start, above->end, *lexicon);
    if (denies(a)) return std::nullopt;
    if (std::vector<std::string> names = names_in(a, a.size()); !names.empty())
      return Holder{Holder::Who::kNamed, std::move(names)};
    if (a.has(Tag::kWe) || a.has(Tag::kOur) || a.has(Tag::kYou))
      return Holder{Holder::Who::kSite, {}};
    if (a.has(Tag::kThird)) return Holder{Holder::Who::kKind, {}};
    if (a.has(Tag::kSite)) return Holder{Holder::Who::kSite, {}};
    if (std::string name = introduced(*above); !name.empty())
      return Holder{Holder::Who::kNamed, {std::move(name)}};
    return Holder{};
  }

  bool tell(const Holder& holder, std::vector<std::string> data) {
    const bool others = holder.who == Holder::Who::kNamed || holder.who == Holder::Who::kKind;
    const bool cookies = contains(data, "cookies");
    if (cookies) {
      Statement s = statement_of(r_, "uses-cookies", nullptr);
      s.subject = others ? "third-party" : "we";
      s.data = {"cookies"};
      s.observable = "yes";
      out_->push_back(std::move(s));
    }
    const std::string_view type = holder.who == Holder::Who::kNamed  ? "named-third-party"
                                  : holder.who == Holder::Who::kKind ? "third-party-category"
                                                                     : "server-practice";
    if (!others) std::erase(data, "cookies");
    if (data.empty()) return true;
    Statement s = statement_of(r_, type, nullptr);
    s.subject = others ? "third-party" : "we";
    s.parties = holder.names;
    s.data = std::move(data);
    s.observable = holder.who == Holder::Who::kNamed ? "yes" : "partly";
    out_->push_back(std::move(s));
    return true;
  }

  const Reading& r_;
  const Analysis& a_;
  Statements* out_;
};

}  // namespace

bool read_named_part(const Reading& r, Statements* out) { return NamedPart(r, out).run(); }

}  // namespace affiant::policy

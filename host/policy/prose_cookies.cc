// Cookies that are listed without a table: lines that begin with a name, labelled fields below each
// other, names with what is said of them in the lines after.
#include <algorithm>
#include <optional>

#include "policy/cookie_context.h"
#include "policy/cookie_lexicon.h"
#include "policy/cookie_mentions.h"
#include "policy/cookie_names.h"
#include "policy/cookie_tables.h"
#include "policy/folded_text.h"
#include "policy/utf8.h"

namespace affiant::policy {
namespace {

constexpr std::size_t kLabelBytes = 40;     // "Purpose of the cookie:"
constexpr std::size_t kHeadBytes = 300;     // Names in front of what is said of them.
constexpr std::size_t kPurposeBytes = 600;  // Lines below a name that may describe it.
constexpr std::size_t kStorageBytes = 120;
constexpr std::size_t kCompanyBytes = 80;

std::string_view trimmed(std::string_view text) {
  for (const std::string_view mark : {" ", "- ", "• ", "· ", "* ", "– "})
    while (text.starts_with(mark)) text.remove_prefix(mark.size());
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

std::string_view provider_in(std::string_view text) {
  for (const std::string_view by :
       {"implemented by ", "set by ", "provided by ", "placed by ", "served by "}) {
    const std::size_t at = text.find(by);
    if (at == std::string_view::npos) continue;
    std::string_view rest = text.substr(at + by.size());
    std::size_t end = 0;
    while (end < rest.size() && std::string_view(",;\n(").find(rest[end]) == std::string::npos &&
           !(rest[end] == '.' && (end + 1 == rest.size() || rest[end + 1] == ' ')) &&
           !(rest[end] == ' ' && end + 1 < rest.size() && rest[end + 1] >= 'a' &&
             rest[end + 1] <= 'z'))
      ++end;
    return cut(rest.substr(0, end), kCompanyBytes);
  }
  return {};
}

// "Cookies": a label of names only where what follows could be nothing else.
bool is_cookie_word(std::string_view label) {
  return label.find(' ') == std::string_view::npos && says_cookie(label);
}

// Whether what stands behind a label of names is some.
bool is_value(std::string_view label, std::string_view value) {
  const NameList list = read_names(value);
  if (list.words > 2 * list.names.size() + 1) return !is_strong_label(label) && list.words <= 4;
  return list.best() >= (is_cookie_word(label) ? Looks::kSurely : Looks::kPlain);
}

// Whether words are a label and nothing else. Without a cookie that the others could belong to
// (`active`) only those of names count.
Column label_column(std::string_view words, bool active) {
  if (words.empty() || words.size() > kLabelBytes ||
      std::count(words.begin(), words.end(), ' ') > 3)
    return Column::kNone;
  if (words.find('_') != std::string_view::npos) return Column::kNone;
  // "Non-tracking cookies" is a title, "Cookie name" a label.
  if (is_name_label(words)) return Column::kName;
  const Column column = active ? column_of(words) : Column::kNone;
  return column == Column::kName ? Column::kNone : column;
}

// "The a_b" does not.
bool begins_with_name(std::string_view text, const NameList& list) {
  const std::string_view before = text.substr(0, list.names.front().at);
  return std::none_of(before.begin(), before.end(),
                      [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

// Whether the first word is an everyday one: most lines are sentences, and are told by it.
bool begins_plainly(std::string_view text) {
  const std::string_view first = text.substr(0, text.find(' '));
  return first.size() < text.size() &&
         std::all_of(first.begin(), first.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }) &&
         looks_of(first) < Looks::kSurely;
}

// Nothing but names, each of which could be nothing else.
bool is_names(std::string_view text) {
  if (text.empty() || text.size() > kHeadBytes || begins_plainly(text)) return false;
  const NameList list = read_names(text);
  return !list.names.empty() && !list.described && list.words == list.names.size() &&
         begins_with_name(text, list) &&
         std::all_of(list.names.begin(), list.names.end(), [&](const Name& name) {
           return name.looks == Looks::kSurely && name.pattern.find('@') == std::string::npos &&
                  !bears_mark(text.substr(name.at, name.size));
         });
}

// Where names end and what is said of them begins: "_ga, _gid (2 years)", "sid - keeps ...".
std::size_t head_end(std::string_view line) {
  std::size_t end = std::string_view::npos;
  if (line.ends_with(':')) end = line.size() - 1;
  line = line.substr(0, kHeadBytes + 8);  // Names further on are none of a head.
  for (const std::string_view sign : {": ", " - ", " – ", " — ", " (", " cookie", " Cookie"})
    end = std::min(end, line.find(sign));
  return end;
}

// "Third-party cookies (1 year)", "Opt-out: ...": a kind of cookies, in words.
bool is_kind(std::string_view head, std::string_view rest) {
  std::size_t capitals = 0, hyphens = 0;
  for (const char c : head) {
    const bool capital = c >= 'A' && c <= 'Z';
    if (!capital && c != '-' && !(c >= 'a' && c <= 'z')) return false;
    capitals += capital ? 1 : 0;
    hyphens += c == '-' ? 1 : 0;
  }
  if (hyphens == 0 || head.front() == '-') return false;
  const bool capital_first = capitals == 1 && head.front() >= 'A' && head.front() <= 'Z';
  return capital_first || rest.starts_with(" cookies") || rest.starts_with(" Cookies");
}

// "last_updated: 2024-01-01", "cookie_banner: true": a setting of the page, not a description.
bool is_setting(std::string_view rest) {
  if (!rest.starts_with(": ")) return false;
  rest = trimmed(rest.substr(2));
  if (rest.empty() || rest.find(' ') != std::string_view::npos) return false;
  return rest == "true" || rest == "false" || rest.front() == '/' || rest.front() == '"' ||
         (rest.front() >= '0' && rest.front() <= '9') || rest.starts_with("http");
}

class ProseReader {
 public:
  ProseReader(const Document& document, const TableCookies& tables)
      : document_(document), context_(document) {
    for (const DeclaredCookie& cookie : tables.cookies) known_.insert(cookie.pattern);
  }

  std::vector<DeclaredCookie> run() {
    for (const Block& block : document_.blocks) read(block);
    close();
    // What a list declares further down needs no mention before.
    std::unordered_set<std::string> listed;
    for (const DeclaredCookie& cookie : list_.cookies) listed.insert(cookie.pattern);
    for (DeclaredCookie& cookie : mentioned_.cookies)
      if (!listed.contains(cookie.pattern)) list_.cookies.push_back(std::move(cookie));
    return std::move(list_.cookies);
  }

 private:
  void read(const Block& block) {
    const std::string_view text = document_.of(block);
    if (block.kind == BlockKind::kCell) {
      close();
      return;
    }
    const bool heading = block.kind == BlockKind::kHeading;
    if (heading && label_column(text, active()) == Column::kNone && !is_names(text)) close();
    // Headings that label a field ("Expiry") or name a cookie stand above nothing else.
    if (!heading || !active()) context_.pass(block);
    around_ = context_.here();
    around_.about_cookies = around_.said_before;
    bool taken = false;
    for (std::size_t from = 0; from <= text.size();) {
      const std::size_t end = std::min(text.find('\n', from), text.size());
      const std::string_view line = trimmed(text.substr(from, end - from));
      if (!line.empty() && read_line(line, heading)) taken = true;
      from = end + 1;
    }
    if (!taken && !heading)
      cookies_mentioned(document_, block.start, block.end, around_.category, &known_, &mentioned_);
  }

  bool active() const { return open_.has_value() || !record_.empty(); }

  // Whether the line declares something, or says something of what is being declared.
  bool read_line(std::string_view line, bool heading) {
    if (pending_ != Column::kNone) {
      const Column column = pending_;
      pending_ = Column::kNone;
      if (column != Column::kName || is_value(pending_label_, line)) {
        field(column, pending_label_, line);
        return true;
      }
    }
    if (labelled(line)) return true;
    if (is_names(line) && around_.about_cookies) {
      close();
      open(line, line);
      return true;
    }
    if (heading) return false;
    if (begins_with_names(line)) return true;
    return open_ && more(line);
  }

  // "Purpose: ...", or "Purpose" alone with its value in the next line.
  bool labelled(std::string_view line) {
    const std::size_t colon = line.substr(0, kLabelBytes + 1).find(':');
    const std::string_view label = trimmed(line.substr(0, std::min(colon, line.size())));
    const Column column = label_column(label, active());
    if (column == Column::kNone) return false;
    const bool name = column == Column::kName;
    const std::string_view value =
        colon == std::string_view::npos ? std::string_view() : trimmed(line.substr(colon + 1));
    if (value.empty()) {
      // A label alone begins with the word that makes it one: "Expiry", not "on our site".
      if (column_of(label.substr(0, label.find(' '))) == Column::kNone) return false;
      // "Cookies" alone is a title, "Cookie name" a label.
      if (name ? is_cookie_word(label) : !active()) return false;
      pending_ = column;
      pending_label_ = label;
      return !name;
    }
    if (name ? !is_value(label, value) : !active()) return false;
    field(column, label, value);
    return true;
  }

  void field(Column column, std::string_view label, std::string_view value) {
    const std::size_t start = at(label.empty() ? value : label);
    if (open_ && column != Column::kName) {
      if (column == Column::kPurpose) open_->purpose = value;
      if (column == Column::kProvider) open_->provider = value;
      if (column == Column::kDomain) open_->domain = value;
      if (column == Column::kLifetime) open_->lifetimes.insert(open_->lifetimes.begin(), value);
      if (column == Column::kCategory || column == Column::kStorage) {
        open_->lifetimes.push_back(value);
        if (const std::string found = category_of(value); !found.empty()) open_->category = found;
        if (const std::string found = storage_of(value); !found.empty()) open_->storage = found;
      }
      open_->end = at(value) + value.size();
      described_ = described_ || column == Column::kPurpose;
      return;
    }
    if (open_ || record_.begins_another(column, label)) close();
    record_.put(column, label, value);
    record_.cover(start, at(value) + value.size());
  }

  bool begins_with_names(std::string_view line) {
    const std::size_t end = head_end(line);
    if (end == std::string_view::npos || end > kHeadBytes) return false;
    const std::string_view head = line.substr(0, end), rest = line.substr(end);
    const bool names = is_names(head);
    if ((!names && !could_be_name(head)) || is_kind(head, rest) || is_setting(rest)) return false;
    if (!(names && around_.about_cookies)) {
      const Lifetime life = lifetime_said_in(rest);
      if (!(life.seconds || life.session) || !(names || is_not_lower(head) || says_cookie(rest)))
        return false;
    }
    close();
    open(head, line);
    std::size_t from = 0;
    while (from < rest.size() && std::string_view(" :-,").find(rest[from]) != std::string::npos)
      ++from;
    open_->purpose = rest.substr(from);
    open_->provider = provider_in(rest);
    const std::string storage = storage_of(cut(rest, kStorageBytes));
    if (storage != "pixel") open_->storage = storage;
    described_ = true;
    return true;
  }

  // "IDE (1 year)", "sid: session cookie": a name if what is said of it is that of a cookie.
  bool could_be_name(std::string_view head) const {
    if (!around_.about_cookies || head.find(' ') != std::string_view::npos) return false;
    // "Sitzungs-Cookies": a kind of them.
    for (const std::string_view kind : {"ookies", "-Cookie"})
      if (head.ends_with(kind)) return false;
    return looks_of(head) >= Looks::kLikely && category_of(head).empty() && !is_host(head) &&
           !bears_mark(head) && !cookie_lexicon().generic.contains(fold_latin(head));
  }

  static bool is_not_lower(std::string_view head) {
    return !std::all_of(head.begin(), head.end(),
                        [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
  }

  // What the lines below a name say of it.
  bool more(std::string_view line) {
    if (is_only_lifetime(line)) {
      open_->lifetimes.push_back(line);
    } else if (described_) {
      close();
      return false;
    } else if (line.starts_with('(') && line.ends_with(')') && line.size() <= kCompanyBytes) {
      open_->provider = line.substr(1, line.size() - 2);
    } else {
      const std::size_t from = open_->purpose.empty() ? at(line) : at(open_->purpose);
      const std::size_t end = at(line) + line.size();
      if (end - from > kPurposeBytes) {
        close();
        return false;
      }
      open_->purpose = std::string_view(document_.text).substr(from, end - from);
    }
    open_->end = at(line) + line.size();
    return true;
  }

  void open(std::string_view names, std::string_view line) {
    open_.emplace();
    open_->names = names;
    open_->category = around_.category;
    open_->start = at(line);
    open_->end = at(line) + line.size();
    described_ = false;
  }

  void close() {
    const std::size_t before = list_.cookies.size();
    if (open_) declare(document_, *open_, &list_);
    open_.reset();
    if (!record_.empty())
      record_.finish(document_, around_.category, around_.about_cookies, &list_);
    record_ = {};
    pending_ = Column::kNone;
    for (std::size_t i = before; i < list_.cookies.size(); ++i)
      known_.insert(list_.cookies[i].pattern);
  }

  std::size_t at(std::string_view view) const {
    return static_cast<std::size_t>(view.data() - document_.text.data());
  }

  const Document& document_;
  CookieContext context_;
  Surroundings around_;
  std::unordered_set<std::string> known_;
  std::optional<CookieFields> open_;  // Begun by a line of names.
  bool described_ = false;            // Its purpose is known: other lines are about other things.
  CookieRecord record_;               // Begun by a labelled name.
  Column pending_ = Column::kNone;    // A label whose value stands in the next line.
  std::string_view pending_label_;
  CookieList list_, mentioned_;
};

}  // namespace

std::vector<DeclaredCookie> cookies_in_prose(const Document& document, const TableCookies& tables) {
  return ProseReader(document, tables).run();
}

}  // namespace affiant::policy

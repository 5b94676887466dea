#include "policy/cookie_rows.h"

#include <algorithm>
#include <unordered_set>

#include "base/limits.h"
#include "policy/cookie_lexicon.h"
#include "policy/cookie_names.h"
#include "policy/folded_text.h"
#include "policy/utf8.h"

namespace affiant::policy {
namespace {

constexpr std::size_t kPurposeBytes = 2'000;
constexpr std::size_t kProviderBytes = 300;
constexpr std::size_t kNamedLifetimes = 32;  // "_ga: 2 years, _gid: 1 day", looked for by name,
constexpr std::size_t kNamedBytes = 4'000;   // in cells up to so long.

bool digit(char c) { return c >= '0' && c <= '9'; }

// The parts of a cell that lists as many things as there are names. Empty lines part nothing.
std::vector<std::string_view> list(std::string_view cell, char by) {
  std::vector<std::string_view> parts;
  std::size_t from = 0;
  for (std::size_t i = 0; i <= cell.size(); ++i) {
    if (i < cell.size() && cell[i] != by) continue;
    // "1,5 years"
    if (by == ',' && i > 0 && i + 1 < cell.size() && digit(cell[i - 1]) && digit(cell[i + 1]))
      continue;
    const std::string_view part = cell.substr(from, i - from);
    from = i + 1;
    if (by == '\n' && part.find_first_not_of(' ') == std::string_view::npos) continue;
    parts.push_back(part);
  }
  return parts;
}

// What stands behind a name in a cell that names each: "_ga: 2 years, _gid: 1 day".
std::string_view said_of(std::string_view cell, const NameList& names, const Document& document,
                         const CookieFields& fields, std::size_t which) {
  const std::size_t base = static_cast<std::size_t>(fields.names.data() - document.text.data());
  const auto word = [&](const Name& name) {
    return std::string_view(document.text).substr(base + name.at, name.size);
  };
  const auto found = [&](std::string_view name, std::size_t from) {
    for (std::size_t at = cell.find(name, from); at != std::string_view::npos;
         at = cell.find(name, at + 1)) {
      const auto part_of_name = [](char c) {
        return digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
      };
      const std::size_t end = at + name.size();
      if ((at == 0 || !part_of_name(cell[at - 1])) &&
          (end >= cell.size() || !part_of_name(cell[end])))
        return at;
    }
    return std::string_view::npos;
  };
  const std::size_t at = found(word(names.names[which]), 0);
  if (at == std::string_view::npos) return {};
  const std::size_t from = at + names.names[which].size;
  std::size_t end = cell.size();
  for (const Name& other : names.names) end = std::min(end, found(word(other), from));
  return cell.substr(from, end - from);
}

class Declarer {
 public:
  Declarer(const Document& document, const CookieFields& fields, CookieList* out)
      : document_(document), fields_(fields), out_(out) {}

  void run() {
    names_ = read_names(fields_.names, fields_.phrases);
    out_->cut = out_->cut || names_.cut;
    if (names_.names.empty()) return;
    align();
    row_.purpose = cut(fields_.purpose, kPurposeBytes);
    row_.provider = provider();
    for (std::size_t i = 0; i < names_.names.size(); ++i) one(i);
  }

 private:
  // Lists that run parallel to the names.
  void align() {
    const std::size_t n = names_.names.size();
    if (n < 2) return;
    for (const std::string_view cell : fields_.lifetimes) {
      for (const char by : {',', '\n', ';', '/', '|'}) {
        lifetimes_ = list(cell, by);
        by_part_ = lifetimes_.size() != n;
        const bool states = std::any_of(lifetimes_.begin(), lifetimes_.end(),
                                        [](auto part) { return lifetime_of(part).stated; });
        if (states && (lifetimes_.size() == n || lifetimes_.size() == names_.parts)) break;
        lifetimes_.clear();
      }
      if (lifetimes_.size() > 1) break;
      lifetimes_.clear();
    }
    purposes_ = list(fields_.purpose, '\n');
    if (purposes_.size() != n || names_.parts != n) purposes_.clear();
  }

  std::string provider() const {
    std::string out(cut(fields_.provider, kProviderBytes));
    std::string_view domain = cut(fields_.domain, kProviderBytes);
    if (domain.empty()) domain = names_.host;
    if (!domain.empty())
      out += out.empty() ? std::string(domain) : " (" + std::string(domain) + ")";
    if (out.empty()) out = cut(fields_.party, kProviderBytes);
    std::replace(out.begin(), out.end(), '\n', ' ');
    return out;
  }

  Lifetime lifetime(std::size_t i) const {
    const Name& name = names_.names[i];
    if (is_only_lifetime(name.note)) return lifetime_of(name.note);
    if (!lifetimes_.empty()) {
      const std::size_t at = by_part_ ? name.part : i;
      return at < lifetimes_.size() ? lifetime_of(lifetimes_[at]) : Lifetime();
    }
    bool said = false;
    for (const std::string_view cell : fields_.lifetimes) {
      const bool several = names_.names.size() > 1 && names_.names.size() <= kNamedLifetimes &&
                           cell.size() <= kNamedBytes;
      const std::string_view own =
          several ? said_of(cell, names_, document_, fields_, i) : std::string_view();
      const Lifetime found = lifetime_of(own.empty() ? cell : own);
      if (found.stated) return found;
      said = said || !cell.empty();
    }
    return said ? Lifetime() : lifetime_said_in(row_.purpose);
  }

  void one(std::size_t i) {
    if (out_->cookies.size() >= limits::kDeclaredCookies) {
      out_->cut = true;
      return;
    }
    const Name& name = names_.names[i];
    DeclaredCookie row = row_;
    row.pattern = name.pattern;
    if (!purposes_.empty()) row.purpose = cut(purposes_[i], kPurposeBytes);
    const std::string noted = storage_of(name.note);
    row.storage = noted.empty() || noted == "cookie" ? fields_.storage : noted;
    if (row.storage.empty()) row.storage = "cookie";
    row.category = fields_.category.empty() ? category_of(name.note) : fields_.category;
    if (row.category.empty()) row.category = "unclassified";
    if (row.provider.empty() && noted.empty() && !lifetime_of(name.note).stated &&
        category_of(name.note).empty())
      row.provider = cut(name.note, kProviderBytes);
    const Lifetime life = lifetime(i);
    row.lifetime_s = life.seconds;
    row.session_cookie = life.session && row.storage == "cookie";
    const std::string key = row.pattern + '\n' + std::to_string(life.seconds.value_or(-1)) +
                            (life.session ? "s" : "") + row.storage;
    if (!seen_.insert(key).second) return;
    span(name, &row);
    out_->cookies.push_back(std::move(row));
  }

  // The whole row, or where rows are too long to be repeated for each of their names, the name.
  void span(const Name& name, DeclaredCookie* row) const {
    row->start = fields_.start;
    row->end = fields_.end;
    if ((row->end - row->start) * names_.names.size() > limits::kRowQuoteBytes) {
      row->start = static_cast<std::size_t>(fields_.names.data() - document_.text.data()) + name.at;
      row->end = row->start + name.size;
    }
    row->quote = document_.text.substr(row->start, row->end - row->start);
  }

  const Document& document_;
  const CookieFields& fields_;
  CookieList* out_;
  NameList names_;
  DeclaredCookie row_;
  std::vector<std::string_view> lifetimes_, purposes_;
  bool by_part_ = false;  // lifetimes_ belong to the parts of the cell, not to its names.
  std::unordered_set<std::string> seen_;
};

}  // namespace

void declare(const Document& document, const CookieFields& fields, CookieList* out) {
  Declarer(document, fields, out).run();
}

bool is_strong_label(std::string_view label) {
  const std::string text = fold_label(label);
  for (const std::string_view word : {"cookie", "traceur", "témoin"}) {
    if (text.find(word) != std::string::npos) return true;
  }
  return false;
}

bool CookieRecord::begins_another(Column column, std::string_view label) const {
  if (column != Column::kName) return false;
  return is_strong_label(label) ? !fields_.names.empty() : !empty();
}

void CookieRecord::put(Column column, std::string_view label, std::string_view value) {
  if (value.empty()) return;
  if (column == Column::kName) {
    (is_strong_label(label) ? fields_.names : weak_) = value;
    return;
  }
  if (column == Column::kOptout || column == Column::kNone) return;
  ++others_;
  if (column == Column::kProvider) fields_.provider = value;
  if (column == Column::kDomain) fields_.domain = value;
  if (column == Column::kParty) fields_.party = value;
  if (column == Column::kPurpose && fields_.purpose.empty()) fields_.purpose = value;
  if (column == Column::kLifetime) fields_.lifetimes.insert(fields_.lifetimes.begin(), value);
  if (column != Column::kCategory && column != Column::kStorage) return;
  if (const std::string found = category_of(value); !found.empty()) fields_.category = found;
  if (const std::string found = storage_of(value); !found.empty() && found != "cookie")
    fields_.storage = found;
  if (value.size() <= kProviderBytes) fields_.lifetimes.push_back(value);
}

void CookieRecord::cover(std::size_t start, std::size_t end) {
  fields_.start = fields_.end == 0 ? start : std::min(fields_.start, start);
  fields_.end = std::max(fields_.end, end);
}

void CookieRecord::finish(const Document& document, const std::string& category, bool about_cookies,
                          CookieList* out) {
  const bool strong = !fields_.names.empty();
  if (!strong) fields_.names = weak_;
  const Looks looks = read_names(fields_.names).best();
  const bool cookie =
      strong ? looks >= Looks::kLikely || (looks == Looks::kPlain && others_ > 0)
             : others_ > 0 && (looks == Looks::kSurely ||
                               ((about_cookies || others_ > 2) && looks >= Looks::kLikely));
  if (cookie) {
    if (fields_.category.empty()) fields_.category = leading_category(fields_.purpose);
    if (fields_.category.empty()) fields_.category = category;
    declare(document, fields_, out);
  }
  *this = {};
}

}  // namespace affiant::policy

// The Open Cookie Database, open-cookie-database.csv: a row a cookie name. Its columns are found by
// their headings.
#include <algorithm>
#include <array>
#include <cctype>

#include "base/bytes.h"
#include "knowledge/layers/csv.h"
#include "knowledge/layers/host_text.h"
#include "knowledge/layers/reading.h"
#include "knowledge/tables.h"

namespace affiant::knowledge {
namespace {

constexpr std::array<std::string_view, 8> kColumns = {
    "Platform",    "Category",         "Cookie / Data Key name", "Domain",
    "Description", "Retention period", "Data Controller",        "Wildcard match"};
enum Column : std::size_t {
  kPlatform,
  kCategory,
  kName,
  kDomain,
  kDescription,
  kRetention,
  kController,
  kWildcard
};

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view category_of(std::string_view word) {
  const std::string name = lower(word);
  if (name == "functional" || name == "personalization") return "functional";
  if (name == "analytics") return "analytics";
  if (name == "marketing") return "advertising";
  if (name == "security" || name == "necessary") return "necessary";
  return "";
}

// "2 years", "30 minutes after last activity", "session"; -1 where it says two things, or neither.
std::int64_t lifetime_of(std::string_view text) {
  const std::string words = lower(text);
  if (words == "session" || words.starts_with("end of session")) return 0;
  std::int64_t number = 0;
  std::size_t at = 0;
  while (at < words.size() && at < 6 && words[at] >= '0' && words[at] <= '9')
    number = number * 10 + (words[at++] - '0');
  if (at == 0 || number == 0) return -1;
  while (at < words.size() && words[at] == ' ') ++at;
  std::string_view rest = std::string_view(words).substr(at);
  if (rest.find_first_of("0123456789") != std::string_view::npos) return -1;
  constexpr std::int64_t kDay = 86'400;
  constexpr std::array<std::pair<std::string_view, std::int64_t>, 7> kUnits = {
      {{"second", 1},
       {"minute", 60},
       {"hour", 3'600},
       {"day", kDay},
       {"week", 7 * kDay},
       {"month", 30 * kDay},
       {"year", 365 * kDay}}};
  for (const auto& [unit, seconds] : kUnits)
    if (rest.starts_with(unit)) return number * seconds;
  return -1;
}

// Hosts to which the meaning is confined: those named, where no first party is. "adform.net (3rd
// party)".
std::string domains_of(std::string_view text) {
  const std::string words = lower(text);
  for (const std::string_view anywhere : {"1st party", "first party", "website", "all"})
    if (words.find(anywhere) != std::string::npos) return {};
  std::string domains;
  std::string spaced = words;
  std::replace_if(
      spaced.begin(), spaced.end(), [](char c) { return c == ',' || c == '(' || c == ')'; }, ' ');
  for (const std::string_view word : split(spaced, ' ')) {
    if (word.find('.') == std::string_view::npos) continue;
    const auto host = host_of_list(word);
    if (host) domains += (domains.empty() ? "" : "|") + *host;
  }
  return domains;
}

// "CookieConsent [x4]" -> "CookieConsent"; "SR<RotatorID>" -> "SR*". Empty for what no cookie can
// be called.
std::string pattern_of(std::string_view name, bool prefix) {
  const std::size_t count = name.find(" [x");
  if (count != std::string_view::npos && name.ends_with(']')) name = name.substr(0, count);
  std::string out;
  char close = '\0';
  for (const char c : name) {
    if (close != '\0') {
      if (c == close) close = '\0';
    } else if (c == '<' || c == '{' || c == '[') {
      close = c == '<' ? '>' : c == '{' ? '}' : ']';
      if (!out.ends_with('*')) out += '*';
    } else if (c > ' ' && c < '\x7F' && c != ';' && c != ',' && c != '=' && c != '"') {
      out += c;
    } else {
      return {};
    }
  }
  if (close != '\0') return {};
  if (prefix && !out.ends_with('*')) out += '*';
  return out;
}

class Database {
 public:
  explicit Database(LayerReading* reading) : reading_(reading) {}

  bool heading(const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < kColumns.size(); ++i) {
      const auto found = std::find(cells.begin(), cells.end(), kColumns[i]);
      if (found == cells.end()) return false;
      places_[i] = static_cast<std::size_t>(found - cells.begin());
    }
    return true;
  }

  void record(const std::vector<std::string>& cells, std::size_t line) {
    const std::string place = fmt::format("line {}", line);
    if (cells.size() == 1 && cells.front().empty()) return;
    if (cells.empty()) return reading_->skip(place, "above 65536 bytes");
    if (cells.size() <= *std::max_element(places_.begin(), places_.end()))
      return reading_->skip(place, "too few columns");
    for (const std::size_t at : places_)
      if (find_invalid_utf8(cells[at]) != std::string_view::npos)
        return reading_->skip(place, "not UTF-8");
    const auto cell = [&](Column column) -> const std::string& { return cells[places_[column]]; };
    LayerCookie row;
    row.pattern = pattern_of(cell(kName), cell(kWildcard) == "1");
    row.domains = domains_of(cell(kDomain));
    if (const std::string why = unusable(row); !why.empty()) return reading_->skip(place, why);
    row.owner = printable(cell(kController), kLayerNameBytes);
    // "Advertiser's website", and the like: nobody in particular.
    if (row.owner.empty() || lower(row.owner).find("website") != std::string::npos)
      row.owner = printable(cell(kPlatform), kLayerNameBytes);
    row.purpose = printable(cell(kDescription), 1'000);
    row.category = category_of(cell(kCategory));
    row.lifetime_s = lifetime_of(cell(kRetention));
    reading_->add_cookie(std::move(row));
  }

 private:
  // A mask of a letter or two would name every cookie.
  static std::string unusable(const LayerCookie& row) {
    constexpr std::size_t kLetters = 3, kNameBytes = 200;
    if (row.pattern.empty() || row.pattern.size() > kNameBytes) return "no cookie's name";
    const auto masks = std::count(row.pattern.begin(), row.pattern.end(), '*');
    const std::size_t letters = row.pattern.size() - static_cast<std::size_t>(masks);
    if (masks > 0 && row.domains.empty() && letters < kLetters) return "a mask for nearly any name";
    if (masks > 3) return "more than three masks";
    return letters == 0 ? "a mask for any name" : "";
  }

  LayerReading* reading_;
  std::array<std::size_t, kColumns.size()> places_{};
};

}  // namespace

bool is_cookie_database(std::string_view text) {
  constexpr std::size_t kHeadBytes = 2'000;
  const std::string_view first = text.substr(0, text.substr(0, kHeadBytes).find('\n'));
  return first.size() <= kHeadBytes &&
         first.find("Cookie / Data Key name") != std::string_view::npos;
}

void read_cookie_database(std::string_view text, LayerReading* reading) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  CsvRecords records(text);
  Database database(reading);
  std::vector<std::string> cells;
  if (!records.next(&cells) || !database.heading(cells))
    return reading->skip("line 1", "not the columns of the Open Cookie Database");
  while (records.next(&cells)) database.record(cells, records.line());
}

}  // namespace affiant::knowledge

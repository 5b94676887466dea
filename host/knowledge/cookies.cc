#include "knowledge/cookie_table.h"
#include "knowledge/editions.h"
#include "knowledge/in_use.h"
#include "knowledge/tables.h"

namespace affiant::knowledge {
namespace {

// "-" is not documented, "session" none; otherwise a whole number and a unit. A month is 30 days
// and a year 365, as the published comparisons of declared lifetimes have it (facts: CookieBlock
// method 3).
std::int64_t parse_lifetime(std::string_view text) {
  if (text == "session") return 0;
  std::int64_t number = 0;
  std::size_t at = 0;
  while (at < text.size() && at < 9 && text[at] >= '0' && text[at] <= '9')
    number = number * 10 + (text[at++] - '0');
  if (at == 0 || at + 1 != text.size()) return -1;
  constexpr std::int64_t kDay = 86'400;
  switch (text[at]) {
    case 'm':
      return number * 60;
    case 'h':
      return number * 3'600;
    case 'd':
      return number * kDay;
    case 'w':
      return number * 7 * kDay;
    case 'M':
      return number * 30 * kDay;
    case 'y':
      return number * 365 * kDay;
    default:
      return -1;
  }
}

std::vector<KnownCookie> our_rows() {
  std::vector<KnownCookie> rows;
  for (const Row& row : parse_rows(k_cookies_table.text, 7))
    rows.push_back({row[0], row[2], row[3], row[4], row[6], parse_lifetime(row[5]), row[1]});
  return rows;
}

const CookieTable& ours() {
  static const CookieTable table(our_rows());
  return table;
}

// What the user's layers know; asked where ours know nothing.
Editions<CookieTable>& layers_tables() {
  static Editions<CookieTable> editions{CookieTable({})};
  return editions;
}

const KnownCookie* find(std::string_view name, std::optional<std::string_view> domain) {
  const KnownCookie* own = ours().find(name, domain);
  return own != nullptr ? own : layers_tables().current().find(name, domain);
}

}  // namespace

const KnownCookie* find_cookie(std::string_view name) { return find(name, std::nullopt); }
const KnownCookie* find_cookie(std::string_view name, std::string_view domain) {
  return find(name, domain);
}

void build_cookies(const Layers& layers) {
  std::vector<KnownCookie> rows;
  for (const Layer& layer : layers)
    for (const LayerCookie& c : layer.cookies)
      rows.push_back({c.pattern, c.owner, c.purpose, c.category, layer.provenance.source,
                      c.lifetime_s, c.domains});
  layers_tables().publish(CookieTable(std::move(rows)));
}

std::vector<Provenance> provenance() {
  std::vector<Provenance> out;
  for (const EmbeddedTable* table : {&k_vendors_table, &k_owners_table, &k_cookies_table}) {
    out.push_back({"affiant " + std::string(table->name), AFFIANT_VERSION,
                   std::string(table->sha256), "Apache-2.0"});
  }
  // The third comment is the package's version, the second the digest of the file it was made of.
  const std::vector<std::string_view> lines = split(k_third_party_web_table.text, '\n');
  if (lines.size() > 3)
    out.push_back({"npm third-party-web", std::string(lines[2].substr(2)),
                   std::string(lines[1].substr(2)), "MIT"});
  return out;
}

}  // namespace affiant::knowledge

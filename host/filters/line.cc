#include "filters/line.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/limits.h"
#include "filters/ascii.h"
#include "filters/rule_parser.h"
#include "site/site.h"

namespace affiant::filters {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

bool starts_with(std::string_view text, std::string_view with) {
  return text.substr(0, with.size()) == with;
}

// What stands between the domains and the selector, script or style of a rule about a page.
constexpr std::array<std::string_view, 10> kMarks = {"##",   "#@#",  "#?#",   "#@?#", "#$#",
                                                     "#@$#", "#$?#", "#@$?#", "#%#",  "#@%#"};

bool is_cosmetic(std::string_view line) {
  if (line.front() == '|' || starts_with(line, "@@")) return false;
  for (std::size_t at = line.find('#'); at != kNone; at = line.find('#', at + 1))
    for (const std::string_view mark : kMarks)
      if (starts_with(line.substr(at), mark)) return true;
  // AdGuard's HTML filters. "$$" may also be a pattern's own '$' and that of its options.
  const std::size_t at = std::min(line.find("$$"), line.find("$@$"));
  return at != kNone && is_alnum(line.front()) && line.substr(0, at).find('/') == kNone;
}

bool is_hosts(std::string_view line) {
  const std::size_t blank = line.find_first_of(" \t");
  if (blank == kNone) return false;
  const std::string_view address = line.substr(0, blank);
  return address.find_first_not_of("0123456789abcdefABCDEF:.") == kNone &&
         site::is_ip_literal(address);
}

// What ends the names of files and no host name: such a piece of a URL is a pattern.
constexpr std::array<std::string_view, 18> kFileEndings = {
    "js",  "css", "htm", "html", "php", "asp", "aspx", "jsp",  "cgi",
    "gif", "png", "jpg", "jpeg", "svg", "swf", "xml",  "json", "txt"};

// At least two labels, the last one with letters only or in Punycode.
bool is_domain(std::string_view text) {
  const std::size_t dot = text.rfind('.');
  if (dot == kNone || dot == 0 || text.find("..") != kNone) return false;
  const std::string_view last = text.substr(dot + 1);
  if (last.size() < 2 || (is_ascii(text.substr(0, 1)) && !is_alnum(text.front()))) return false;
  if (std::find(kFileEndings.begin(), kFileEndings.end(), lowered(last)) != kFileEndings.end())
    return false;
  const auto letter = [](char c) {
    return static_cast<unsigned char>(c) >= 0x80 || (is_alnum(c) && (c < '0' || c > '9'));
  };
  if (!starts_with(last, "xn--") && !std::all_of(last.begin(), last.end(), letter)) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_host_char(c) || static_cast<unsigned char>(c) >= 0x80;
  });
}

}  // namespace

bool is_plain_host_rule(std::string_view line) {
  static constexpr auto kPlain = [] {
    std::array<bool, 256> table{};
    for (unsigned c = 0; c < 128; ++c) {
      const char letter = static_cast<char>(c);
      table[c] = is_host_char(letter) && lower_char(letter) == letter;
    }
    return table;
  }();
  if (line.size() < 4 || !starts_with(line, "||") || line.back() != '^' || line[2] == '.')
    return false;
  for (const char c : line.substr(2, line.size() - 3))
    if (!kPlain[static_cast<unsigned char>(c)]) return false;
  return line.size() <= limits::kRulePatternBytes;
}

std::string_view without_comment(std::string_view line) {
  return trimmed(line.substr(0, line.find('#')));
}

bool is_local_name(std::string_view host) {
  static constexpr std::array<std::string_view, 11> kLocal = {
      "localhost",     "localhost.localdomain",
      "localhost6",    "localhost6.localdomain6",
      "broadcasthost", "local",
      "0.0.0.0",       "127.0.0.1",
      "::1",           "ip6-localhost",
      "ip6-loopback"};
  return std::find(kLocal.begin(), kLocal.end(), host) != kLocal.end() || starts_with(host, "ip6-");
}

bool is_text(std::string_view line) {
  unsigned control = 0;
  unsigned all = 0;
  for (const char c : line) {
    const auto byte = static_cast<unsigned char>(c);
    control |= static_cast<unsigned>((byte < 0x20 && c != '\t') || byte == 0x7F);
    all |= byte;
  }
  return control == 0 && (all < 0x80 || find_invalid_utf8(line) == kNone);
}

Line kind_of(std::string_view line, bool adblock) {
  if (line.size() < 2 || line.front() == '!') return Line::kNothing;
  if (line.front() == '[' && line.back() == ']') {
    const std::string lower = lowered(line.substr(0, 8));
    const bool header = starts_with(lower, "[adblock") || starts_with(lower, "[ublock") ||
                        starts_with(lower, "[adguard");
    return header ? Line::kHeader : Line::kNothing;
  }
  if (line.front() == '#' && (is_space(line[1]) || !is_cosmetic(line))) return Line::kNothing;
  if (is_hosts(line)) return Line::kHosts;
  if (is_cosmetic(line)) return Line::kCosmetic;
  if (!adblock && is_domain(without_comment(line))) return Line::kDomain;
  return Line::kNetwork;
}

}  // namespace affiant::filters

#include "browser/map_rule.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/bytes.h"
#include "json/json.h"

namespace affiant::browser {
namespace {

constexpr std::string_view kHostCharacters = "abcdefghijklmnopqrstuvwxyz0123456789-._";

Result<std::uint16_t> parse_port(std::string_view text, std::string_view rule) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size() || port == 0)
    return fail(Code::kUsage, "--map {}: '{}' is no port (1 to 65535)", printable(rule),
                printable(text));
  return port;
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

}  // namespace

Result<MapRule> parse_map_rule(std::string_view text) {
  MapRule rule;
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos)
    return fail(Code::kUsage, "--map {}: must be HOST[:PORT]=ADDR:PORT", printable(text));
  std::string_view from = text.substr(0, equals), to = text.substr(equals + 1);
  if (const std::size_t colon = from.find(':'); colon != std::string_view::npos) {
    AFFIANT_TRY(rule.port, parse_port(from.substr(colon + 1), text));
    from = from.substr(0, colon);
  }
  rule.host = lower(from);
  std::string_view plain = rule.host;
  if (plain.starts_with("*.")) plain.remove_prefix(2);
  const bool all = plain == "*" && plain.size() == rule.host.size();
  if (!all && (plain.empty() || plain.find_first_not_of(kHostCharacters) != std::string::npos))
    return fail(Code::kUsage, "--map {}: '{}' is no host name (a name, or '*.' and a name)",
                printable(text), printable(from));

  const std::size_t colon = to.rfind(':');
  if (colon == std::string_view::npos)
    return fail(Code::kUsage, "--map {}: the place to go to must be ADDR:PORT", printable(text));
  AFFIANT_TRY(rule.to_port, parse_port(to.substr(colon + 1), text));
  std::string_view address = to.substr(0, colon);
  if (address.starts_with('[') && address.ends_with(']')) {
    address = address.substr(1, address.size() - 2);
    if (address.find(':') == std::string_view::npos ||
        address.find_first_not_of("0123456789abcdefABCDEF:.") != std::string_view::npos)
      return fail(Code::kUsage, "--map {}: '{}' is no IPv6 address", printable(text),
                  printable(address));
  } else if (address.empty() ||
             lower(address).find_first_not_of(kHostCharacters) != std::string::npos) {
    return fail(Code::kUsage, "--map {}: '{}' is no address (an IPv6 address stands in brackets)",
                printable(text), printable(address));
  }
  rule.address = lower(address);
  return rule;
}

bool covers(const MapRule& rule, std::string_view host, std::uint16_t port) {
  if (rule.port != 0 && rule.port != port) return false;
  if (rule.host == "*") return true;
  const std::string name = lower(host);
  if (!rule.host.starts_with('*')) return name == rule.host;
  const std::string_view tail = std::string_view(rule.host).substr(1);
  return name.size() > tail.size() && name.ends_with(tail);
}

std::string host_resolver_rules(const std::vector<MapRule>& rules) {
  std::string text;
  for (const MapRule& r : rules) {
    const bool v6 = r.address.find(':') != std::string::npos;
    text += fmt::format("{}MAP {}{} {}:{}", text.empty() ? "" : ", ", r.host,
                        r.port == 0 ? std::string() : fmt::format(":{}", r.port),
                        v6 ? "[" + r.address + "]" : r.address, r.to_port);
  }
  return text;
}

std::string proxy_script(const std::vector<MapRule>& rules, std::uint16_t port) {
  std::string list;
  for (const MapRule& r : rules) {
    list += list.empty() ? "[" : ",[";
    json::append_string(list, r.host);
    list += fmt::format(",{}]", r.port);
  }
  return fmt::format(
      "var rules = [{}];\n"
      "function FindProxyForURL(url, host) {{\n"
      "  host = host.toLowerCase();\n"
      "  var given = /^[a-z]+:\\/\\/[^\\/?#]*:([0-9]+)(?:[\\/?#]|$)/.exec(url);\n"
      "  var port = given ? Number(given[1]) : /^(https|wss):/.test(url) ? 443 : 80;\n"
      "  for (var i = 0; i < rules.length; ++i) {{\n"
      "    var name = rules[i][0], tail = name.slice(1);\n"
      "    if (rules[i][1] && rules[i][1] !== port) continue;\n"
      "    if (name === '*' || name === host || (name[0] === '*' && host.length > tail.length &&\n"
      "        host.slice(-tail.length) === tail)) return 'SOCKS5 127.0.0.1:{}';\n"
      "  }}\n"
      "  return 'DIRECT';\n"
      "}}\n",
      list, port);
}

}  // namespace affiant::browser

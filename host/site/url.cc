#include <algorithm>
#include <cctype>

#include "base/bytes.h"
#include "base/limits.h"
#include "site/site.h"

namespace affiant::site {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

}  // namespace

std::string Url::origin() const {
  if (host.empty()) return "null";
  const bool v6 = host.find(':') != std::string::npos;
  std::string out = scheme + "://" + (v6 ? "[" + host + "]" : host);
  if (port != 0) out += ":" + std::to_string(port);
  return out;
}

Result<Url> parse_url(std::string_view text) {
  if (text.size() > limits::kUrlBytes)
    return fail(Code::kTooLarge, "URL of {} bytes, at most {} allowed", text.size(),
                limits::kUrlBytes);
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0)
    return fail(Code::kMalformed, "no scheme in URL \"{}\"", printable(text));
  Url url;
  url.scheme = lower(text.substr(0, colon));
  for (const char c : url.scheme)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '+' && c != '-' && c != '.')
      return fail(Code::kMalformed, "no scheme in URL \"{}\"", printable(text));
  std::string_view rest = text.substr(colon + 1);
  if (rest.substr(0, 2) != "//") {  // data:, blob:, about: and the like have no host.
    url.path = rest;
    return url;
  }
  rest.remove_prefix(2);
  const std::size_t end = rest.find_first_of("/?#");
  std::string_view authority = rest.substr(0, end);
  std::string_view tail = end == std::string_view::npos ? std::string_view{} : rest.substr(end);
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos)
    authority.remove_prefix(at + 1);
  std::string_view port;
  if (!authority.empty() && authority.front() == '[') {
    const std::size_t close = authority.find(']');
    if (close == std::string_view::npos)
      return fail(Code::kMalformed, "unclosed [ in URL \"{}\"", printable(text));
    url.host = lower(authority.substr(1, close - 1));
    if (close + 1 < authority.size() && authority[close + 1] == ':')
      port = authority.substr(close + 2);
  } else {
    const std::size_t p = authority.rfind(':');
    url.host = lower(authority.substr(0, p));
    if (p != std::string_view::npos) port = authority.substr(p + 1);
  }
  std::uint32_t number = 0;
  for (const char c : port) {
    if (c < '0' || c > '9' || (number = number * 10 + static_cast<std::uint32_t>(c - '0')) > 65535)
      return fail(Code::kMalformed, "bad port in URL \"{}\"", printable(text));
  }
  const bool usual = (url.scheme == "http" && number == 80) ||
                     (url.scheme == "https" && number == 443) ||
                     (url.scheme == "ws" && number == 80) || (url.scheme == "wss" && number == 443);
  url.port = usual ? 0 : static_cast<std::uint16_t>(number);
  if (url.host.empty() && url.scheme != "file")
    return fail(Code::kMalformed, "no host in URL \"{}\"", printable(text));
  tail = tail.substr(0, tail.find('#'));
  const std::size_t q = tail.find('?');
  url.path = tail.substr(0, q);
  if (q != std::string_view::npos) url.query = tail.substr(q + 1);
  if (url.path.empty()) url.path = "/";
  return url;
}

bool is_ip_literal(std::string_view host) {
  if (host.find(':') != std::string_view::npos) return true;
  int dots = 0;
  for (const char c : host) {
    if (c == '.')
      ++dots;
    else if (c < '0' || c > '9')
      return false;
  }
  return dots == 3;
}

}  // namespace affiant::site

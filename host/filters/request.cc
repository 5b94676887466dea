#include "filters/request.h"

#include <algorithm>
#include <utility>

#include "base/bytes.h"
#include "base/limits.h"
#include "filters/ascii.h"
#include "filters/host_name.h"
#include "filters/tokens.h"

namespace affiant::filters {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

// Where the parts of "scheme://user@host:port/path" are.
struct Places {
  std::string_view scheme, host;
  std::size_t host_begin = 0;
};

// False where there is no host. A scheme alone ("https://") counts as a host without a name: logs
// that keep no more of a URL give it, and rules without a pattern still apply.
bool find_places(std::string_view url, Places& places) {
  const std::size_t colon = url.find(':');
  if (colon == kNone || colon == 0 || url.substr(colon, 3) != "://") return false;
  places.scheme = url.substr(0, colon);
  const std::size_t begin = colon + 3;
  std::size_t end = begin;
  while (end < url.size() && url[end] != '/' && url[end] != '?' && url[end] != '#' &&
         url[end] != '\\')
    ++end;
  std::string_view authority = url.substr(begin, end - begin);
  const std::size_t at = authority.rfind('@');
  places.host_begin = begin + (at == kNone ? 0 : at + 1);
  if (at != kNone) authority.remove_prefix(at + 1);
  if (!authority.empty() && authority.front() == '[') {
    const std::size_t close = authority.find(']');
    if (close == kNone) return false;
    ++places.host_begin;
    places.host = authority.substr(1, close - 1);
  } else {
    places.host = authority.substr(0, authority.find(':'));
  }
  return !places.host.empty() || places.host_begin == url.size();
}

std::string_view without_dot(std::string_view host) {
  if (host.size() > 1 && host.back() == '.') host.remove_suffix(1);
  return host;
}

}  // namespace

void append_host_keys(std::string_view host, std::string_view site, std::vector<HostKey>& out) {
  walk_suffixes(host, kHashSeed, [&](std::uint32_t hash, std::size_t begin) {
    out.push_back({hash, host.substr(begin), false});
    return false;
  });
  // The public suffix is the registrable domain without its first label; an address has none.
  const std::size_t dot = site.find('.');
  if (dot == kNone || site::is_ip_literal(host) || host.size() < site.size()) return;
  const std::string_view stem = host.substr(0, host.size() - (site.size() - dot));
  walk_suffixes(stem, kEntitySeed, [&](std::uint32_t hash, std::size_t begin) {
    out.push_back({hash, stem.substr(begin), true});
    return false;
  });
}

Page::Page(std::string_view url, const site::SiteTable& sites) {
  Places places;
  if (!find_places(url, places)) return;
  auto host = ascii_host(without_dot(places.host));
  if (!host) return;
  host_ = std::move(*host);
  site_ = sites.registrable_domain(host_);
  append_host_keys(host_, site_, keys_);
}

Result<Request> Request::create(std::string_view url, const Page& page, std::string_view type,
                                const site::SiteTable& sites, std::string_view method) {
  if (url.size() > limits::kUrlBytes)
    return fail(Code::kTooLarge, "URL of {} bytes, at most {} allowed", url.size(),
                limits::kUrlBytes);
  Request request;
  request.page_ = &page;
  request.type_ = request_type(type);
  request.method_ = method_bit(method);
  Places places;
  if (!find_places(url, places)) {
    const std::size_t colon = url.find(':');
    const bool opaque = colon != kNone && colon > 0 && url.substr(colon, 3) != "://" &&
                        std::all_of(url.begin(), url.begin() + static_cast<std::ptrdiff_t>(colon),
                                    [](char c) { return is_host_char(c) || c == '+'; });
    if (opaque) return request;
    return fail(Code::kMalformed, "no host in URL \"{}\"", printable(url));
  }
  const std::string scheme = lowered(places.scheme);
  if (scheme == "ws" || scheme == "wss") request.type_ = kWebSocket;
  request.network_ = scheme == "http" || scheme == "https" || scheme == "ws" || scheme == "wss";
  std::string escaped;
  if (is_ascii(url)) {
    request.host_begin_ = places.host_begin;
    request.host_size_ = without_dot(places.host).size();
  } else {
    const auto host = ascii_host(places.host);
    if (!host) return fail(Code::kMalformed, "no host name in URL \"{}\"", printable(url));
    append_escaped(escaped, url.substr(0, places.host_begin), true);
    request.host_begin_ = escaped.size();
    request.host_size_ = without_dot(*host).size();
    escaped += *host;
    append_escaped(escaped, url.substr(places.host_begin + places.host.size()), true);
    url = escaped;
  }
  request.url_ = lowered(url);
  // Scheme and host have no case.
  const std::size_t path = request.host_begin_ + request.host_size_;
  if (const std::string_view rest = url.substr(path); request.url_.compare(path, kNone, rest) != 0)
    request.raw_.append(request.url_, 0, path).append(rest);
  if (request.host_size_ > 0) {
    const std::string_view site = sites.registrable_part(request.host());
    request.site_begin_ = static_cast<std::size_t>(site.data() - request.url_.data());
    request.site_size_ = site.size();
  }
  request.third_party_ = type != "main_frame" && !page.site().empty() && !request.site().empty() &&
                         request.site() != page.site();
  return request;
}

}  // namespace affiant::filters

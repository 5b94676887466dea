// Sections 5.1.3 (domain matching), 5.1.4 (paths) and the user agent's idea of a secure connection.
#include "observe/cookie_store.h"

namespace affiant::observe {
namespace {

bool ends_with(std::string_view text, std::string_view tail) {
  return text.size() >= tail.size() && text.substr(text.size() - tail.size()) == tail;
}

bool is_loopback(std::string_view host) {
  if (host == "localhost" || ends_with(host, ".localhost") || host == "::1") return true;
  return site::is_ip_literal(host) && host.substr(0, 4) == "127.";
}

}  // namespace

bool is_secure(const site::Url& url, Engine engine) {
  if (url.scheme == "https" || url.scheme == "wss") return true;
  return engine != Engine::kRfc6265bis && (url.scheme == "http" || url.scheme == "ws") &&
         is_loopback(url.host);
}

bool domain_match(std::string_view host, std::string_view domain) {
  if (host == domain) return true;
  return !domain.empty() && ends_with(host, domain) && host.size() > domain.size() &&
         host[host.size() - domain.size() - 1] == '.' && !site::is_ip_literal(host);
}

std::string default_path(std::string_view url_path) {
  // 2. Empty or not starting with "/": "/".
  if (url_path.empty() || url_path.front() != '/') return "/";
  // 3. No more than one "/": "/".
  const std::size_t last = url_path.rfind('/');
  if (last == 0) return "/";
  // 4. Up to, but not including, the right-most "/".
  return std::string(url_path.substr(0, last));
}

bool path_match(std::string_view request_path, std::string_view cookie_path) {
  if (request_path == cookie_path) return true;
  if (request_path.substr(0, cookie_path.size()) != cookie_path || cookie_path.empty())
    return false;
  return cookie_path.back() == '/' ||
         (request_path.size() > cookie_path.size() && request_path[cookie_path.size()] == '/');
}

}  // namespace affiant::observe

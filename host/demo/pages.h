// What the demo's hosts answer, without any server: a request in, a response out. Pure but for the
// fresh identifiers in cookies.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace affiant::demo {

struct Answer {
  int status = 200;
  std::string type = "text/html; charset=utf-8";
  std::string body;
  std::string location;              // For a redirect.
  std::vector<std::string> cookies;  // Set-Cookie lines.
};

// `host` without its port; `port` is what links to the other hosts carry.
Answer answer(std::string_view host, std::string_view path, std::uint16_t port);

// Texts of the shop (shop_pages.cc).
Answer shop_page(std::string_view path);

}  // namespace affiant::demo

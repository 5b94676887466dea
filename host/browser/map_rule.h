// `--map HOST[:PORT]=ADDR:PORT`: reach a site somewhere else than its name says, under its own
// name.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace affiant::browser {

struct MapRule {
  std::string host;           // Lower case; "*.shop.example" covers every host below shop.example
                              // but not itself; "*" covers all.
  std::uint16_t port = 0;     // The port the page asks for; 0: any.
  std::string address;        // A host name or address, without brackets.
  std::uint16_t to_port = 0;  // Never 0.
};

// kUsage says what is wrong with the text.
Result<MapRule> parse_map_rule(std::string_view text);

bool covers(const MapRule& rule, std::string_view host, std::uint16_t port);

// For Chromium's --host-resolver-rules; the first rule that covers a host wins, as there.
std::string host_resolver_rules(const std::vector<MapRule>& rules);

// For Firefox: a proxy auto-configuration script that sends what a rule covers to the SOCKS server
// on 127.0.0.1:port, and everything else on its ordinary way.
std::string proxy_script(const std::vector<MapRule>& rules, std::uint16_t port);

}  // namespace affiant::browser

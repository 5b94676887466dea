// Hosts, origins and registrable domains ("sites").
//
// The registrable domain follows the Public Suffix List with its private section (as Tracker Radar
// does), so that a.github.io and b.github.io are two sites. A host under no listed rule falls to
// the list's default rule "*": the site of shop.localhost is shop.localhost. An IP literal and a
// single label are their own site. Thread-safe after construction.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"

namespace affiant::site {

// A URL split as far as evidence needs it; nothing is normalised but the host's case.
struct Url {
  std::string scheme;          // Lower case, without ':'.
  std::string host;            // Lower case, no brackets around IPv6, no trailing dot removed.
  std::uint16_t port = 0;      // 0: the scheme's default.
  std::string path;            // With query and fragment left out; "/" when empty.
  std::string query;           // Without '?'.
  std::string origin() const;  // "https://host[:port]", or "null" for opaque schemes.
};
Result<Url> parse_url(std::string_view url);

bool is_ip_literal(std::string_view host);

enum class Party : std::uint8_t { kFirst, kThird };

class SiteTable {
 public:
  // The list built into libpsl, or a file in Public Suffix List format (`--psl FILE`).
  static Result<SiteTable> built_in();
  static Result<SiteTable> from_file(const std::string& path);
  SiteTable(SiteTable&&) noexcept;
  SiteTable& operator=(SiteTable&&) noexcept;
  ~SiteTable();

  // Registrable domain of a host (lower-cased; a leading dot as in cookie domains is ignored).
  // Never empty for a non-empty host.
  std::string registrable_domain(std::string_view host) const;
  // The same as a part of `host`, in whatever case that is.
  std::string_view registrable_part(std::string_view host) const;
  // Whether the host is itself a public suffix (RFC 6265bis section 5.5 refuses cookies for it).
  // The default rule counts for single labels only when they are listed: "localhost" is not a
  // suffix, "com" is.
  bool is_public_suffix(std::string_view host) const;
  Party party(std::string_view host, std::string_view top_host) const;

  // For the provenance of a report: where the list came from, its version or date, and its digest
  // where known.
  const std::string& source() const;

 private:
  struct Impl;
  explicit SiteTable(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace affiant::site

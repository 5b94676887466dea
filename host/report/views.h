// Ways of looking at a report that its renderings share. Pure; results point into the Report and
// live as long as it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "report/report.h"

namespace affiant::report {

// The URL that was recorded; where it is withheld, scheme and host of the main document, or
// nothing.
std::optional<std::string> site_url(const Report& report);

// One key of a site's storage: every entry that set it.
struct StorageRow {
  const detect::StorageFact* fact = nullptr;  // The first setting.
  std::vector<observe::Leaf> entries;
};
// What was set (removals and clearing are left out), in order of first setting. Keys that are
// withheld stay apart.
std::vector<StorageRow> storage_rows(const Report& report);

// Third parties of the requests, by owner; hosts of an unknown owner are grouped by their site.
struct OwnerRow {
  std::string name;  // Owner, or registrable domain.
  bool owner_known = false;
  bool tracker = false;
  std::set<std::string> hosts, categories, products;
  std::size_t requests = 0;
};
std::vector<OwnerRow> third_parties(const Report& report);  // Most requests first, then by name.

// Joins requests to the hops and frames that led to them.
class RequestIndex {
 public:
  explicit RequestIndex(const Report& report);
  // URL of the hop before, where there is one and it is not withheld.
  std::optional<std::string> redirected_from(const observe::Request& request) const;
  // Who asked for it, nearest first: its initiator, who asked for its frame, the page. Never empty
  // strings.
  std::vector<std::string> initiators(const observe::Request& request) const;

 private:
  std::map<std::tuple<std::uint64_t, std::string, std::int64_t>, const observe::Request*> hops_;
  std::map<std::tuple<std::uint64_t, std::int64_t, std::int64_t>,
           std::vector<const observe::Request*>>
      frames_;
};

// Where a request went: told with its headers (Firefox), else the one address that its host had in
// the session. Nothing when it is withheld, unknown, or the host had several.
class AddressIndex {
 public:
  explicit AddressIndex(const Report& report);
  std::optional<std::string> of(const observe::Request& request) const;

 private:
  std::map<std::pair<std::uint64_t, std::string>, std::set<std::string>> by_host_;
};

// What the top-level page had last said of consent before the first of an item's entries, by its
// interfaces.
class ConsentIndex {
 public:
  explicit ConsentIndex(const Report& report);
  // Leaf indices, one for each source that had spoken, ascending. Empty: none had.
  std::vector<observe::Leaf> before(const std::vector<observe::Leaf>& entries,
                                    std::uint64_t session, const std::string& top_host) const;

 private:
  // By session and top-level host, then source: entries, ascending.
  std::map<std::pair<std::uint64_t, std::string>, std::map<std::string, std::vector<observe::Leaf>>>
      said_;
};

}  // namespace affiant::report

// Asking a time-stamp authority (RFC 3161) that the user names: for `affiant anchor` and for the
// time stamps that an audit begins and ends with.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <filesystem>
#include <string>

#include "base/error.h"

namespace affiant::cli {

struct AuthorityOptions {
  std::string url;  // Empty: nobody is asked.
  std::string ca_file;
  std::string chain_file;
  std::string tls_ca_file;
};

// PEM texts, read and checked before anybody is asked for anything.
struct Authority {
  std::string url;
  std::string ca_file;
  std::string ca;
  std::string chain;
  std::string tls_ca_file;
};
// kUsage for files that hold no certificates.
Result<Authority> read_authority(const AuthorityOptions& options);

// A TimeStampResp over `data` that is what was asked and, where `ca` is there, proved under it.
// kNetwork: no usable answer. kUsage: it lacks its certificates and no chain has them. Otherwise
// kBroken or kCrypto. The message names the authority.
Result<std::string> fresh_stamp(const Authority& authority, const std::string& data);

struct Anchored {
  std::uint64_t size = 0;  // Of the tree that is stamped.
  bool was_there = false;  // A time stamp of this size is kept; nobody was asked.
  std::int64_t time_ms = 0;
  std::string by;                      // The authority's name, or its URL.
  std::string file;                    // anchors/<size>.tsr
  std::uint64_t unsigned_entries = 0;  // Not covered.
};
// Stamps the signed head of the case and keeps the answer there.
Result<Anchored> anchor_case(const std::filesystem::path& dir, const Authority& authority);

}  // namespace affiant::cli

// manifest.json of a bundle: the SHA-256 of those of its files that nothing signed vouches for (the
// report, the instructions). Not signed itself: it tells damage and slips, not forgery.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "evidence/verify.h"

namespace affiant::evidence {

inline constexpr const char* kManifestFile = "manifest.json";
inline constexpr std::string_view kBundleFormat = "affiant.bundle/1";

struct Manifest {
  std::map<std::string, std::string> files;  // Name in the bundle → 64 lower-case hex digits.
  std::vector<std::string> withheld;         // Of "values", "urls", "ips", "rows"; sorted.
};

std::string format_manifest(const Manifest& manifest);  // RFC 8785 and a newline.
Result<Manifest> parse_manifest(std::string_view text);

// Whether a bundle may hold a file of this name that is no part of a case.
bool is_bundle_file(std::string_view file);

// When there is a manifest: every file of a bundle that is there is in it, and has its hash; every
// one in it is there. What is wrong is a problem.
void check_manifest(const std::filesystem::path& dir, Verdict& verdict);

}  // namespace affiant::evidence

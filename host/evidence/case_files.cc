#include "evidence/case_files.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "base/fs.h"
#include "base/limits.h"
#include "evidence/decimal.h"
#include "evidence/hash.h"
#include "evidence/layout.h"
#include "evidence/manifest.h"

namespace affiant::evidence {
namespace {

bool is_hash_name(const std::string& name) { return name.size() == 64 && hex_decode(name); }

// Files of `folder` that are named by their hash: adds a problem for each that is not what its name
// says and for each of `wanted` that is not there.
std::set<std::string> check_by_hash(const std::filesystem::path& dir, const std::string& folder,
                                    const std::set<std::string>& wanted, std::string_view cited_by,
                                    Verdict& verdict) {
  std::set<std::string> good;
  const auto names = list_dir(dir / folder);
  if (!names) verdict.problems.push_back({folder, 0, std::nullopt, names.error().message});
  std::set<std::string> seen;
  for (const std::string& name : names.value_or(std::vector<std::string>())) {
    if (!is_hash_name(name)) continue;  // Noted as unknown.
    seen.insert(name);
    const auto hash = hash_file(dir / folder / name);
    if (hash && *hash == name)
      good.insert(name);
    else
      verdict.problems.push_back(
          {folder + "/" + name, 0, std::nullopt,
           hash ? "the bytes are not those its name is the SHA-256 of" : hash.error().message});
  }
  for (const std::string& name : wanted)
    if (!seen.contains(name))
      verdict.problems.push_back({folder + "/" + printable(name), 0, std::nullopt,
                                  fmt::format("the file is not there, but {} cites it", cited_by)});
  return good;
}

// Whether a log of so many entries has that tile. One without an end has all.
bool is_tile_of(const TileName& tile, std::uint64_t entries) {
  if (tile.level > 6) return false;
  if (entries == std::numeric_limits<std::uint64_t>::max()) return true;
  const std::uint64_t full = entries >> (8U * (tile.level + 1));
  if (tile.width == limits::kTileHashes) return tile.index < full;
  return tile.index == full && tile.width == (entries >> (8U * tile.level)) % limits::kTileHashes;
}

}  // namespace

bool is_bundle_only_file(const std::string& file) {
  return file == kManifestFile || is_bundle_file(file);
}

bool is_case_file(const std::string& file, std::uint64_t last_segment, std::uint64_t entries) {
  static const std::set<std::string> kSingle = {kCheckpointFile, kIndexFile,       kDelegationFile,
                                                kDisclosureFile, kCaseKeyFile,     kCaseVkeyFile,
                                                kCasePemFile,    kIdentityVkeyFile};
  if (kSingle.contains(file) || is_bundle_only_file(file)) return true;
  const std::size_t slash = file.find('/');
  if (slash == std::string::npos) return false;
  const std::string folder = file.substr(0, slash);
  const std::string name = file.substr(slash + 1);
  if (folder == kExhibitDir || folder == kTornDir) return is_hash_name(name);
  if (folder == kAnchorDir) return parse_anchor_file(file).has_value();
  if (folder == kCheckpointDir) return parse_decimal(name).has_value();
  if (const auto segment = parse_segment_file(file)) return *segment <= last_segment;
  if (const auto tile = parse_tile_file(file)) return is_tile_of(*tile, entries);
  return false;
}

void collect_exhibits(std::string_view body, std::set<std::string>& out) {
  // In a JSON string a quote is escaped, so these bytes can only be a key and its value.
  constexpr std::string_view kKey = "\"exhibit\":\"";
  constexpr std::size_t kDigits = 64;
  while (const void* hit = memmem(body.data(), body.size(), kKey.data(), kKey.size())) {
    body.remove_prefix(static_cast<std::size_t>(static_cast<const char*>(hit) - body.data()) +
                       kKey.size());
    const std::string_view name = body.substr(0, kDigits);
    if (body.size() > kDigits && body[kDigits] == '"' && hex_decode(name)) out.emplace(name);
  }
}

Result<std::string> hash_file(const std::filesystem::path& path) {
  AFFIANT_TRY(auto reader, FileReader::open(path));
  std::string buffer(256U << 10U, '\0');
  std::optional<Error> error;
  const Hash hash = sha256_of([&]() -> std::string_view {
    const auto n = reader.read(buffer.data(), buffer.size());
    if (!n) error = n.error();
    return {buffer.data(), n.value_or(0)};
  });
  if (error) return tl::unexpected<Error>(*error);
  return hex_encode(hash);
}

void check_exhibits(const std::filesystem::path& dir, const std::set<std::string>& cited,
                    Verdict& verdict) {
  const auto good = check_by_hash(dir, kExhibitDir, cited, "an entry", verdict);
  for (const std::string& name : good) {
    if (cited.contains(name))
      ++verdict.exhibits;
    else
      verdict.notes.push_back(fmt::format("exhibits/{} is cited by no entry", name));
  }
}

std::vector<std::string> check_torn(const std::filesystem::path& dir,
                                    const std::set<std::string>& named, Verdict& verdict) {
  std::vector<std::string> orphans;
  for (const std::string& name : check_by_hash(dir, kTornDir, named, "log.recovered", verdict)) {
    if (named.contains(name)) continue;
    orphans.push_back(name);
    verdict.notes.push_back(fmt::format("torn/{} is named by no log.recovered", name));
  }
  return orphans;
}

void note_unknown_files(const std::filesystem::path& dir, std::uint64_t last_segment,
                        std::uint64_t entries, Verdict& verdict) {
  std::error_code error;
  std::vector<std::string> unknown;
  const bool bundle = std::filesystem::exists(dir / kManifestFile, error);
  error.clear();
  auto it = std::filesystem::recursive_directory_iterator(dir, error);
  for (; !error && it != std::filesystem::recursive_directory_iterator(); it.increment(error)) {
    std::error_code ignored;
    if (it->is_directory(ignored) && !it->is_symlink(ignored)) continue;
    const std::string file = it->path().lexically_relative(dir).generic_string();
    // What only a bundle has is vouched for by its manifest.
    const bool stray = !bundle && is_bundle_only_file(file);
    if (stray || !is_case_file(file, last_segment, entries)) unknown.push_back(file);
  }
  if (error)
    verdict.notes.push_back(fmt::format("the case cannot be listed whole: {}", error.message()));
  std::sort(unknown.begin(), unknown.end());
  for (const std::string& file : unknown)
    verdict.notes.push_back(
        fmt::format("{} is no part of the case; nothing vouches for it", printable(file)));
}

}  // namespace affiant::evidence

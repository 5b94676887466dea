// What `affiant export` does.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/error.h"
#include "evidence/manifest.h"

namespace affiant::cli {

struct ExportRequest {
  std::filesystem::path dir;  // A case.
  std::string case_id;        // What its report calls it.
  std::filesystem::path file;
  std::set<std::string> withhold;               // Of "values", "urls", "ips".
  std::optional<std::set<std::uint64_t>> rows;  // Only these.
  bool proofs = false;
};

struct Exported {
  std::string file;
  std::uint64_t bytes = 0;
  std::string sha256;
  std::uint64_t fields = 0, rows = 0;  // Withheld.
};

// Lays the case out beside itself, verifies that copy, adds the report made from it, packs it.
// kBroken, kUsage, kConflict, kInterrupted, kIo, kNoSpace; nothing is left in any of these cases.
Result<Exported> export_bundle(const ExportRequest& request);

// A page of the bundle laid out in `dir`, and its hash in `manifest`.
Status write_page(const std::filesystem::path& dir, const std::string& name, std::string_view text,
                  evidence::Manifest& manifest);

// A C2SP tlog-proof under proofs/ for each of `rows` (none given: each entry) that is there, and
// its hash in `manifest`. `size`: of the case's checkpoint.
Status write_proofs(const std::filesystem::path& dir, std::uint64_t size,
                    const std::optional<std::set<std::uint64_t>>& rows,
                    evidence::Manifest& manifest);

// The signed part of a case's log in the layout of C2SP tlog-tiles: checkpoint, tiles and entry
// bundles, the partial ones of the right edge too. `to` must not exist, or be empty. kUsage when
// entries are absent, which an entry bundle cannot say.
Status export_tiles(const std::filesystem::path& dir, const std::filesystem::path& to);

}  // namespace affiant::cli

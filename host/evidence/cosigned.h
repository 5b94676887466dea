// Cosignatures beside a case: anchors/<size>.cosig, the lines that witnesses gave for the
// checkpoint of that size.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/fs.h"
#include "evidence/note.h"
#include "evidence/verify.h"

namespace affiant::evidence {

std::string cosig_file(std::uint64_t size);  // "anchors/300.cosig"

// Adds a line, durably; one of the same key takes its place.
Status add_cosignature(Fs& fs, const std::filesystem::path& dir, std::uint64_t size,
                       std::string_view line);

// Judges those over `checkpoint` (a text without signatures) under a policy (C2SP tlog-policy;
// empty: nobody is trusted). Fills `witnesses`, `policy` and notes; a bad cosignature of a known
// witness is a problem. kUsage for a policy that is none.
Status judge_cosignatures(const std::filesystem::path& dir, std::uint64_t size,
                          std::string_view checkpoint, const VerifierKey& log,
                          std::string_view policy, Verdict& verdict);

}  // namespace affiant::evidence

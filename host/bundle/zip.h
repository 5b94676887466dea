// Bundles as files: *.affiant.zip. The same folder always gives the same bytes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "base/error.h"

namespace affiant::bundle {

// Called now and then with the bytes done so far; false stops with kInterrupted.
using Going = std::function<bool(std::uint64_t bytes)>;

// Every regular file under `dir` into `file`, by names in byte order, without times. Written beside
// its place first, then renamed over what is there.
Status pack(const std::filesystem::path& dir, const std::filesystem::path& file,
            const Going& going = {});

// The files of a bundle into `dir`, an empty folder. Refused, with the entry's name: anything that
// a bundle has no file of that name for (paths that lead out among them), links, folders with
// content, encrypted entries, a name twice, more than the caps of limits.h. kMalformed, kTooLarge,
// kUnsupported, kBroken (a checksum), kIo.
Status unpack(const std::filesystem::path& file, const std::filesystem::path& dir,
              const Going& going = {});

}  // namespace affiant::bundle

// A zip of unknown origin: whatever it holds, only files that a bundle may have come out of it, all
// of them in the folder that was named, and the verifier says something of them without a crash.
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "bundle/zip.h"
#include "evidence/case_files.h"
#include "evidence/verify.h"

namespace {

namespace fs = std::filesystem;

void must(bool holds) {
  if (!holds) std::abort();
}

// One for the whole run; emptied after each input.
const fs::path& place() {
  static const fs::path dir = [] {
    std::string name = (fs::temp_directory_path() / "affiant-bundle-fuzz-XXXXXX").string();
    must(::mkdtemp(name.data()) != nullptr);
    return fs::path(name);
  }();
  return dir;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fs::path file = place() / "in.zip";
  const fs::path out = place() / "out";
  {
    std::ofstream stream(file, std::ios::binary | std::ios::trunc);
    stream.write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  }
  fs::create_directory(out);
  // A small cap of our own: a fuzzer finds no new bug in more bytes of one file.
  const auto done =
      affiant::bundle::unpack(file, out, [](std::uint64_t bytes) { return bytes < 1U << 20U; });
  constexpr std::uint64_t kAny = ~std::uint64_t{0};
  for (const auto& entry : fs::recursive_directory_iterator(out)) {
    must(!entry.is_symlink());
    if (entry.is_regular_file())
      must(affiant::evidence::is_case_file(entry.path().lexically_relative(out).string(), kAny,
                                           kAny));
  }
  if (done) (void)affiant::evidence::verify_case(out, {.strict = true});
  std::size_t beside = 0;
  for (const auto& entry : fs::directory_iterator(place())) beside += entry.exists() ? 1 : 0;
  must(beside == 2);
  fs::remove_all(out);
  return 0;
}

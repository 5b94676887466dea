// The input is written over one file of a sealed case: its first byte chooses the file, the next
// two the place, the rest the bytes put there. Properties: verification ends with a verdict, and it
// is "intact" only when no byte changed, the disclosures apart, of which lines may be taken away.
#include <stdlib.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "evidence/case_log.h"
#include "evidence/identity.h"
#include "evidence/verify.h"

namespace {

namespace fs = std::filesystem;
using namespace affiant::evidence;

struct Sealed {
  fs::path root;
  fs::path dir;
  std::vector<fs::path> files;
  std::vector<std::string> bytes;

  Sealed() {
    std::string name = (fs::temp_directory_path() / "affiant-fuzz-XXXXXX").string();
    root = ::mkdtemp(name.data());
    dir = root / "case";
    const auto identity = Identity::load_or_create(root / "id");
    auto log = CaseLog::create(dir, *identity, {"fuzz.example", "fuzz"});
    for (std::uint64_t q = 1; q <= 5; ++q) {
      const auto d = make_disclosure("value", "\"secret\"");
      const auto done =
          log->append({"request", 1, q, 1, R"({"_sd":[")" + d.digest() + "\"]}", {d}});
      if (!done) std::abort();
    }
    if (!log->seal(1)) std::abort();
    for (const auto& entry : fs::recursive_directory_iterator(dir))
      if (entry.is_regular_file()) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files) {
      std::ifstream in(file, std::ios::binary);
      bytes.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
  }
  ~Sealed() {
    std::error_code ignored;
    fs::remove_all(root, ignored);
  }
};

void write(const fs::path& file, const std::string& bytes) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Sealed sealed;
  if (size < 3) return 0;
  const std::size_t chosen = data[0] % sealed.files.size();
  const std::string& original = sealed.bytes[chosen];
  const std::size_t at =
      (static_cast<std::size_t>(data[1]) << 8U | data[2]) % (original.size() + 1);
  std::string changed = original.substr(0, at);
  changed.append(reinterpret_cast<const char*>(data) + 3, size - 3);
  if (changed.size() < original.size()) changed += original.substr(changed.size());
  write(sealed.files[chosen], changed);
  const auto verdict = verify_case(sealed.dir, {});
  write(sealed.files[chosen], original);
  if (!verdict) std::abort();
  const bool broken = verdict->integrity == Integrity::kBroken;
  if (broken && verdict->problems.empty()) std::abort();
  if (changed == original ? broken : !broken) std::abort();
  return 0;
}

// Property: whatever parse_entry() accepts, encode_entry() spells exactly the same; and reading the
// digests of its body stays inside it.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "evidence/encode_entry.h"
#include "evidence/sd_list.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  const auto entry = affiant::evidence::parse_entry(line);
  if (!entry) return 0;
  std::string again;
  affiant::evidence::encode_entry(*entry, again);
  if (again != line) std::abort();
  const auto digests = affiant::evidence::read_sd_list(entry->body);
  if (!digests) return 0;
  for (const std::string_view digest : *digests)
    if (digest.data() < entry->body.data() ||
        digest.data() + digest.size() > entry->body.data() + entry->body.size())
      std::abort();
  return 0;
}

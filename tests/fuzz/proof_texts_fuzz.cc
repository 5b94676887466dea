// Properties: what parses is written as the same bytes again; a proof that nobody's key is known
// for is never accepted; a policy is judged without a crash, and by nobody's cosignature only if it
// asks for none.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "evidence/absent_row.h"
#include "evidence/add_checkpoint.h"
#include "evidence/manifest.h"
#include "evidence/tlog_policy.h"
#include "evidence/tlog_proof.h"

namespace {

using namespace affiant::evidence;

void must(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (const auto proof = parse_tlog_proof(text)) {
    must(format_tlog_proof(*proof) == text);
    must(!verify_tlog_proof(*proof, Hash{}, {}));
  }
  if (const auto request = parse_add_checkpoint(text))
    must(format_add_checkpoint(*request) == text);
  if (const auto row = parse_absent_row(text)) {
    std::string again;
    encode_absent_row(*row, again);
    must(again == text);
  }
  if (const auto manifest = parse_manifest(text)) {
    const auto again = parse_manifest(format_manifest(*manifest));
    must(again && again->files == manifest->files && again->withheld == manifest->withheld);
  }
  if (const auto policy = TlogPolicy::parse(text)) {
    const bool by_nobody = policy->satisfied(std::vector<bool>(policy->witnesses().size(), false));
    must(!by_nobody || text.find("none") != std::string::npos);
    must(policy->satisfied(std::vector<bool>(policy->witnesses().size(), true)));
  }
  return 0;
}

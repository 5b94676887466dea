#include "base/fs.h"
#include "base/limits.h"
#include "cli/export_bundle.h"
#include "evidence/absent_row.h"
#include "evidence/layout.h"
#include "evidence/proof_builder.h"
#include "evidence/segment_reader.h"
#include "evidence/tlog_proof.h"

namespace affiant::cli {

Status write_proofs(const std::filesystem::path& dir, std::uint64_t size,
                    const std::optional<std::set<std::uint64_t>>& rows,
                    evidence::Manifest& manifest) {
  evidence::TlogProof proof;
  AFFIANT_TRY(proof.checkpoint,
              read_file(dir / evidence::kCheckpointFile, limits::kNoteBytes, "kNoteBytes"));
  evidence::ProofBuilder builder(dir, size);
  evidence::SegmentReader reader(dir);
  evidence::LineBatch batch;
  for (;;) {
    AFFIANT_TRY(const bool more, reader.next(batch));
    if (!more) return {};
    for (std::size_t n = 0; n < batch.lines(); ++n) {
      proof.index = batch.first_index + n;
      if (proof.index >= size) return {};
      if (evidence::is_absent_row(batch.line(n)) || (rows && !rows->contains(proof.index)))
        continue;
      AFFIANT_TRY(proof.hashes, builder.inclusion(proof.index));
      AFFIANT_CHECK(write_page(dir, fmt::format("proofs/{}.tlog-proof", proof.index),
                               evidence::format_tlog_proof(proof), manifest));
    }
  }
}

}  // namespace affiant::cli

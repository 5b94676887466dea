// The end of a case: CaseLog::seal(), and a seal that a crash cut short.
#include "evidence/case_writer.h"
#include "evidence/destroy.h"
#include "evidence/layout.h"
#include "evidence/statements.h"
#include "evidence/tile_files.h"
#include "json/json.h"

namespace affiant::evidence {

Status CaseWriter::seal(std::int64_t time_ms) {
  AFFIANT_CHECK(ready());
  AFFIANT_TRY(const std::string body, json::canonical({{"entries", size() + 1}}));
  sealing_ = true;
  AFFIANT_CHECK(append_own("log.close", body, time_ms));
  AFFIANT_CHECK(sign());
  AFFIANT_CHECK(remember(write_last()));
  AFFIANT_CHECK(remember(destroy_key()));
  sealed_ = true;
  return {};
}

Status CaseWriter::finish_seal(const Examination& found) {
  // Once the index is there, all is signed that ever will be, and the key may be half gone.
  if (!found.checkpoints.index || !found.close_signed) {
    sealing_ = true;
    AFFIANT_CHECK(load_key());
    std::string torn;
    AFFIANT_CHECK(move_torn_bytes(found, &torn));
    AFFIANT_CHECK(sign());
    if (kept_.empty() || kept_.back() != signed_) {
      AFFIANT_TRY(const std::string note, read_file(dir_ / kCheckpointFile, limits::kNoteBytes));
      AFFIANT_CHECK(write_durably(fs(), dir_ / checkpoint_file(signed_), note));
      kept_.push_back(signed_);
    }
    AFFIANT_CHECK(write_last());
  }
  AFFIANT_CHECK(destroy_key());
  sealed_ = true;
  return fail(Code::kClosed, "{} is sealed (a crash had interrupted it): nothing can be added",
              printable(dir_.string()));
}

// What the index vouches for is durable before it is there.
Status CaseWriter::write_last() {
  AFFIANT_CHECK(store_tiles(fs(), dir_));
  AFFIANT_CHECK(fs().sync_dir(dir_ / kCheckpointDir));
  AFFIANT_TRY(const std::string note, sign_note(format_index({origin_, kept_}), origin_, *key_));
  return write_durably(fs(), dir_ / kIndexFile, note);
}

Status CaseWriter::destroy_key() {
  key_.reset();
  return destroy_key_file(fs(), dir_ / kCaseKeyFile);
}

}  // namespace affiant::evidence

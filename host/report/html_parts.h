// What the HTML report holds beside the report itself (docs/html-report.md): the texts that are
// quoted, and the entries that are cited. Internal to host/report.
#pragma once

#include "report/diff.h"
#include "report/engines.h"
#include "report/json_items.h"

namespace affiant::report {

// An array of {source, blocks: [{kind, at, text, level?, hidden?, table?, row?, header?}]}: the
// blocks of each source that is quoted, `at` being the byte at which a block begins, so that spans
// of the report fit.
Json texts_json(const Report& report);

// Report::log as {checkpoint, key, hashes, entries: [{i, line, d, path}], left_out, times,
// sessions, marks}; null when there is none. A path is of places in `hashes`; times are
// differences; sessions are runs [session, how many].
Json proofs_json(const Report& report);

Json diff_json(const DiffReport& report);     // As docs/diff.schema.json.
Json engines_json(const EnginesReport& set);  // As docs/engines.schema.json.

}  // namespace affiant::report

#include "cli/audit_set.h"

#include "base/interrupt.h"
#include "cli/case_set.h"

namespace affiant::cli {
namespace fs = std::filesystem;

Result<SetRecording> record_set(const AuditPlan& plan, const std::string& url, const fs::path& dir,
                                const std::string& name, Console* console) {
  std::error_code error;
  if (fs::exists(dir, error) && !fs::is_empty(dir, error))
    return fail(Code::kUsage,
                "{} is there already and not empty: a case set needs a folder of its own",
                dir.string());
  SetRecording set;
  const CatchInterrupts catching;  // Between two recordings, too.
  for (const browser::Browser& browser : plan.browsers) {
    const std::string engine(browser::kind_name(browser.kind));
    set.interrupted = set.interrupted || interrupted();
    if (set.interrupted) {
      set.missing.push_back({engine, "the audit was interrupted before it was recorded"});
      continue;
    }
    RecordingOptions recording = plan.recording;
    recording.url = url;
    recording.browser = browser;
    recording.case_dir = dir / engine;
    const auto recorded = record(recording, console);
    if (recorded) {
      console->say("sealed: " + name + "/" + engine);
      set.worst = graver(set.worst, say_not_stamped(*recorded, name + "/" + engine));
    }
    if (recorded && !recorded->failure) continue;
    const Error& why = recorded ? *recorded->failure : recorded.error();
    const int code = report_error({why.code, engine + ": " + why.message});
    set.worst = graver(set.worst, recorded ? static_cast<int>(kNotObserved) : code);
    set.interrupted = why.code == Code::kInterrupted;
    if (!recorded) set.missing.push_back({engine, "it could not be recorded: " + why.message});
  }
  if (set_members(dir).empty()) fs::remove(dir, error);
  return set;
}

}  // namespace affiant::cli

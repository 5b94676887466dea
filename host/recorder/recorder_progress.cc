// The milestones of a recording, told to the audit.
#include "recorder/recorder.h"

namespace affiant::recorder {
namespace {

constexpr std::int64_t kCountNs = 500LL * 1'000'000;

json::Value picked(const json::Value& body, std::initializer_list<const char*> names) {
  json::Value out = json::Value::object();
  for (const char* name : names) {
    const auto it = body.find(name);
    out[name] = it == body.end() ? json::Value() : *it;
  }
  return out;
}

}  // namespace

void Recorder::tell_event(wire::Event& event) {
  const auto& progress = around_.progress;
  if (event.kind != "page.start" && event.kind != "page.done" && event.kind != "policy.page" &&
      event.kind != "recorder.note")
    return;
  if (!event.tree()) return;  // Written already: it can be read.
  if (event.kind == "page.start")
    progress.tell("page", picked(event.body, {"page", "role", "url"}));
  if (event.kind == "page.done")
    progress.tell("page-done", picked(event.body, {"page", "role", "url", "result", "status",
                                                   "error", "elapsed_ms"}));
  if (event.kind == "policy.page")
    progress.tell("policy", picked(event.body, {"url", "kind", "result", "status"}));
  if (event.kind == "recorder.note") progress.tell("note", picked(event.body, {"code", "detail"}));
}

void Recorder::tell_count(bool now) {
  if (!count_due_) return;
  const std::int64_t at_ns = around_.clock.mono_ns();
  if (!now && at_ns - counted_at_ns_ < kCountNs) return;
  counted_at_ns_ = at_ns;
  count_due_ = false;
  around_.progress.tell("count", {{"events", recording_->writer().received()}});
}

}  // namespace affiant::recorder

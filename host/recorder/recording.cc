#include "recorder/recording.h"

#include <algorithm>

namespace affiant::recorder {
namespace {

constexpr std::int64_t kTickNs = 60LL * 1'000'000'000;
constexpr std::int64_t kNsPerMs = 1'000'000;

}  // namespace

Recording::Recording(evidence::CaseLog log, EventWriter writer, Clock& clock)
    : log_(std::move(log)),
      writer_(std::move(writer)),
      clock_(&clock),
      next_tick_ns_(clock.mono_ns() + kTickNs) {}

Recording::Recording(evidence::CaseLog log, const SessionState& state, Clock& clock)
    : Recording(std::move(log), EventWriter(state.id, state.last_q, state.received), clock) {
  offered_ = state;
  durable_q_ = state.last_q;
}

Result<Recording> Recording::begin(evidence::CaseLog log, std::uint64_t session,
                                   const wire::Hello& hello, const wire::Open& open,
                                   const std::string& host, const Profile& profile, Clock& clock) {
  const json::Value body = {{"session", session},
                            {"boot", hello.boot},
                            {"browser", hello.browser},
                            {"browser_version", hello.browser_version},
                            {"extension_version", hello.extension_version},
                            {"host_version", AFFIANT_VERSION},
                            {"user_agent", hello.user_agent},
                            {"url", open.url},
                            {"host", host},
                            {"purpose", open.purpose},
                            {"phase", open.phase},
                            {"gpc", open.gpc},
                            {"third_party_cookies", open.third_party_cookies},
                            {"profile", profile.number},
                            {"cleared", profile.cleared}};
  AFFIANT_CHECK(append_own(log, "session.open", session, clock.utc_ms(), body));
  AFFIANT_CHECK(log.sign());
  return Recording(std::move(log), EventWriter(session, 0, 0), clock);
}

Status Recording::resume(const wire::Hello& hello) {
  if (!offered_) return {};
  const std::int64_t now_ms = clock_->utc_ms();
  const json::Value body = {{"session", writer_.session()},
                            {"boot", hello.boot},
                            {"durable", writer_.last_q()},
                            {"down_ms", std::max<std::int64_t>(0, now_ms - offered_->last_ms)}};
  AFFIANT_CHECK(append_own(log_, "session.resume", writer_.session(), now_ms, body));
  offered_.reset();
  next_tick_ns_ = clock_->mono_ns() + kTickNs;
  return {};
}

Status Recording::add(wire::Events& batch, const OnEvent& on_event, const OnRefused& on_refused) {
  bool first = true;
  for (wire::Event& event : batch.events) {
    AFFIANT_TRY(const EventWriter::Outcome outcome, writer_.add(log_, event, first));
    first = false;
    if (outcome == EventWriter::Outcome::kDuplicate) {
      repeat_ = true;
      continue;
    }
    pending_.emplace_back(log_.size() - 1, event.q);
    if (outcome == EventWriter::Outcome::kRefused)
      on_refused(writer_.refusal());
    else
      on_event(event);
  }
  return {};
}

std::optional<std::uint64_t> Recording::take_acknowledgement() {
  const std::uint64_t before = durable_q_;
  while (!pending_.empty() && pending_.front().first < log_.durable()) {
    durable_q_ = pending_.front().second;
    pending_.pop_front();
  }
  const bool tell = durable_q_ > before || (repeat_ && durable_q_ > 0);
  repeat_ = false;
  if (!tell) return std::nullopt;
  return durable_q_;
}

Result<std::int64_t> Recording::idle() {
  const std::int64_t now = clock_->mono_ns();
  if (!offered_ && now >= next_tick_ns_) {
    const json::Value body = {{"session", writer_.session()}, {"received", writer_.received()}};
    AFFIANT_CHECK(append_own(log_, "tick", writer_.session(), clock_->utc_ms(), body));
    next_tick_ns_ = now + kTickNs;
  }
  AFFIANT_TRY(const std::int64_t log_ms, log_.poll());
  if (offered_) return log_ms;
  const std::int64_t tick_ms = (next_tick_ns_ - now + kNsPerMs - 1) / kNsPerMs;
  return log_ms < 0 ? tick_ms : std::min(log_ms, tick_ms);
}

Status Recording::leave() { return log_.sign(); }

Status Recording::close(std::string_view reason, const std::optional<std::string>& detail,
                        std::string_view by) {
  json::Value body = {{"session", writer_.session()},
                      {"received", writer_.received()},
                      {"last_q", writer_.last_q()},
                      {"reason", reason},
                      {"by", by}};
  if (detail) body["detail"] = *detail;
  AFFIANT_CHECK(append_own(log_, "session.close", writer_.session(), clock_->utc_ms(), body));
  return log_.sign();
}

}  // namespace affiant::recorder

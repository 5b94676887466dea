#include "recorder/recorder.h"

#include <spdlog/logger.h>

#include <utility>

#include "base/bytes.h"
#include "site/site.h"

namespace affiant::recorder {

Recorder::Recorder(Surroundings around, Send send)
    : around_(std::move(around)),
      send_(std::move(send)),
      viewings_(around_.reader, around_.clock, send_) {}

Recorder::~Recorder() = default;

Status Recorder::handle(wire::ExtensionMessage& message) {
  if (const auto* hello = std::get_if<wire::Hello>(&message)) {
    if (hello_) return fail(Code::kProtocol, "a second hello on one connection");
    return on_hello(*hello);
  }
  if (!hello_) return fail(Code::kProtocol, "the first message of a connection is hello");
  if (const auto* open = std::get_if<wire::Open>(&message)) return on_open(*open);
  if (auto* events = std::get_if<wire::Events>(&message)) return on_events(*events);
  if (const auto* show = std::get_if<wire::Show>(&message)) return on_show(*show);
  return on_close(std::get<wire::Close>(message));
}

Status Recorder::on_hello(const wire::Hello& hello) {
  if (!around_.caller_browser.empty() && hello.browser != around_.caller_browser)
    return fail(Code::kProtocol, "hello says {}, but {} started this host", hello.browser,
                around_.caller_browser);
  hello_ = hello;
  std::optional<OpenCase> found;
  if (!around_.place.plan) {
    found = find_left_open(around_.place, hello, around_.conflict_wait_ms);
  } else if (case_exists(around_.place.case_dir)) {
    AFFIANT_TRY(found, open_case(around_.place.case_dir, around_.conflict_wait_ms));
  }
  wire::Welcome welcome{AFFIANT_VERSION, around_.place.plan, {}, hello.protocol};
  if (found && found->history.last && !found->history.last->closed) {
    const SessionState state = *found->history.last;
    recording_.emplace(std::move(found->log), state, around_.clock);
    welcome.resume = wire::Resume{state.id, state.last_q};
  } else {
    waiting_ = std::move(found);
  }
  AFFIANT_CHECK(send_(welcome));
  around_.progress.tell("hello", {{"browser", hello.browser},
                                  {"browser_version", hello.browser_version},
                                  {"extension_version", hello.extension_version}});
  around_.logger.info("hello from {} {}, extension {}", hello.browser, hello.browser_version,
                      hello.extension_version);
  return {};
}

Status Recorder::check_open(const wire::Open& open) const {
  if (open.private_window)
    return fail(Code::kProtocol, "message.private_window: private windows are never recorded");
  const std::string_view purpose = around_.place.plan ? "audit" : "visit";
  if (open.purpose != purpose)
    return fail(Code::kProtocol, "message.purpose: this host records for {}, not for {}", purpose,
                open.purpose);
  return {};
}

Status Recorder::on_open(const wire::Open& open) {
  if (recording_ && !recording_->offered())
    return fail(Code::kProtocol, "open while session {} is open; close it first",
                recording_->writer().session());
  Status good = check_open(open);
  const auto url = site::parse_url(open.url);
  if (good && !url)
    good = fail(url.error().code, "message.url: {}", url.error().message);
  else if (good && url->host.empty())
    good = fail(Code::kMalformed, "message.url: a URL without a host cannot be recorded");
  if (!good) {  // Nothing was begun: the extension may ask for something else.
    around_.progress.tell(
        "error", {{"code", code_name(good.error().code)}, {"message", good.error().message}});
    return send_(wire::ErrorMessage{good.error().code, good.error().message, false});
  }
  AFFIANT_CHECK(end_offered());
  AFFIANT_TRY(OpenCase opened, case_for(url->host));
  AFFIANT_TRY(
      Recording recording,
      Recording::begin(std::move(opened.log), opened.history.last_session + 1, *hello_, open,
                       url->host, {around_.place.profile, around_.place.cleared}, around_.clock));
  recording_.emplace(std::move(recording));
  const std::uint64_t session = recording_->writer().session();
  AFFIANT_CHECK(send_(wire::Opened{session, case_name()}));
  around_.progress.tell("open", {{"session", session},
                                 {"case", case_name()},
                                 {"third_party_cookies", open.third_party_cookies}});
  around_.logger.info("session {} is open", session);
  return {};
}

// A session was found open, and the extension begins another instead.
Status Recorder::end_offered() {
  if (!recording_) return {};
  AFFIANT_CHECK(recording_->close("failed", "left open, and not gone on with", "host"));
  if (around_.place.plan) {
    CaseHistory history;
    history.last_session = recording_->writer().session();
    waiting_.emplace(OpenCase{recording_->release(), history});
  } else {
    AFFIANT_CHECK(recording_->log().seal(around_.clock.utc_ms()));
  }
  recording_.reset();
  return {};
}

Result<OpenCase> Recorder::case_for(const std::string& host) {
  if (waiting_) {
    OpenCase found = std::move(*waiting_);
    waiting_.reset();
    return found;
  }
  if (!around_.place.plan) {
    AFFIANT_TRY(const std::string name,
                new_case_name(around_.clock.utc_ms(), host, around_.random));
    return create_case(around_.place, around_.place.cases_dir / name, host);
  }
  if (case_exists(around_.place.case_dir))
    return open_case(around_.place.case_dir, around_.conflict_wait_ms);
  return create_case(around_.place, around_.place.case_dir, host);
}

Status Recorder::on_events(wire::Events& batch) {
  if (!recording_) return fail(Code::kProtocol, "events outside any session; send open first");
  AFFIANT_CHECK(recording_->resume(*hello_));
  AFFIANT_CHECK(recording_->add(
      batch, [this](wire::Event& event) { tell_event(event); },
      [this](const std::string& why) { around_.logger.warn("{}", why); }));
  count_due_ = true;
  return {};
}

Status Recorder::on_close(const wire::Close& close) {
  if (!recording_) return fail(Code::kProtocol, "close outside any session");
  if (close.last_q != recording_->writer().last_q())
    return fail(Code::kProtocol, "close says that q {} was the last, the host has {}", close.last_q,
                recording_->writer().last_q());
  AFFIANT_CHECK(recording_->resume(*hello_));
  AFFIANT_CHECK(recording_->close(close.reason, close.detail, "extension"));
  AFFIANT_CHECK(send_acknowledgement());
  tell_count(true);
  evidence::CaseLog& log = recording_->log();
  if (!around_.place.keep_open) AFFIANT_CHECK(log.seal(around_.clock.utc_ms()));
  const wire::Closed closed{case_name(), log.size(), log.root_base64()};
  recording_.reset();
  AFFIANT_CHECK(send_(closed));
  around_.progress.tell("closed", {{"tree_size", closed.tree_size}, {"root", closed.root}});
  around_.logger.info("{} with {} entries", around_.place.keep_open ? "left open" : "sealed",
                      closed.tree_size);
  return {};
}

Result<std::int64_t> Recorder::idle() {
  if (!recording_) return -1;
  AFFIANT_TRY(const std::int64_t next_ms, recording_->idle());
  AFFIANT_CHECK(send_acknowledgement());
  tell_count(false);
  return next_ms;
}

Status Recorder::send_acknowledgement() {
  const auto durable = recording_->take_acknowledgement();
  if (!durable) return {};
  return send_(wire::Ack{*durable});
}

Status Recorder::leave() {
  if (waiting_) AFFIANT_CHECK(waiting_->log.sign());
  if (!recording_) return {};
  AFFIANT_CHECK(recording_->leave());
  around_.logger.info("session {} is left open", recording_->writer().session());
  return {};
}

void Recorder::give_up(const Error& error) {
  around_.logger.error("{}", error.to_string());
  around_.progress.tell("error", {{"code", code_name(error.code)}, {"message", error.message}});
  // The browser may be the one who has gone.
  [[maybe_unused]] const Status sent = send_(wire::ErrorMessage{error.code, error.message, true});
}

Status Recorder::on_show(const wire::Show& show) {
  const auto dir = case_named(show.case_id);
  return dir ? viewings_.show(show, *dir) : viewings_.refuse(show, dir.error());
}

// The cases of this host and no other folder: the name is a word of the extension's.
Result<std::filesystem::path> Recorder::case_named(const std::string& name) const {
  const bool plain =
      name.find_first_of(std::string_view("/\0", 2)) == std::string::npos && !name.starts_with('.');
  const std::filesystem::path dir = around_.place.plan ? around_.place.case_dir
                                    : plain            ? around_.place.cases_dir / name
                                                       : std::filesystem::path();
  if (!dir.empty() && dir.filename() == name && case_exists(dir)) return dir;
  return fail(Code::kNotFound, "there is no case named {}", printable(name, 120));
}

std::string Recorder::case_name() const { return recording_->log().dir().filename().string(); }

}  // namespace affiant::recorder

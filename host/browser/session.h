// One browser, running in a throw-away profile with the extension in it, until stopped.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "browser/browser.h"
#include "browser/marionette.h"
#include "browser/profile.h"
#include "browser/socks.h"

namespace affiant::browser {

// Not thread-safe. Destroying it stops the browser and everything it started.
class Session {
 public:
  // Returns as soon as the browser runs; that its extension works shows only in its hello.
  static Result<Session> start(const Browser& browser, Setup setup);
  Session(Session&&) noexcept = default;
  Session& operator=(Session&&) = delete;

  bool running() { return process_.running(); }
  std::optional<std::string> ending() { return process_.ending(); }
  void stop(std::int64_t term_ms, std::int64_t rest_ms) { process_.stop(term_ms, rest_ms); }
  bool host_running() const { return !process_.family("affiant-host").empty(); }
  // The last complaints the browser wrote, fit for a message; empty when there are none.
  std::string last_words() const;
  // Whether Chromium ended because its sandbox cannot work here (as in many containers).
  bool sandbox_failed() const;

 private:
  Session(Process process, std::unique_ptr<SocksServer> socks, std::filesystem::path log)
      : socks_(std::move(socks)), process_(std::move(process)), log_(std::move(log)) {}
  std::unique_ptr<SocksServer> socks_;
  Process process_;
  std::optional<Marionette> marionette_;
  std::filesystem::path log_;
};

}  // namespace affiant::browser

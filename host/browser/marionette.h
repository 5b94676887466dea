// The little of Firefox's Marionette protocol that --insecure needs: Firefox has no preference that
// accepts any certificate, but a session with `acceptInsecureCerts` does, as long as it lasts.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>

#include "base/error.h"
#include "json/json.h"

namespace affiant::browser {

// Not thread-safe. Destroying it ends the session, and with it the acceptance.
class Marionette {
 public:
  // Waits for <profile>/MarionetteActivePort, connects, and opens a session that accepts any
  // certificate. `alive` is asked while waiting. kBrowser or kTimeout.
  static Result<Marionette> open(const std::filesystem::path& profile, std::int64_t timeout_ms,
                                 const std::function<bool()>& alive);
  Marionette(Marionette&& other) noexcept;
  Marionette& operator=(Marionette&&) = delete;
  ~Marionette();

  // Installs an unpacked or packed extension for the life of this profile.
  Status install(const std::filesystem::path& extension);

 private:
  explicit Marionette(int fd) : fd_(fd) {}
  Status accept_any_certificate();
  Result<json::Value> call(const char* command, const json::Value& parameters);
  Result<json::Value> read_message();
  int fd_ = -1;
  int next_id_ = 0;
  std::string held_;
};

}  // namespace affiant::browser

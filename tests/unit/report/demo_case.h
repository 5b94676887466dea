// A case on disk, written with the real log from a script of events: a shop that denies advertising
// cookies, declares one of its three, and is visited once.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "evidence/case_log.h"
#include "unit/base/temp_dir.h"

namespace affiant::test {

// Writes events as the recorder does. Every step expects success.
class CaseWriter {
 public:
  CaseWriter(const std::filesystem::path& root, const std::string& name);
  // Opens session 1.
  void open();
  // One event of the extension; `body` is completed with the place on the shop's page where its
  // kind has one.
  void event(const std::string& kind, nlohmann::json body,
             const std::optional<std::string>& exhibit = std::nullopt);
  void close_and_seal();
  const std::filesystem::path& dir() const { return dir_; }

 private:
  void append(const std::string& kind, std::uint64_t session, std::uint64_t seq,
              const nlohmann::json& body);
  std::filesystem::path dir_;
  std::optional<evidence::CaseLog> log_;
  std::uint64_t seq_ = 0;
  std::int64_t now_ms_ = 1'790'000'000'000;
};

inline constexpr const char* kDemoPolicy =
    "We use cookies to keep you signed in. We do not use advertising cookies. We never use "
    "third-party cookies.";

// The whole script, sealed. Returns the case.
std::filesystem::path write_demo_case(const std::filesystem::path& root);

}  // namespace affiant::test

// What the host says of a running audit: progress.jsonl in the run folder, one line a milestone
// (docs/protocol.md "The plan").
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace affiant::cli {

struct Milestone {
  std::string at;  // "hello", "open", "page", "page-done", "policy", "closed", "error", ...
  std::string url, host, role, result, error;  // Empty where the line has none.
  std::string code, message;                   // Of "error".
  std::string third_party_cookies;             // Of "open".
  std::string kind;                            // Of "policy".
  std::string detail;                          // Of "note", with its code.
  std::optional<std::int64_t> page, status, tree_size, events;
  bool fatal = false;
};

// kMalformed for a line that is no such object; unknown fields are left alone.
Result<Milestone> parse_milestone(std::string_view line);

// Reads what was appended since the last call; a line without its LF yet waits for the next call.
class ProgressReader {
 public:
  explicit ProgressReader(std::filesystem::path file) : file_(std::move(file)) {}
  std::vector<Milestone> read_new();

 private:
  std::filesystem::path file_;
  std::streamoff offset_ = 0;
  std::string held_;
};

// Why a page did not load, in words for the person who asked, from the browser's own error name.
// `timeout` is the time a page was given.
Error explain_failed_page(const Milestone& page, std::string_view url, std::int64_t timeout_ms);

}  // namespace affiant::cli

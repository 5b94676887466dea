// Reads disclosures.jsonl beside the log: lines {"d":"TEXT","i":INDEX} and, of those that were
// erased, {"e":"DIGEST","i":INDEX}; ascending by index.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/fs.h"

namespace affiant::evidence {

struct DisclosureLine {
  std::uint64_t offset = 0;
  std::uint64_t index = 0;
  std::string text;  // Of an erased one, its digest.
  bool erased = false;
};

void encode_disclosure_line(std::uint64_t index, std::string_view text, std::string& out);
void encode_erased_disclosure(std::uint64_t index, std::string_view digest, std::string& out);

class DisclosureReader {
 public:
  // An absent file is one without lines: all is withheld.
  static Result<DisclosureReader> open(const std::filesystem::path& dir);

  // The next line, or nullptr at the end. Valid until pop(). kMalformed ("byte N: …", N in the
  // file) when it is none; a last line without LF is malformed too.
  Result<const DisclosureLine*> peek();
  void pop() { current_.reset(); }
  std::uint64_t offset() const { return offset_; }  // Where the next unread line begins.
  // peek() failed for nothing but a missing last LF, or at a hole (NUL bytes) of a power cut.
  bool cut() const { return cut_; }

 private:
  Result<bool> fill();  // False at the end of the file.

  std::optional<FileReader> reader_;
  std::string buffer_;
  std::size_t at_ = 0;        // In buffer_.
  std::uint64_t offset_ = 0;  // In the file, of at_.
  std::uint64_t last_index_ = 0;
  bool cut_ = false;
  std::optional<DisclosureLine> current_;
};

}  // namespace affiant::evidence

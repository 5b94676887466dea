// What a CASE|BUNDLE argument names, ready to be read: a case's own folder, or a bundle unpacked.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/error.h"
#include "base/interrupt.h"
#include "browser/temp_dir.h"

namespace affiant::cli {

inline constexpr const char* kCaseOrBundleHelp =
    "A case or case set (an id, a unique beginning of one, `last`, or a path), or a bundle "
    "(*.affiant.zip)";

// A folder of our own (mode 0700) that goes with the object, its content with it. While one lives,
// Ctrl-C is a question (base/interrupt.h), so that nothing is left behind.
class ScratchDir {
 public:
  // In `beside`, or where temporary files go when that is empty or cannot be written.
  static Result<ScratchDir> create(const std::filesystem::path& beside = {});
  const std::filesystem::path& path() const { return dir_.path(); }

 private:
  explicit ScratchDir(browser::TempDir dir);
  std::unique_ptr<CatchInterrupts> caught_;  // Until after the folder is gone.
  browser::TempDir dir_;
};

struct Opened {
  std::filesystem::path dir;
  std::string name;                   // What a report calls it: of a bundle, that of its file.
  std::optional<ScratchDir> scratch;  // Of a bundle.
};

// find_case(), and unpack() when it is a file. kInterrupted after Ctrl-C.
Result<Opened> open_case_or_bundle(const std::string& name);

}  // namespace affiant::cli

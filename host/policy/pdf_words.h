// The words of a PDF and where they stand on its pages, by poppler's pdftotext in a process of its
// own: docs/adr/0009-pdf-by-a-separate-process.md. Internal to this layer. Thread-safe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/error.h"

namespace affiant::policy {

struct PdfWords {
  std::string layout;  // As `pdftotext -bbox-layout` writes it: one page more than the cap at most.
  std::string complaint;  // The first error that it met and went on from, or empty.
  bool cut = false;       // More was written than the cap.
};

// kUnsupported without pdftotext (the message says what to install), for a PDF that wants a
// password and for one that forbids taking its text out; kMalformed with pdftotext's own words
// for one that cannot be read; kTooLarge for one that takes more than its time or memory.
Result<PdfWords> pdf_words(std::string_view pdf, std::string_view what);

}  // namespace affiant::policy

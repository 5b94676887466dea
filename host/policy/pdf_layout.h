// The pages of a PDF as lines of words, out of what `pdftotext -bbox-layout` writes. Internal to
// this layer. Pure; linear.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace affiant::policy {

struct PdfLine {
  std::size_t page = 0, flow = 0, block = 0;        // Counted through the whole text.
  double left = 0, right = 0, top = 0, bottom = 0;  // Points, from the page's upper left corner.
  double height = 0;                                // Of its longest word: as good as a font size.
  std::string text;                                 // UTF-8, one space between words. Not empty.
};

struct PdfLayout {
  std::string title;
  std::vector<double> page_heights;
  std::vector<PdfLine> lines;  // In reading order.
};

// Any well-formed UTF-8; what is not of the form is passed over.
PdfLayout parse_pdf_layout(std::string_view text);

}  // namespace affiant::policy

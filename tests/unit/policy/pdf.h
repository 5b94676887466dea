// Makes small PDFs: lines of Helvetica at places of pages of 612 by 792 points.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

namespace affiant::policy::test {

struct PdfText {
  double x = 0, y = 0;  // From the lower left corner, as PDF counts.
  double size = 11;
  std::string text;  // WinAnsi; "\\225" is a bullet.
};
using PdfPage = std::vector<PdfText>;

// `extra` goes into the trailer.
inline std::string pdf_of(const std::vector<PdfPage>& pages, std::string_view extra = "") {
  std::vector<std::string> objects;
  std::string kids;
  for (std::size_t i = 0; i < pages.size(); ++i) kids += fmt::format("{} 0 R ", 4 + 2 * i);
  objects.push_back("<< /Type /Catalog /Pages 2 0 R >>");
  objects.push_back(fmt::format("<< /Type /Pages /Kids [{}] /Count {} >>", kids, pages.size()));
  objects.push_back(
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
  for (std::size_t i = 0; i < pages.size(); ++i) {
    std::string content = "BT\n";
    for (const PdfText& t : pages[i])
      content += fmt::format("/F1 {} Tf 1 0 0 1 {} {} Tm ({}) Tj\n", t.size, t.x, t.y, t.text);
    content += "ET";
    objects.push_back(
        fmt::format("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << "
                    "/F1 3 0 R >> >> /Contents {} 0 R >>",
                    5 + 2 * i));
    objects.push_back(
        fmt::format("<< /Length {} >>\nstream\n{}\nendstream", content.size(), content));
  }
  std::string out = "%PDF-1.4\n", places;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    places += fmt::format("{:010} 00000 n \n", out.size());
    out += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
  }
  const std::size_t table = out.size();
  return out + fmt::format(
                   "xref\n0 {0}\n0000000000 65535 f \n{1}trailer << /Size {0} /Root 1 0 R {2}>>\n"
                   "startxref\n{3}\n%%EOF\n",
                   objects.size() + 1, places, extra, table);
}

}  // namespace affiant::policy::test

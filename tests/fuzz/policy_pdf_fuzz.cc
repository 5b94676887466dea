// Whatever pdftotext writes: the text is UTF-8, blocks lie within it in order, none is empty.
// pdftotext itself is not started: it is another project's to fuzz.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "policy/readers.h"
#include "policy/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace affiant;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string text = policy::clean_utf8(bytes).text;
  policy::Document document;
  policy::read_pdf_layout(text, &document);
  if (find_invalid_utf8(document.text) != std::string_view::npos) std::abort();
  std::size_t end = 0;
  for (const policy::Block& block : document.blocks) {
    if (block.start < end || block.start >= block.end || block.end > document.text.size())
      std::abort();
    end = block.end;
  }
  return 0;
}

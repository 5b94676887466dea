// One text as HTML, Markdown, plain text and captured blocks, read to the end: whatever the format,
// each quotation is the document's own words, statements stand in the order of the text, cookies
// too, and what is read twice is read alike. The first byte chooses the format.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/bytes.h"
#include "policy/declaration.h"
#include "policy/declaration_json.h"
#include "policy/document.h"

namespace {

using namespace affiant;

void check(const policy::Document& document, const policy::Declaration& said) {
  if (find_invalid_utf8(document.text) != std::string_view::npos) std::abort();
  std::size_t at = 0, n = 0;
  for (const policy::Statement& s : said.statements) {
    if (s.id != "S" + std::to_string(++n) || s.type.empty()) std::abort();
    if (s.start >= s.end || s.end > document.text.size()) std::abort();
    if (s.quote != std::string_view(document.text).substr(s.start, s.end - s.start)) std::abort();
    if (find_invalid_utf8(s.quote) != std::string_view::npos) std::abort();
    if (s.start < at) std::abort();
    at = s.start;
  }
  at = 0;
  for (const policy::DeclaredCookie& c : said.cookies) {
    if (c.pattern.empty() || c.start > c.end || c.end > document.text.size()) std::abort();
    if (c.quote != std::string_view(document.text).substr(c.start, c.end - c.start)) std::abort();
    if (c.start < at) std::abort();
    at = c.start;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr policy::Format kFormats[] = {policy::Format::kHtml, policy::Format::kMarkdown,
                                         policy::Format::kText, policy::Format::kBlocks};
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (bytes.substr(0, 64).find("%PDF-") != std::string_view::npos) return 0;
  const policy::Format format = kFormats[data[0] % 4];
  const auto document = policy::read_document(bytes, format, "fuzz");
  if (!document) return 0;
  const policy::Declaration said = policy::read_policy(*document, {});
  check(*document, said);
  const auto again = policy::read_document(bytes, format, "fuzz");
  if (!again || again->text != document->text) std::abort();
  if (policy::declaration_json(said).dump() !=
      policy::declaration_json(policy::read_policy(*again, {})).dump())
    std::abort();
  return 0;
}

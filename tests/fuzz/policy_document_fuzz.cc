// Whatever the bytes and the format: a document's text is UTF-8, and its blocks lie within it, in
// order, each at a place of its grid that the caps allow.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/bytes.h"
#include "base/limits.h"
#include "policy/document.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace affiant;
  if (size == 0) return 0;
  constexpr policy::Format kFormats[] = {policy::Format::kHtml, policy::Format::kMarkdown,
                                         policy::Format::kText, policy::Format::kBlocks};
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto document = policy::read_document(bytes, kFormats[data[0] % 4], "fuzz");
  if (!document) {
    if (document.error().message.empty()) std::abort();
    return 0;
  }
  if (find_invalid_utf8(document->text) != std::string_view::npos) std::abort();
  std::size_t end = 0;
  for (const policy::Block& block : document->blocks) {
    if (block.start >= block.end || block.end > document->text.size()) std::abort();
    if (!block.spanned && block.start < end) std::abort();
    if (!block.spanned) end = block.end;
    if (block.kind != policy::BlockKind::kCell) continue;
    if (block.table < 0 || block.row < 0 || block.column < 0) std::abort();
    if (static_cast<std::size_t>(block.column) >= limits::kTableColumns) std::abort();
  }
  return 0;
}

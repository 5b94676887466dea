// Any bytes as an entry body with disclosures (one a line after the first line): no crash, and what
// decodes and fits a kind of the table encodes and decodes to the same fields.
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "observe/vocabulary.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace o = affiant::observe;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    lines.push_back(text.substr(0, text.find('\n')));
    text.remove_prefix(std::min(text.size(), lines.back().size() + 1));
  }
  if (lines.empty()) return 0;
  const std::string_view body = lines.front();
  lines.erase(lines.begin());
  const auto decoded = o::decode_body(body, lines);
  if (!decoded) return 0;
  if (decoded->fields.contains("_sd")) std::abort();
  for (const o::Kind& kind : o::kinds()) {
    if (!o::check_body(kind, decoded->fields, false, "body")) continue;
    const auto encoded = o::encode_body(kind, decoded->fields, "body");
    if (!encoded) continue;  // Too large for a line, or a number that JSON readers would round.
    std::vector<std::string_view> texts;
    for (const auto& d : encoded->disclosures) texts.push_back(d.text);
    const auto again = o::decode_body(encoded->bytes, texts);
    if (!again || again->withheld != 0) std::abort();
    for (const auto& item : decoded->fields.items()) {
      const auto it = again->fields.find(item.key());
      const bool same = it == again->fields.end() ? item.value().is_null() : *it == item.value();
      if (!same) std::abort();
    }
    // No sensitive field is left in the open.
    const auto open = o::decode_body(encoded->bytes, {});
    if (!open) std::abort();
    for (const o::Field& field : kind.fields)
      if (field.sensitive && open->fields.contains(std::string(field.name))) std::abort();
  }
  return 0;
}

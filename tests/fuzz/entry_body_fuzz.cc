// Any bytes as an entry body with disclosures (one a line after the first line): no crash, and what
// decodes and fits a kind of the table encodes and decodes to the same fields.
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "base/bytes.h"
#include "observe/vocabulary.h"

namespace {

namespace o = affiant::observe;

std::vector<std::string_view> texts_of(const o::EncodedBody& body) {
  std::vector<std::string_view> out;
  for (const auto& d : body.disclosures) out.push_back(d.text());
  return out;
}

// The short way, where it is taken, writes what the long way writes but for salts.
void check_text(const o::Kind& kind, std::string_view body) {
  if (affiant::find_invalid_utf8(body) != std::string_view::npos) return;
  const auto quick = o::encode_text(kind, body);
  if (!quick) return;
  const auto tree = affiant::json::parse(body, "body");
  if (!tree) std::abort();
  const auto slow = o::encode_body(kind, *tree, "body");
  if (!slow || slow->disclosures.size() != quick->disclosures.size()) std::abort();
  const auto a = o::decode_body(quick->bytes, texts_of(*quick));
  const auto b = o::decode_body(slow->bytes, texts_of(*slow));
  if (!a || !b || a->withheld + b->withheld != 0 || a->fields != b->fields) std::abort();
  if (!affiant::json::is_canonical(quick->bytes)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    lines.push_back(text.substr(0, text.find('\n')));
    text.remove_prefix(std::min(text.size(), lines.back().size() + 1));
  }
  if (lines.empty()) return 0;
  const std::string_view body = lines.front();
  lines.erase(lines.begin());
  for (const o::Kind& kind : o::kinds()) check_text(kind, body);
  const auto decoded = o::decode_body(body, lines);
  if (!decoded) return 0;
  if (decoded->fields.contains("_sd")) std::abort();
  for (const o::Kind& kind : o::kinds()) {
    if (!o::check_body(kind, decoded->fields, false, "body")) continue;
    const auto encoded = o::encode_body(kind, decoded->fields, "body");
    if (!encoded) continue;  // Too large for a line, or a number that JSON readers would round.
    const auto again = o::decode_body(encoded->bytes, texts_of(*encoded));
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

// Properties: a note that parses splits into text and signature lines that give the note again; a
// statement that parses formats to the same text; a vkey that parses formats to the same text.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "evidence/note.h"
#include "evidence/statements.h"

namespace {

using namespace affiant::evidence;

void must(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto note = parse_note(text)) {
    std::string again = std::string(note->text) + "\n";
    for (const NoteSignature& s : note->signatures) again += format_signature(s);
    must(again == text);
    must(!open_note(text, {}));  // Nobody is known: never accepted.
    if (const auto c = parse_checkpoint(note->text)) must(format_checkpoint(*c) == note->text);
  }
  if (const auto c = parse_checkpoint(text)) must(format_checkpoint(*c) == text);
  if (const auto d = parse_delegation(text)) must(format_delegation(*d) == text);
  if (const auto i = parse_index(text)) must(format_index(*i) == text);
  if (const auto key = parse_vkey(text)) must(format_vkey(*key) == text);
  return 0;
}

// A document by the languages of its sections. Internal to this layer. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/document.h"

namespace affiant::policy {

struct LanguagePart {
  std::string code;
  Document document;  // The whole text, with the blocks of this language only.
};

// The language of a text: language_of(), and for one too short for that, the language whose table
// knows its words while the English one does not; empty when neither tells.
std::string guess_language(std::string_view text);

// The sections (runs of blocks under a heading) whose language is clearly another than `main`, one
// part a language, and the rest as `main`, first. One part when the whole document is `main`.
std::vector<LanguagePart> parts_of(const Document& document, std::string_view main);

}  // namespace affiant::policy

// A page as its elements, with the classes that policy::Document forgets: which container a cookie
// stands in, and what a cell means, is said there, in no language. Internal to this layer.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace affiant::consent {

struct Element {
  std::string tag;                 // Lower case.
  std::string classes, id;         // As written.
  std::size_t start = 0, end = 0;  // Span of what it shows, in Markup::text.
  int parent = -1;

  bool has_class(std::string_view name) const;
};

struct Markup {
  std::string text;               // White space made single; a line break between blocks.
  std::vector<Element> elements;  // In order of their start tags.
  std::vector<std::string> unread;

  // Without white space around it.
  std::string_view of(const Element& element) const;
};

// Never recurses; caps as limits.h (kHtmlDepth, kHtmlWork) and above. What scripts and templates
// hold is left out. `html` has to be UTF-8.
Markup read_markup(const std::string& html);

}  // namespace affiant::consent

// One reader a format. Each takes clean UTF-8 (of a PDF, its bytes) and fills a Document through
// BlockBuilder. Internal to this layer. Thread-safe: no shared state.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "policy/document.h"

namespace affiant::policy {

// Never builds a tree. Scripts, styles and the like are left out; parts the page hides are marked.
Status read_html(const std::string& text, std::string_view what, Document* document);
// CommonMark with tables, as GitHub writes them.
Status read_markdown(const std::string& text, std::string_view what, Document* document);
// Hard-wrapped lines are joined; underlined lines and short lines between empty ones are headings.
void read_text(const std::string& text, Document* document);
// A PDF, by pdftotext; pure is what comes after that: read_pdf_layout() takes what it wrote.
Status read_pdf(std::string_view bytes, std::string_view what, Document* document);
void read_pdf_layout(const std::string& text, Document* document);
// The extension's captures: docs/protocol.md, policy.page.
Status read_blocks(const std::string& text, std::string_view what, Document* document);

}  // namespace affiant::policy

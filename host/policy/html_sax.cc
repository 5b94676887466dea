#include "policy/html_sax.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "base/limits.h"
#include "policy/html_tags.h"

namespace affiant::policy {
namespace {

HtmlReader* reader_of(void* reader) { return static_cast<HtmlReader*>(reader); }

extern "C" {
void on_html_start(void* reader, const xmlChar* name, const xmlChar** attributes) {
  reader_of(reader)->spend();
  if (!reader_of(reader)->stopped()) reader_of(reader)->start(html_view(name), attributes);
}
void on_html_end(void* reader, const xmlChar* name) {
  reader_of(reader)->spend();
  reader_of(reader)->end(html_view(name));
}
void on_html_characters(void* reader, const xmlChar* text, int size) {
  reader_of(reader)->characters(
      {reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)});
}
void on_html_error(void* reader, xmlErrorPtr) { reader_of(reader)->spend(); }
}

struct FreeParser {
  void operator()(htmlParserCtxtPtr parser) const { htmlFreeParserCtxt(parser); }
};

}  // namespace

std::string_view html_view(const unsigned char* text) {
  return text == nullptr ? std::string_view()
                         : std::string_view(reinterpret_cast<const char*>(text));
}

void HtmlReader::stop(std::string why) {
  stopped_ = true;
  unread_->push_back(std::move(why));
  xmlStopParser(static_cast<htmlParserCtxtPtr>(parser_));
}

// Whatever the parser does about one token, it looks at most through all that is open.
void HtmlReader::spend() {
  work_ += static_cast<std::size_t>(std::max(static_cast<htmlParserCtxtPtr>(parser_)->nameNr, 0));
  if (stopped_) return;
  if (depth() >= limits::kHtmlDepth)
    stop(too_deep());
  else if (work_ >= limits::kHtmlWork)
    stop("the rest of a page whose elements are too badly nested to go on");
}

bool HtmlReader::parse(const std::string& html, std::vector<std::string>* unread) {
  unread_ = unread;
  bool cut = false;
  const std::string page = without_surplus_attributes(html, &cut);
  if (cut)
    unread->push_back("the attributes of a tag after its first " +
                      std::to_string(limits::kHtmlAttributes) + " (limits::kHtmlAttributes)");
  const std::unique_ptr<htmlParserCtxt, FreeParser> parser(
      htmlCreateMemoryParserCtxt(page.data(), static_cast<int>(page.size())));
  if (!parser) return false;
  htmlSAXHandler handler{};
  handler.initialized = XML_SAX2_MAGIC;  // With it, errors come to `serror` alone.
  handler.startElement = on_html_start;
  handler.endElement = on_html_end;
  handler.characters = on_html_characters;
  handler.ignorableWhitespace = on_html_characters;
  handler.serror = on_html_error;
  parser_ = parser.get();
  htmlSAXHandlerPtr own = parser->sax;
  parser->sax = &handler;
  parser->userData = this;
  htmlCtxtUseOptions(parser.get(), HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
  xmlSwitchEncoding(parser.get(), XML_CHAR_ENCODING_UTF8);
  htmlParseDocument(parser.get());
  parser->sax = own;
  parser_ = nullptr;
  return true;
}

}  // namespace affiant::policy

// Reading HTML through libxml2's SAX interface, for whatever is made of its events: no tree is
// built, and what hostile pages do to the parser is held back in one place. Also for host/consent.
// Objects are for one page and one thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace affiant::policy {

// Name, value, name, value, ..., nullptr; or nullptr.
using HtmlAttributes = const unsigned char**;

std::string_view html_view(const unsigned char* text);  // nullptr is empty.

class HtmlReader {
 public:
  HtmlReader() = default;
  HtmlReader(const HtmlReader&) = delete;
  HtmlReader& operator=(const HtmlReader&) = delete;
  virtual ~HtmlReader() = default;

  // `html` has to be UTF-8, whatever its meta elements say. Never recurses. What is not read is put
  // into `*unread`, in words. False when there is nothing, or no parser could be made.
  bool parse(const std::string& html, std::vector<std::string>* unread);

  // The events, in order; libxml2 reports an end for every start. None starts once it is stopped.
  virtual void start(std::string_view name, HtmlAttributes attributes) = 0;
  virtual void end(std::string_view name) = 0;
  virtual void characters(std::string_view text) = 0;

  // Before each event: the parser looks through the stack of open elements at every stray end tag,
  // which hostile input makes quadratic. That work is counted, and beyond a budget (limits.h
  // kHtmlWork, kHtmlDepth) reading stops.
  virtual void spend();
  bool stopped() const { return stopped_; }

 protected:
  // Of what the page has open, as the reader counts it.
  virtual std::size_t depth() const = 0;
  // Why reading stops, in words.
  virtual std::string too_deep() const = 0;

  void stop(std::string why);

 private:
  std::vector<std::string>* unread_ = nullptr;
  void* parser_ = nullptr;
  std::size_t work_ = 0;
  bool stopped_ = false;
};

}  // namespace affiant::policy

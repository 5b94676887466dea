// The forms in which a cookie's value may be sent on, all of them looked for at once. Internal to
// this layer. Immutable once made.
#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "detect/facts.h"

namespace affiant::detect {

enum class Form : std::uint8_t { kPlain, kBase64, kMd5, kSha1, kSha256 };
std::string_view form_words(Form form);  // ", as its SHA-256"; nothing for kPlain.

class CookieForms {
 public:
  // Of the cookies whose value looks like an identifier; refers to `facts` no longer than this
  // call.
  CookieForms(const Facts& facts, const site::SiteTable& sites);

  bool empty() const { return forms_.empty(); }
  const std::string& site_of(std::size_t cookie) const { return sites_[cookie]; }

  struct Found {
    std::size_t cookie = 0;  // Into Facts::cookies.
    Form form = Form::kPlain;
  };
  // Each cookie once, with the plainest form. The text is looked at as it is and with its percent-
  // escapes decoded.
  std::vector<Found> find(std::string_view text) const;

 private:
  struct Entry {
    std::string text;
    std::size_t cookie;
    Form form;
  };
  void add(std::string text, std::size_t cookie, Form form);
  void find_in(std::string_view text, std::vector<Found>* out) const;

  std::vector<Entry> forms_;
  std::unordered_multimap<std::uint64_t, std::uint32_t> by_start_;  // First eight bytes.
  std::bitset<65'536> sketch_;                                      // Of these.
  std::vector<std::string> sites_;                                  // By cookie.
};

}  // namespace affiant::detect

// The forms in which a value may be sent on, those of many values looked for at once. Internal to
// this layer. Once filled, any number of threads may search.
#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace affiant::detect {

enum class Form : std::uint8_t { kPlain, kBase64, kMd5, kSha1, kSha256 };
std::string_view form_words(Form form);  // ", as its SHA-256"; nothing for kPlain.

class ValueForms {
 public:
  // Shorter ones would be found everywhere by chance, and are left out.
  static constexpr std::size_t kLeastBytes = 8;

  // `value`: what it is called in what is found. Its digests are in hex, lower case; its base64
  // is found within longer base64, too, at any of the three offsets.
  void add(const std::string& text, std::size_t value);
  bool empty() const { return forms_.empty(); }

  struct Found {
    std::size_t value = 0;
    Form form = Form::kPlain;
  };
  // Each value once, with the plainest form. The text is looked at as it is and with its percent-
  // escapes decoded.
  std::vector<Found> find(std::string_view text) const;

 private:
  struct Entry {
    std::string text;
    std::size_t value;
    Form form;
  };
  void add_form(std::string text, std::size_t value, Form form);
  void find_in(std::string_view text, std::vector<Found>* out) const;

  std::vector<Entry> forms_;
  std::unordered_multimap<std::uint64_t, std::uint32_t> by_start_;  // First eight bytes.
  std::bitset<65'536> sketch_;                                      // Of these.
};

}  // namespace affiant::detect

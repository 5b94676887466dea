#include "detect/value_forms.h"

#include <algorithm>
#include <cstring>

#include "base/bytes.h"
#include "base/digest.h"
#include "detect/identifier.h"

namespace affiant::detect {
namespace {

static_assert(ValueForms::kLeastBytes >= sizeof(std::uint64_t),
              "a form is found by its first 8 bytes");

std::uint64_t start_of(const char* text) {
  std::uint64_t key = 0;
  std::memcpy(&key, text, sizeof key);
  return key;
}

std::size_t sketch_of(std::uint64_t key) {
  return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15ULL) >> 48U);
}

// The characters of base64 that `text` alone decides where `before` bytes (0 to 2) precede it in
// its group of three.
std::string base64_core(std::string_view text, std::size_t before, bool url_safe) {
  const std::string padded = std::string(before, '\0').append(text);
  const std::string all =
      url_safe ? base64url_encode(as_bytes(padded)) : base64_encode(as_bytes(padded));
  const std::size_t from = (before * 8 + 5) / 6;
  const std::size_t to = padded.size() * 8 / 6;
  return from < to ? all.substr(from, to - from) : std::string();
}

}  // namespace

std::string_view form_words(Form form) {
  switch (form) {
    case Form::kPlain:
      return "";
    case Form::kBase64:
      return ", as base64";
    case Form::kMd5:
      return ", as its MD5";
    case Form::kSha1:
      return ", as its SHA-1";
    case Form::kSha256:
      return ", as its SHA-256";
  }
  return "";
}

void ValueForms::add(const std::string& text, std::size_t value) {
  add_form(text, value, Form::kPlain);
  for (std::size_t before = 0; before < 3; ++before) {
    std::string plain = base64_core(text, before, false);
    std::string url_safe = base64_core(text, before, true);
    if (url_safe != plain) add_form(std::move(url_safe), value, Form::kBase64);
    add_form(std::move(plain), value, Form::kBase64);
  }
  add_form(hex_digest(Digest::kMd5, text), value, Form::kMd5);
  add_form(hex_digest(Digest::kSha1, text), value, Form::kSha1);
  add_form(hex_digest(Digest::kSha256, text), value, Form::kSha256);
}

void ValueForms::add_form(std::string text, std::size_t value, Form form) {
  if (text.size() < kLeastBytes) return;
  const std::uint64_t key = start_of(text.data());
  sketch_.set(sketch_of(key));
  by_start_.emplace(key, static_cast<std::uint32_t>(forms_.size()));
  forms_.push_back({std::move(text), value, form});
}

void ValueForms::find_in(std::string_view text, std::vector<Found>* out) const {
  for (std::size_t at = 0; at + sizeof(std::uint64_t) <= text.size(); ++at) {
    const std::uint64_t key = start_of(text.data() + at);
    if (!sketch_.test(sketch_of(key))) continue;
    const auto [first, last] = by_start_.equal_range(key);
    for (auto it = first; it != last; ++it) {
      const Entry& entry = forms_[it->second];
      if (text.substr(at, entry.text.size()) == entry.text)
        out->push_back({entry.value, entry.form});
    }
  }
}

std::vector<ValueForms::Found> ValueForms::find(std::string_view text) const {
  std::vector<Found> out;
  if (forms_.empty()) return out;
  find_in(text, &out);
  if (text.find('%') != std::string_view::npos) find_in(percent_decoded(text), &out);
  std::sort(out.begin(), out.end(), [](const Found& a, const Found& b) {
    return a.value != b.value ? a.value < b.value : a.form < b.form;
  });
  out.erase(std::unique(out.begin(), out.end(),
                        [](const Found& a, const Found& b) { return a.value == b.value; }),
            out.end());
  return out;
}

}  // namespace affiant::detect
